import { type CodeReference, type FoundReferences, openReferences } from '../codeReferences';
import type { ImageKey } from '../deletionRequest';
import type { Digest } from '../digest';
import { type Image, partsOf } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { imageUses, hasSameUses } from './imageUses';
import { latestTagsOf } from './latestTags';
import type { ReviewEntries } from './reviewEntries';
import type { ReviewEntry } from './reviewEntry';

/** Lines that do not use an image of the plan for certain. */
export interface OtherReferences {
  /** They may use one: their tag cannot be determined, or their digest may be that of an unknown part. */
  readonly possible: readonly CodeReference[];
  /** They name one for another purpose. */
  readonly mentions: readonly CodeReference[];
}

/** What a review works with. */
interface ReviewParts {
  readonly entries: ReviewEntries;
  /** Of the plan. */
  readonly repositories: readonly RepositoryRef[];
  /** Every image of a repository as last listed in full. */
  readonly listedImages: (repository: RepositoryRef) => readonly Image[] | undefined;
}

/** The lines of the workspace that have to do with the images of a review, and which of them have to be accepted. */
export class ReviewedReferences {
  readonly #parts: ReviewParts;
  /** `undefined` if the workspace was not searched. */
  #found: FoundReferences | undefined;
  /** Lines that name images for another purpose than to use them, with the planned images. */
  readonly #mentions = new Map<CodeReference, ImageKey[]>();
  #possible: readonly CodeReference[] = [];

  constructor(parts: ReviewParts) {
    this.#parts = parts;
  }

  /** Only the lines about images that are still in the plan. */
  get others(): OtherReferences {
    const { entries } = this.#parts;
    const isInPlan = (keys: readonly ImageKey[]) => keys.some((key) => entries.get(key) !== undefined);
    return {
      possible: this.#possible,
      mentions: [...this.#mentions].flatMap(([reference, keys]) => (isInPlan(keys) ? [reference] : [])),
    };
  }

  /**
   * Records what a search has found.
   *
   * @param found `undefined`: nothing was searched.
   * @param wasSeen Whether the person has already seen what another search has found; only then are other lines new.
   */
  note(found: FoundReferences | undefined, wasSeen: boolean): void {
    this.#found = found;
    this.assess(wasSeen);
  }

  /** Determines which lines use the images, by their tags and collateral of this moment. */
  assess(wasSeen: boolean): void {
    this.#mentions.clear();
    for (const entry of this.#parts.entries.list) {
      this.assessImage(entry, wasSeen);
    }
    this.assessPossible();
  }

  /** Does the same for one image. */
  assessImage(entry: ReviewEntry, wasSeen: boolean): void {
    const lines = this.#found === undefined ? [] : imageUses(this.#found, entry);
    const uses = lines.filter(({ reference }) => reference.kind === 'exact');
    for (const { reference } of lines.length === uses.length ? [] : lines) {
      if (reference.kind !== 'exact') {
        this.#mentions.set(reference, [...(this.#mentions.get(reference) ?? []), entry.key]);
      }
    }
    const before = entry.referenced;
    if (uses.length > 0) {
      const isSame = before !== undefined && hasSameUses(before.uses, uses);
      const isAccepted = isSame && before.isAccepted;
      const isNew = isSame ? before.isNew : wasSeen;
      this.#parts.entries.change(entry.key, { referenced: { uses, isAccepted, isNew } });
    } else if (before !== undefined) {
      this.#parts.entries.change(entry.key, { referenced: undefined });
    }
  }

  /** Determines which other lines may use an image that is still in the plan. */
  assessPossible(): void {
    const { entries, repositories } = this.#parts;
    const found = this.#found;
    const open =
      found === undefined ? [] : repositories.flatMap((repository) => this.#openIn(found, repository));
    if (open.length === 0) {
      this.#possible = open;
      return;
    }
    const used = new Set<CodeReference>();
    for (const { referenced } of entries.list) {
      referenced?.uses.forEach(({ reference }) => used.add(reference));
    }
    this.#possible = [...new Set(open)].filter((reference) => !used.has(reference));
  }

  /** A tag can only mean a tagged image, and a digest that is not listed only a part that is not known. */
  #openIn(found: FoundReferences, repository: RepositoryRef): readonly CodeReference[] {
    const byTag = openReferences(found, repository).filter(
      ({ kind }) => kind === 'nameOnly' || kind === 'exact',
    );
    const byDigest = this.#unlistedIn(found, repository);
    if (byTag.length + byDigest.length === 0) {
      return [];
    }
    const name = formatRepository(repository);
    const inRepository = this.#parts.entries.list.filter(
      ({ planned }) => formatRepository(planned.repository) === name,
    );
    return [
      ...(inRepository.some((entry) => latestTagsOf(entry).length > 0) ? byTag : []),
      ...(inRepository.some((entry) => this.#mayLackParts(entry)) ? byDigest : []),
    ];
  }

  #unlistedIn({ named }: FoundReferences, repository: RepositoryRef): readonly CodeReference[] {
    const withDigest = (named.get(formatRepository(repository)) ?? []).filter(
      ({ kind, digest }) => kind === 'exact' && digest !== undefined,
    );
    if (withDigest.length === 0) {
      return [];
    }
    const images = this.#parts.listedImages(repository) ?? [];
    const listed = new Set<Digest | undefined>(
      images.flatMap((image) => [image, ...partsOf(image)]).map(({ digest }) => digest),
    );
    return withDigest.filter(({ digest }) => !listed.has(digest));
  }

  #mayLackParts({ planned, collateral }: ReviewEntry): boolean {
    return collateral?.collateral.kind === 'unknown' || planned.image.arePartsUnknown === true;
  }
}
