/** Whose repositories are named without it, such as `nginx`. */
const defaultNamespace = 'library';
/** So that most lookups end here, and all cost the same however many names there are. */
const slots = 1 << 16;

/** Tells whether a name is one of the namespaces, by its bytes. It is wrong about one of billions of other names. */
export class NamespaceTable {
  /** Whether images that are named without a namespace belong to one of them. */
  readonly hasDefault: boolean;
  /** Bytes of the longest name. */
  readonly maxLength: number;
  readonly #folded = new Uint8Array(slots);
  readonly #hashes = new Set<number>();

  constructor(namespaces: ReadonlySet<string>) {
    this.hasDefault = namespaces.has(defaultNamespace);
    let maxLength = 0;
    for (const namespace of namespaces) {
      const bytes = new TextEncoder().encode(namespace);
      const hash = hashOf(bytes, 0, bytes.length);
      this.#folded[fold(hash)] = 1;
      this.#hashes.add(hash);
      maxLength = Math.max(maxLength, bytes.length);
    }
    this.maxLength = maxLength;
  }

  /** Whether the bytes from one index up to another are such a name. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > this.maxLength) return false;
    const hash = hashOf(bytes, start, end);
    return this.#folded[fold(hash)] === 1 && this.#hashes.has(hash);
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let index = start; index < end; index += 1) {
    hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
  }
  return hash;
}

function fold(hash: number): number {
  return (hash ^ (hash >>> 16)) & (slots - 1);
}
