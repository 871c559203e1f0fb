import type { DeletionAnswer, ManifestResult } from '../deletionAnswer';
import type { Digest } from '../digest';
import type { ReviewedRequest } from '../deletionRequest';
import type { HubError } from '../errors';

/** The result of a request that was sent. */
type SentResult =
  | { readonly kind: 'answered'; readonly request: ReviewedRequest; readonly answer: DeletionAnswer }
  /** The server refused it without a word about single images: it had no effect. */
  | { readonly kind: 'rejected'; readonly request: ReviewedRequest; readonly error: HubError }
  /** It is not known whether it had an effect; only a new listing shows that. */
  | { readonly kind: 'failed'; readonly request: ReviewedRequest; readonly error: unknown };

/** The result of a request. `notSent`: it was not sent, so it had no effect. */
export type RequestResult =
  | SentResult
  /** `error`: why not; absent if an earlier request or a person ended the deletion. */
  | { readonly kind: 'notSent'; readonly request: ReviewedRequest; readonly error?: HubError };

/** What is known about the request an image was in, whether just sent or read from the journal. */
export type RequestOutcome =
  | { readonly kind: 'notSent' | 'failed' }
  | { readonly kind: 'answered'; readonly answer: { readonly kind: DeletionAnswer['kind'] } };

/** Returns what is known about one image of a request that was carried out image by image. */
export function manifestOutcome(result: ManifestResult): RequestOutcome {
  switch (result) {
    case 'removed':
      return { kind: 'answered', answer: { kind: 'completed' } };
    case 'refused':
      return { kind: 'answered', answer: { kind: 'refused' } };
    case 'lost':
      return { kind: 'failed' };
    case 'notSent':
      return { kind: 'notSent' };
  }
}

/**
 * Returns what is known about one image of a request: its own result if the answer has one, else that of the whole
 * request.
 */
export function requestOutcomeOf(result: RequestResult, digest: Digest): RequestOutcome {
  if (result.kind === 'rejected') {
    return { kind: 'answered', answer: { kind: 'refused' } };
  }
  const own =
    result.kind === 'answered' && result.answer.kind === 'completed'
      ? result.answer.results?.get(digest)
      : undefined;
  return own === undefined ? result : manifestOutcome(own);
}

/**
 * The possible outcomes of a planned image:
 *
 * - `deleted`: it was sent for deletion and is no longer listed
 * - `alreadyGone`: it is no longer listed, although its request was not sent or was refused
 * - `refused`: the server refused its request, so it still exists
 * - `failed`: it was sent for deletion and is still listed, and that will not change any more
 * - `unconfirmed`: it was sent for deletion, and either the repository could not be listed afterwards, or the image is
 *   still listed and its request has no answer, so that the server may still carry it out
 * - `notSent`: its request was not sent
 */
export const imageOutcomes = [
  'deleted',
  'alreadyGone',
  'refused',
  'failed',
  'unconfirmed',
  'notSent',
] as const;
/** One of {@link imageOutcomes}. */
export type ImageOutcome = (typeof imageOutcomes)[number];

/**
 * The possible outcomes of collateral, an image outside the plan that was expected to be deleted along:
 *
 * - `gone`: it is no longer listed
 * - `stayed`: it is still listed, either because the server did not delete it or because the planned image was not deleted
 * - `unconfirmed`: the repository could not be listed afterwards
 */
export const collateralOutcomes = ['gone', 'stayed', 'unconfirmed'] as const;
/** One of {@link collateralOutcomes}. */
export type CollateralOutcome = (typeof collateralOutcomes)[number];

/**
 * Determines the outcome of collateral.
 *
 * @param isListed As for {@link settleOutcome}.
 */
export function settleCollateral(isListed: boolean | undefined): CollateralOutcome {
  if (isListed === undefined) {
    return 'unconfirmed';
  }
  return isListed ? 'stayed' : 'gone';
}

/**
 * Determines the outcome of a planned image from its request and a new listing. The listing decides, because servers have
 * been seen to report success without deleting anything.
 *
 * @param isListed Whether the new listing contains the image; `undefined` if there is no complete listing.
 * @param isLastListing Whether a request without an answer has had enough time to take effect.
 */
export function settleOutcome(
  result: RequestOutcome,
  isListed: boolean | undefined,
  isLastListing = false,
): ImageOutcome {
  if (result.kind === 'notSent') {
    return isListed === false ? 'alreadyGone' : 'notSent';
  }
  if (result.kind === 'answered' && result.answer.kind === 'refused') {
    return isListed === false ? 'alreadyGone' : 'refused';
  }
  if (isListed === undefined) {
    return 'unconfirmed';
  }
  if (!isListed) {
    return 'deleted';
  }
  return result.kind === 'failed' && !isLastListing ? 'unconfirmed' : 'failed';
}

/**
 * Whether a later listing may show another outcome without further requests: there was no listing, or it still contained
 * an image whose request has no answer. The server may carry out such a request after the client has stopped waiting, so
 * the run is not finished yet. Earlier versions recorded `failed` in the second case.
 */
export function mayChange(outcome: ImageOutcome, result: RequestOutcome): boolean {
  return outcome === 'unconfirmed' || (outcome === 'failed' && result.kind === 'failed');
}

/**
 * Whether the image leaves the plan. One that is still listed may be tried again, after another dry run.
 *
 * @param isListed As for {@link settleOutcome}.
 */
export function leavesPlan(outcome: ImageOutcome, isListed: boolean | undefined): boolean {
  switch (outcome) {
    case 'deleted':
    case 'alreadyGone':
      return true;
    case 'unconfirmed':
      return isListed === undefined;
    case 'failed':
    case 'refused':
    case 'notSent':
      return false;
  }
}
