import type { JournalEntry, JournalFile, JournalFiles } from '../../src/journal/journalFiles';

/** A disk in memory that can be full, slow to take a write, or torn by a crash. */
export class FakeDisk implements JournalFiles {
  readonly files = new Map<string, { bytes: Uint8Array; modifiedAt: Date }>();
  /** What was done, in order, such as `write 12` and `sync`. */
  readonly steps: string[] = [];
  /** Bytes that still fit. */
  free = Infinity;
  /** Most bytes that one write takes. */
  writeLimit = Infinity;
  /** Thrown by the next step of that name. */
  readonly failures = new Map<string, Error>();
  now = new Date('2026-06-01T12:00:00Z');

  list(): Promise<readonly JournalEntry[]> {
    return Promise.resolve(
      [...this.files].map(([name, { bytes, modifiedAt }]) => ({
        name,
        sizeBytes: bytes.length,
        modifiedAt,
      })),
    );
  }

  read(name: string, lastBytes = Infinity): Promise<Uint8Array> {
    const file = this.files.get(name);
    return file === undefined
      ? Promise.reject(missing(name))
      : Promise.resolve(file.bytes.slice(Math.max(0, file.bytes.length - lastBytes)));
  }

  create(name: string): Promise<JournalFile> {
    if (this.files.has(name)) {
      return Promise.reject(Object.assign(new Error(`${name} exists`), { code: 'EEXIST' }));
    }
    this.#step('create');
    this.put(name, new Uint8Array());
    return Promise.resolve(this.#open(name));
  }

  append(name: string): Promise<JournalFile> {
    return this.files.has(name) ? Promise.resolve(this.#open(name)) : Promise.reject(missing(name));
  }

  syncFolder(): Promise<void> {
    return this.#later('syncFolder');
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  put(name: string, bytes: Uint8Array | string, modifiedAt = this.now): void {
    const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    this.files.set(name, { bytes: content, modifiedAt });
  }

  /** Of the only file. */
  get text(): string {
    const [file] = this.files.values();
    return new TextDecoder().decode(file?.bytes);
  }

  #open(name: string): JournalFile {
    return {
      write: async (bytes) => {
        await Promise.resolve(); // so that writes of two appends could overlap
        if (this.free <= 0 && bytes.length > 0) {
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        }
        const taken = Math.min(bytes.length, this.free, this.writeLimit);
        this.free -= taken;
        this.steps.push(`write ${taken}`);
        const before = this.files.get(name)?.bytes ?? new Uint8Array();
        this.put(name, new Uint8Array([...before, ...bytes.subarray(0, taken)]));
        return taken;
      },
      sync: () => this.#later('sync'),
      close: () => this.#later('close'),
    };
  }

  async #later(name: string): Promise<void> {
    await Promise.resolve();
    this.#step(name);
  }

  #step(name: string): void {
    const failure = this.failures.get(name);
    if (failure !== undefined) {
      this.failures.delete(name);
      throw failure;
    }
    this.steps.push(name);
  }
}

function missing(name: string): Error {
  return Object.assign(new Error(`there is no ${name}`), { code: 'ENOENT' });
}
