import type { DeletionAnswer } from '../imageApi';
import type { RequestResult } from './execution';

/** What is known of the request an image was in: of one that was just made, or of one that the evidence tells of. */
export type RequestFate =
  | { readonly kind: 'notSent' | 'failed' }
  | { readonly kind: 'answered'; readonly answer: { readonly kind: DeletionAnswer['kind'] } };

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
export function settleOutcome(result: RequestFate, isListed: boolean | undefined): ImageOutcome {
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
export function mayChange(outcome: ImageOutcome, result: RequestFate): boolean {
  return outcome === 'unconfirmed' || (outcome === 'failed' && result.kind === 'failed');
}

/** Whether nothing about the image is open any more, so that it leaves the plan. */
export function isFinal(outcome: ImageOutcome, result: RequestResult): boolean {
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
