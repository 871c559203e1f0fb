import type { ImageRefusal } from '../deletionAnswer';
import { imageKey, type ImageKey } from '../deletionRequest';
import { type Image, partsOf } from '../model';
import type { RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import { isLeftUnchecked } from './execution';
import {
  type CollateralOutcome,
  requestOutcomeOf,
  type ImageOutcome,
  leavesPlan,
  mayChange,
  type RequestOutcome,
  type RequestResult,
  settleCollateral,
  settleOutcome,
} from './outcome';
import type { DeletionReview } from './review';
import type { ReviewedPlan } from './reviewedPlan';
import type { Settlement } from './settlement';
import { Verification, type VerificationOptions } from './verification';

/** An image after a deletion, and whether it exists. */
export interface VerifiedImage {
  readonly key: ImageKey;
  /** `undefined` where neither is proved. */
  readonly exists: boolean | undefined;
}

/** An image of the plan, with what is known about the request it was in. */
export interface RequestedImage extends VerifiedImage {
  readonly request: RequestOutcome;
}

/** The outcome of one image of the plan, and the request it follows from. */
export interface SettledImage extends RequestedImage {
  readonly outcome: ImageOutcome;
}

/** The outcomes of one deletion, as far as they are known after one listing. */
export interface SettledDeletion {
  /** Images of the plan, in the order in which they were requested. */
  readonly images: readonly SettledImage[];
  /** Images that were accepted as collateral, each once. */
  readonly collateral: ReadonlyMap<ImageKey, CollateralOutcome>;
}

/** The outcomes of a deletion that has just ended. */
export interface SettledExecution extends SettledDeletion {
  /** Images that are no longer listed, although they were neither planned nor accepted as collateral. */
  readonly unexpected: readonly ImageKey[];
  /** Every image of each repository that was listed in full. */
  readonly lists: readonly { readonly repository: RepositoryRef; readonly images: readonly Image[] }[];
  /** Why a repository could not be listed; `undefined` if all could be. */
  readonly listingError: unknown;
}

/**
 * Determines outcomes from the requests and a listing, right after a deletion or when an interrupted one is recovered.
 *
 * @param isLastListing As for {@link settleOutcome}.
 */
export function settleDeletion(
  images: readonly RequestedImage[],
  collateral: readonly VerifiedImage[],
  isLastListing = false,
): SettledDeletion {
  return {
    images: images.map((image) => ({
      ...image,
      outcome: settleOutcome(image.request, image.exists, isLastListing),
    })),
    collateral: new Map(collateral.map(({ key, exists }) => [key, settleCollateral(exists)])),
  };
}

/**
 * Lists the repositories of an executed plan again and determines the outcomes. Never rejects because of a listing.
 *
 * @param listedBefore Every image of a repository right before the deletion; `undefined` if that is not known.
 */
export async function settleExecution(
  plan: ReviewedPlan,
  results: readonly RequestResult[],
  options: Omit<VerificationOptions, 'activeFrom'>,
  listedBefore: (repository: RepositoryRef) => readonly Image[] | undefined,
): Promise<SettledExecution> {
  const { activeFrom } = plan;
  const requested = results.flatMap((result) =>
    result.request.images.map(({ repository, image: { digest } }) => ({
      repository,
      digest,
      request: requestOutcomeOf(result, digest),
    })),
  );
  const planned = requested.map(({ request, ...image }) => ({
    ...image,
    isExpectedGone: isAccepted(request),
  }));
  const isEveryAccepted = requested.every(({ request }) => isAccepted(request));
  const along = plan.approved.flatMap(({ planned: { repository }, collateral: approved }) =>
    approved?.kind !== 'known'
      ? []
      : approved.images.map(({ image: { digest } }) => ({
          repository,
          digest,
          isExpectedGone: isEveryAccepted,
        })),
  );
  const verification = await Verification.of([...planned, ...along], { ...options, activeFrom });
  const images = requested.map(({ repository, digest, request }) => ({
    key: imageKey(repository, digest),
    request,
    exists: verification.exists(repository, digest),
  }));
  const collateral = along.map(({ repository, digest }) => ({
    key: imageKey(repository, digest),
    exists: verification.exists(repository, digest),
  }));
  const known = new Set([...images, ...collateral].map(({ key }) => key));
  return {
    ...settleDeletion(images, collateral),
    unexpected: [
      ...new Set(
        repositoriesOf(plan.images).flatMap((repository) => {
          const after = verification.listedIn(repository);
          const before = after === undefined ? [] : (listedBefore(repository) ?? []);
          return before
            .flatMap((image) => [image, ...partsOf(image)])
            .filter(({ digest }) => after?.has(digest) === false)
            .map(({ digest }) => imageKey(repository, digest))
            .filter((key) => !known.has(key));
        }),
      ),
    ],
    lists: repositoriesOf(plan.images).flatMap((repository) => {
      const listed = verification.imagesIn(repository);
      return listed === undefined ? [] : [{ repository, images: listed }];
    }),
    listingError: verification.error,
  };
}

/** Whether the server has said that it carried out the request. */
function isAccepted(request: RequestOutcome): boolean {
  return request.kind === 'answered' && request.answer.kind === 'completed';
}

/** The outcomes of the images of the plan, by their keys. */
export function outcomesByImage({
  images,
}: Pick<SettledDeletion, 'images'>): ReadonlyMap<ImageKey, ImageOutcome> {
  return new Map(images.map(({ key, outcome }) => [key, outcome]));
}

/** Whether the outcome of any of these images is not known. */
export function hasUnconfirmed(images: readonly { readonly outcome: ImageOutcome | 'open' }[]): boolean {
  return images.some(({ outcome }) => outcome === 'unconfirmed');
}

/**
 * Whether a later listing may show another outcome of any image, so that the run has to stay unfinished.
 *
 * @param isLastListing Whether every request without an answer has had enough time to take effect.
 */
export function mayAnyChange(images: readonly SettledImage[], isLastListing = false): boolean {
  return (
    hasUnconfirmed(images) ||
    (!isLastListing && images.some(({ outcome, request }) => mayChange(outcome, request)))
  );
}

/**
 * Moves images with a final outcome from the review to the settlement, and adds the reasons of a refusal to the others.
 * Images left in the review have to be checked again if the server may have changed in any other way than requested.
 */
export function applyOutcomes(
  { images, collateral }: SettledDeletion,
  results: readonly RequestResult[],
  review: DeletionReview,
  settlement: Settlement,
): void {
  for (const result of results) {
    if (result.kind === 'answered' && result.answer.kind === 'refused') {
      review.recordRefusal(result.request.images, result.answer);
    }
    if (result.kind === 'answered' && result.answer.kind === 'completed') {
      for (const [digest, refusal] of result.answer.refusals ?? []) {
        review.noteLostTags(imageKey(result.request.repository, digest), lostTags(refusal));
      }
    }
  }
  const final = images.flatMap(({ key, outcome, exists }) => {
    const entry = review.get(key);
    return entry !== undefined && leavesPlan(outcome, exists) ? [{ entry, outcome }] : [];
  });
  settlement.add(final, collateral);
  review.remove(final.map(({ entry }) => entry.key)); // all at once: this computes the collateral of the rest again
  if (results.some(isLeftUnchecked) || images.some(({ outcome }) => outcome === 'failed')) {
    review.uncheck();
  }
}

/** Tags that no longer point at an image that was refused. */
function lostTags({ cause, tag, removedTags }: ImageRefusal): readonly string[] {
  return cause === 'tagMoved' && tag !== undefined ? [...removedTags, tag] : removedTags;
}
