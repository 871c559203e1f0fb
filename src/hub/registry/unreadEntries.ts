import type { Digest } from '../digest';
import { type SalvagedList, unreadAfter, type UnreadPart } from '../readableList';
import type { ListedManifest, ListedTag } from './listWire';

/** What of the lists of a repository could not be read, and what is therefore not known. */
export interface UnreadEntries {
  /** Of both lists; each reason begins with the name of the list. */
  readonly parts: readonly UnreadPart[];
  /** Manifests whose entries could be read only in part: they may have more tags, and more recent pulls. */
  readonly manifests: ReadonlySet<Digest>;
  /** Tags whose entries could be read only in part. */
  readonly tags: ReadonlySet<string>;
  /** Whether there may be manifests of which not even the digest is known. */
  readonly hasUnknownManifests: boolean;
  /** Whether there may be tags of which not even the name is known. */
  readonly hasUnknownTags: boolean;
}

/** Collects what could not be read, page by page. */
export class UnreadCollector {
  readonly #manifests: UnreadPart[] = [];
  readonly #tags: UnreadPart[] = [];
  readonly #digests = new Set<Digest>();
  readonly #names = new Set<string>();
  #manifestCount = 0;
  #hasUnknownManifests = false;
  #hasUnknownTags = false;

  /** @returns `undefined` if everything could be read. */
  get entries(): UnreadEntries | undefined {
    const parts = [...this.#manifests, ...this.#tags];
    return parts.length === 0
      ? undefined
      : {
          parts,
          manifests: this.#digests,
          tags: this.#names,
          hasUnknownManifests: this.#hasUnknownManifests,
          hasUnknownTags: this.#hasUnknownTags,
        };
  }

  /** @param page The page after those so far. */
  addManifests({ length, unread, partial }: SalvagedList<ListedManifest>): void {
    this.#manifests.push(...unreadAfter(this.#manifestCount, unread.map(inList('manifests'))));
    this.#manifestCount += length;
    partial.forEach(({ digest }) => this.#digests.add(digest));
    this.#hasUnknownManifests ||= partial.length < unread.length;
  }

  /** @param pages All of them, in their order. */
  addTags(pages: readonly SalvagedList<ListedTag>[]): void {
    let before = 0;
    for (const { length, unread, partial } of pages) {
      this.#tags.push(...unreadAfter(before, unread.map(inList('tags'))));
      before += length;
      partial.forEach(({ name }) => this.#names.add(name));
      this.#hasUnknownTags ||= partial.length < unread.length;
    }
  }
}

function inList(name: 'manifests' | 'tags'): (part: UnreadPart) => UnreadPart {
  return (part) => ({ ...part, reason: `${name}: ${part.reason}` });
}
