import type { Digest } from '../digest';
import type { ListedManifest, ListedTag } from './listWire';
import { formatOf, kindOf, type ManifestKind, mayHaveSubject } from './manifestKind';
import type { RepositoryLists } from './repositoryLists';

/** What the lists say about one manifest. */
export interface KnownManifest {
  /** Different for each manifest, from 0, with few gaps. */
  readonly index: number;
  /** Its entry in the list of manifests, the last one if it has several. */
  readonly manifest: ListedManifest | undefined;
  /** The entries of the list of tags that point at it. */
  readonly tags: readonly ListedTag[];
  /** By the lists; `unknown` also if they disagree. */
  readonly kind: ManifestKind;
  /** Whether a format that the lists name allows it to be an attachment. */
  readonly mayHaveSubject: boolean;
}

/** The manifests of a repository, with what the lists say about each, so that evaluating them takes few look-ups. */
export class KnownManifests {
  /** In the order of the list of manifests, then of the list of tags. */
  readonly #byDigest = new Map<Digest, KnownManifest>();
  readonly #repeated = new Set<Digest>();
  #nextIndex = 0;

  /** Collects the manifests that the lists name themselves. */
  constructor({ manifests, tags }: RepositoryLists) {
    const tagsByImage = tagsByImageOf(tags);
    for (const manifest of manifests ?? []) {
      const before = this.#byDigest.size;
      this.#add(manifest.digest, manifest, tagsByImage.get(manifest.digest));
      if (this.#byDigest.size === before) {
        this.#repeated.add(manifest.digest);
      }
    }
    for (const [digest, own] of tagsByImage) {
      if (!this.#byDigest.has(digest)) {
        this.#add(digest, undefined, own);
      }
    }
  }

  get byDigest(): ReadonlyMap<Digest, KnownManifest> {
    return this.#byDigest;
  }

  /** Greater than every {@link KnownManifest.index}. */
  get indexLimit(): number {
    return this.#nextIndex;
  }

  /** Manifests that the list of manifests has more than once. */
  get repeated(): ReadonlySet<Digest> {
    return this.#repeated;
  }

  /** Adds manifests that only other sources name. */
  addOthers(digests: Iterable<Digest>): void {
    for (const digest of digests) {
      if (!this.#byDigest.has(digest)) {
        this.#add(digest, undefined);
      }
    }
  }

  #add(digest: Digest, manifest: ListedManifest | undefined, tags: readonly ListedTag[] = noTags): void {
    const known =
      tags.length === 0
        ? manifestOf(this.#nextIndex, manifest)
        : taggedManifestOf(this.#nextIndex, manifest, tags);
    this.#byDigest.set(digest, known);
    this.#nextIndex += 1;
  }
}

const noTags: readonly ListedTag[] = [];

function tagsByImageOf(tags: readonly ListedTag[]): ReadonlyMap<Digest, readonly ListedTag[]> {
  const byImage = new Map<Digest, ListedTag[]>();
  for (const tag of tags) {
    if (tag.digest !== undefined) {
      const own = byImage.get(tag.digest);
      if (own === undefined) {
        byImage.set(tag.digest, [tag]);
      } else {
        own.push(tag);
      }
    }
  }
  return byImage;
}

/** An empty media type may be that of any format. */
function manifestOf(index: number, manifest: ListedManifest | undefined): KnownManifest {
  const format = formatOf(manifest?.mediaType ?? '');
  return { index, manifest, tags: noTags, kind: format.kind, mayHaveSubject: format.mayHaveSubject };
}

function taggedManifestOf(
  index: number,
  manifest: ListedManifest | undefined,
  tags: readonly ListedTag[],
): KnownManifest {
  const all = [manifest?.mediaType ?? '', ...tags.map(({ mediaType }) => mediaType)];
  const mediaTypes = all.filter((mediaType) => mediaType !== '');
  const kinds = new Set(mediaTypes.map(kindOf).filter((kind) => kind !== 'unknown'));
  const [only = 'unknown'] = kinds;
  return {
    index,
    manifest,
    tags,
    kind: kinds.size === 1 ? only : 'unknown',
    mayHaveSubject: mediaTypes.length === 0 || mediaTypes.some(mayHaveSubject),
  };
}
