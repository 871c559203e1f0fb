import type { ImageApiKind } from '../hub/autoImageApi';
import type { CodeReference } from '../hub/codeReferences';
import type { Digest } from '../hub/digest';
import type { ListingGap } from '../hub/imageApi';
import { currentTags, historicalTags, type Image, partsOf } from '../hub/model';
import type { RepositoryRef } from '../hub/names';

/** The images of a repository, as far as they were read. */
export interface ReadImages {
  readonly repository: RepositoryRef;
  readonly images: readonly Image[];
  /** Whether the list was read to its end, and nothing moved between its pages meanwhile. */
  readonly isWhole: boolean;
  /** What the list does not show. */
  readonly gaps: readonly ListingGap[];
  /** `undefined` if it is not known. */
  readonly imageApi: ImageApiKind | undefined;
  /** When the first page was requested, by the server's clock. */
  readonly readAt: Date;
}

/** An image of a list, or what belongs to one. */
export interface ListedImage {
  readonly image: Image;
  /** The listed image that it belongs to; `undefined` if it is listed itself. */
  readonly partOf: Image | undefined;
}

/**
 * Whether something exists:
 *
 * - `listed`: the list has it
 * - `gone`: it certainly does not exist
 * - `unlisted`: the whole list does not have it; it can exist only as a part of an image whose parts are not all known
 * - `notRead`: it is not in what was read, and may exist
 */
export type Presence = 'listed' | 'gone' | 'unlisted' | 'notRead';

/** Gaps that hide no digest: every manifest is listed, and it is open what belongs together, or where a tag points. */
const tagOnlyGaps: readonly ListingGap[] = ['indexesUnread', 'tagsDisputed'];
/** Gaps that hide no tag. */
const digestOnlyGaps: readonly ListingGap[] = ['indexesUnread', 'untaggedHidden'];

/** What a list of images says about digests and tags, and whether their absence from it means anything. */
export class KnownImages {
  readonly list: ReadImages;
  readonly #byDigest = new Map<Digest, ListedImage>();
  readonly #byTag = new Map<string, Image>();
  /** Whether a manifest may exist as a part of an image although the list does not show it. */
  readonly #mayLackParts: boolean;

  constructor(list: ReadImages) {
    this.list = list;
    let areAllCertain = true;
    for (const image of list.images) {
      this.#byDigest.set(image.digest, { image, partOf: undefined });
      currentTags(image).forEach((tag) => this.#byTag.set(tag, image));
    }
    for (const image of list.images) {
      const parts = partsOf(image);
      areAllCertain &&= [image, ...parts].every(isCertain);
      for (const part of parts.filter(({ digest }) => !this.#byDigest.has(digest))) {
        this.#byDigest.set(part.digest, { image: part, partOf: image });
      }
    }
    // the list of the image-management API does not show the platforms of its images
    this.#mayLackParts = list.imageApi !== 'registry' || list.gaps.length > 0 || !areAllCertain;
  }

  image(digest: Digest): ListedImage | undefined {
    return this.#byDigest.get(digest);
  }

  /** The image that the tag points at. */
  tagged(tag: string): Image | undefined {
    return this.#byTag.get(tag);
  }

  /**
   * The image whose digest can stand beside the tag.
   *
   * @returns `undefined` if it is not certain where the tag points.
   */
  pinned(tag: string): Image | undefined {
    const image = this.#byTag.get(tag);
    return image?.doubt === 'disputed' || image?.doubt === 'unreadable' ? undefined : image;
  }

  /** Whether any manifest has the digest. */
  presenceOf(digest: Digest): Presence {
    if (this.#byDigest.has(digest)) {
      return 'listed';
    }
    if (!this.#isWholeBut(tagOnlyGaps)) {
      return 'notRead';
    }
    return this.#mayLackParts ? 'unlisted' : 'gone';
  }

  /** Whether any image has the tag now. */
  presenceOfTag(tag: string): Exclude<Presence, 'unlisted'> {
    if (this.#byTag.has(tag)) {
      return 'listed';
    }
    return this.#isWholeBut(digestOnlyGaps) ? 'gone' : 'notRead';
  }

  #isWholeBut(gaps: readonly ListingGap[]): boolean {
    return this.list.isWhole && this.list.gaps.every((gap) => gaps.includes(gap));
  }
}

function isCertain({ arePartsUnknown, doubt }: Image): boolean {
  return arePartsUnknown !== true && doubt === undefined;
}

/** What is known of a reference. */
export interface Lookup {
  /** What the reference means. */
  readonly found: ListedImage | undefined;
  /** `undefined` if the reference has none. */
  readonly digest: Presence | undefined;
  /** `undefined` if the reference has none. */
  readonly tag: Exclude<Presence, 'unlisted'> | undefined;
  /** Set if the tag beside a digest points at another image now. The image is `undefined` if it is not known which. */
  readonly moved: { readonly to: Image | undefined } | undefined;
}

/** Looks up what a reference to the repository means. */
export function lookUp({ tag, digest }: Pick<CodeReference, 'tag' | 'digest'>, known: KnownImages): Lookup {
  const found = digest === undefined ? taggedImage(tag, known) : known.image(digest);
  return {
    found,
    digest: digest && known.presenceOf(digest),
    tag: tag === undefined ? undefined : known.presenceOfTag(tag),
    moved: tag === undefined || digest === undefined ? undefined : movedTag(tag, digest, known),
  };
}

function taggedImage(tag: string | undefined, known: KnownImages): ListedImage | undefined {
  const image = tag === undefined ? undefined : known.tagged(tag);
  return image && { image, partOf: undefined };
}

/**
 * The tag once was at the image, by the list of its former tags; or it is at another image, and the digest does not belong to
 * that as one of its platforms. A list that does not show all of them leaves it open.
 */
function movedTag(tag: string, digest: Digest, known: KnownImages): Lookup['moved'] {
  const to = known.tagged(tag);
  const own = known.image(digest);
  if (own?.partOf === undefined && own !== undefined && historicalTags(own.image).includes(tag)) {
    return { to };
  }
  if (to === undefined || to.doubt !== undefined || known.list.imageApi !== 'registry') {
    return undefined;
  }
  const isSame = [to, ...partsOf(to)].some((image) => image.digest === digest);
  const mayBePart = to.arePartsUnknown === true && own?.image.role !== 'index';
  return isSame || mayBePart ? undefined : { to };
}
