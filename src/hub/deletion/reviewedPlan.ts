import { createHash } from 'node:crypto';
import {
  type ApprovedRequest,
  imageKey,
  type ImageKey,
  type PlannedImage,
  type ReviewedRequest,
} from '../deletionRequest';
import type { Digest } from '../digest';
import type { DeletionWarning } from '../findings';
import type { Image } from '../model';
import { formatRepository } from '../names';
import { batchesOf, plannedDigests, repositoriesOf } from './batches';
import type { Collateral } from './collateral';
import { type ImageUse, usesText } from './imageUses';
import { imagesByDigest } from './imagesByDigest';
import type { ReferenceRecord } from './referenceCheck';
import type { DeletionReview } from './review';
import { isApproved } from './reviewEntry';

/** One image as it was approved, with everything that was accepted. */
export interface ApprovedImage {
  readonly key: ImageKey;
  readonly planned: PlannedImage;
  /** Current tags as last read; `undefined` if they were not read since planning. For records: they are not what is approved. */
  readonly latestTags: readonly string[] | undefined;
  readonly warnings: readonly DeletionWarning[];
  readonly collateral: Collateral | undefined;
  /** Lines of the workspace that use it, or what is deleted along with it. */
  readonly uses: readonly ImageUse[];
}

/** A plan exactly as a person approved it. Later changes of the review do not affect it. */
export class ReviewedPlan {
  readonly origin: string;
  readonly activeFrom: Date;
  readonly approved: readonly ApprovedImage[];
  /**
   * SHA-256, the same for two plans with the same images, warnings, collateral, uses in the workspace, origin and start of the
   * activity window.
   */
  readonly fingerprint: string;
  /** Whether and where the workspace was searched for references. */
  readonly references: ReferenceRecord;
  /** By repository, every image as the last check has listed it. */
  readonly #listed: ReadonlyMap<string, ReadonlyMap<Digest, Image>>;

  private constructor(review: DeletionReview, references: ReferenceRecord) {
    this.origin = review.plan.origin;
    this.activeFrom = review.plan.activeFrom;
    this.references = references;
    this.approved = review.entries.map(({ key, planned, latestTags, warnings, collateral, referenced }) => ({
      key,
      planned,
      latestTags,
      warnings: warnings.map(({ warning }) => warning),
      collateral: collateral?.collateral,
      uses: referenced?.uses ?? [],
    }));
    this.fingerprint = fingerprintOf(this);
    this.#listed = new Map(
      repositoriesOf(this.images).flatMap((repository) => {
        const images = review.listedImages(repository);
        return images === undefined ? [] : [[formatRepository(repository), imagesByDigest(images)] as const];
      }),
    );
  }

  /**
   * Takes over a complete review.
   *
   * @param references Whether and where the workspace was searched; `undefined` while the search is not settled.
   * @throws {Error} An image was not checked or is blocked, something is not accepted, or the search is not settled.
   */
  static of(review: DeletionReview, references: ReferenceRecord | undefined): ReviewedPlan {
    // checks each image again: a deletion must not rely on counts alone
    if (references === undefined || !review.isComplete || !review.entries.every(isApproved)) {
      throw new Error('The review is not complete: nothing may be deleted yet.');
    }
    return new ReviewedPlan(review, references);
  }

  get images(): readonly PlannedImage[] {
    return this.approved.map(({ planned }) => planned);
  }

  /** Images outside the plan that are deleted along, each once, as far as known. */
  get collateralKeys(): ReadonlySet<ImageKey> {
    return new Set(this.approved.flatMap((approved) => collateralKeysOf(approved) ?? []));
  }

  /** The requests that carry out the plan, in the order in which they are sent. */
  requests(batchSize: number): readonly ReviewedRequest[] {
    const warnings = new Map(this.approved.map((approved) => [approved.planned, approved.warnings]));
    const losesTags = (planned: PlannedImage) =>
      warnings.get(planned)?.some(({ warning }) => warning === 'current_tag') === true; // newer than the plan's own tags
    const byPlanned = new Map(this.approved.map((approved) => [approved.planned, approved]));
    const digestsByRepository = plannedDigests(this.images);
    const batches = batchesOf(this.images, batchSize, losesTags);
    const attachments = batches.map((images) =>
      images.flatMap((planned) => attachmentsOf(byPlanned.get(planned)?.collateral)),
    );
    const lastBatch = new Map<Digest, number>(); // of each attachment
    attachments.forEach((own, index) => {
      own.forEach(({ digest }) => lastBatch.set(digest, index));
    });
    return batches.map((images, index) => {
      const { repository } = images[0];
      const listed = this.#listed.get(formatRepository(repository));
      const own = new Map(attachments[index]?.map((image) => [image.digest, image]));
      const request: ApprovedRequest = {
        repository,
        activeFrom: this.activeFrom,
        digests: images.map(({ image }) => image.digest),
        planned: digestsByRepository(repository),
        images,
        ...(listed !== undefined && { listed }),
        ignoredWarnings: images.flatMap((planned) => warnings.get(planned) ?? []),
        collateral: new Map(
          images.flatMap((planned) => {
            const collateral = byPlanned.get(planned)?.collateral;
            return collateral === undefined ? [] : [[planned.image.digest, imagesOf(collateral)] as const];
          }),
        ),
        attachments: [...own.values()].filter(({ digest }) => lastBatch.get(digest) === index),
      };
      return request as ReviewedRequest; // the one place where a request becomes one that may delete
    });
  }
}

/** Returns the keys of the collateral of an image; `undefined` if it is not known. */
export function collateralKeysOf({ planned, collateral }: ApprovedImage): readonly ImageKey[] | undefined {
  switch (collateral?.kind) {
    case undefined:
      return [];
    case 'unknown':
      return undefined;
    case 'known':
      return collateral.images.map(({ image }) => imageKey(planned.repository, image.digest));
  }
}

function attachmentsOf(collateral: Collateral | undefined): readonly Image[] {
  const images = collateral === undefined ? [] : imagesOf(collateral);
  return images === 'unknown' ? [] : images.filter(({ role }) => role === 'signature');
}

function imagesOf(collateral: Collateral): readonly Image[] | 'unknown' {
  return collateral.kind === 'unknown' ? 'unknown' : collateral.images.map(({ image }) => image);
}

function fingerprintOf({ origin, activeFrom, approved, references }: ReviewedPlan): string {
  const lines = approved.map((image) => {
    const warnings = image.warnings
      .map(({ warning, tags }) => [warning, ...[...(tags ?? [])].sort()].join(' '))
      .sort();
    const collateral = [...(collateralKeysOf(image) ?? ['unknown'])].sort();
    return JSON.stringify([image.key, warnings, collateral, usesText(image.uses)]);
  });
  const text = [origin, activeFrom.toISOString(), references.kind, ...lines.sort()].join('\n');
  return createHash('sha256').update(text).digest('hex');
}
