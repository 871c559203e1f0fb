import type { DeletionAnswer, ManifestResult } from '../deletionAnswer';
import type { Digest } from '../digest';
import type { ReviewedRequest } from '../deletionRequest';

/** What a request that left came to. */
type SentResult =
  | { readonly kind: 'answered'; readonly request: ReviewedRequest; readonly answer: DeletionAnswer }
  /** Whether it had an effect is not known: only a new listing can tell. */
  | { readonly kind: 'failed'; readonly request: ReviewedRequest; readonly error: unknown };

/** What became of one request. `notSent`: it did not leave, so it had no effect. */
export type RequestResult = SentResult | { readonly kind: 'notSent'; readonly request: ReviewedRequest };

/** What is known of the request an image was in: of one that was just made, or of one that the evidence tells of. */
export type RequestOutcome =
  | { readonly kind: 'notSent' | 'failed' }
  | { readonly kind: 'answered'; readonly answer: { readonly kind: DeletionAnswer['kind'] } };

/** What is known of one image of a request that was carried out image by image. */
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

/** What is known of one image of a request. An image the answer does not speak of shares the fate of the whole. */
export function requestOutcomeOf(result: RequestResult, digest: Digest): RequestOutcome {
  const own =
    result.kind === 'answered' && result.answer.kind === 'completed'
      ? result.answer.results?.get(digest)
      : undefined;
  return own === undefined ? result : manifestOutcome(own);
}

/**
 * What became of one image:
 *
 * - `deleted`: it was sent for deletion and is no longer listed
 * - `alreadyGone`: it is no longer listed, though nothing was sent for it or its request was refused
 * - `refused`: the Hub refused its request as a whole, so it is still there
 * - `failed`: it was sent for deletion and is still listed; see {@link mayChange} for one whose answer was lost
 * - `unconfirmed`: it was sent for deletion and the repository could not be listed afterwards
 * - `notSent`: nothing was sent for it
 */
export const imageOutcomes = [
  'deleted',
  'alreadyGone',
  'refused',
  'failed',
  'unconfirmed',
  'notSent',
] as const;
export type ImageOutcome = (typeof imageOutcomes)[number];

/**
 * What became of an image that nobody chose and that was expected to fall with one that was:
 *
 * - `gone`: it is no longer listed
 * - `stayed`: it is still listed, be it that the Hub kept it or that the image it hangs on was not deleted
 * - `unconfirmed`: the repository could not be listed afterwards
 */
export const collateralOutcomes = ['gone', 'stayed', 'unconfirmed'] as const;
export type CollateralOutcome = (typeof collateralOutcomes)[number];

/** @param isListed As for {@link settleOutcome}. */
export function settleCollateral(isListed: boolean | undefined): CollateralOutcome {
  if (isListed === undefined) {
    return 'unconfirmed';
  }
  return isListed ? 'stayed' : 'gone';
}

/**
 * Settles an image by what was sent and by what is listed now. The listing has the last word: the Hub has answered
 * success and removed nothing.
 *
 * @param isListed Whether the new listing has the image; `undefined` where there is no complete one.
 */
export function settleOutcome(result: RequestOutcome, isListed: boolean | undefined): ImageOutcome {
  if (result.kind === 'notSent') {
    return isListed === false ? 'alreadyGone' : 'notSent';
  }
  if (result.kind === 'answered' && result.answer.kind === 'refused') {
    return isListed === false ? 'alreadyGone' : 'refused';
  }
  if (isListed === undefined) {
    return 'unconfirmed';
  }
  return isListed ? 'failed' : 'deleted';
}

/**
 * Whether a later listing may tell otherwise without anybody doing anything: there was none, or it still had an image whose
 * request was lost. Such a request may be carried out after its sender has given up waiting, so "still listed" is not the
 * last word, and the run is not over.
 */
export function mayChange(outcome: ImageOutcome, result: RequestOutcome): boolean {
  return outcome === 'unconfirmed' || (outcome === 'failed' && result.kind === 'failed');
}

/** Whether nothing about the image is open any more, so that it leaves the plan. */
export function isFinal(outcome: ImageOutcome, result: RequestOutcome): boolean {
  switch (outcome) {
    case 'deleted':
    case 'alreadyGone':
    case 'unconfirmed':
      return true;
    case 'failed':
      return result.kind === 'answered'; // of a lost request it may be tried again, after another dry run
    case 'refused':
    case 'notSent':
      return false;
  }
}
