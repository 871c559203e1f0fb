import type { RequestResult } from './execution';

/**
 * What became of one image:
 *
 * - `deleted`: it was sent for deletion and is no longer listed
 * - `alreadyGone`: it is no longer listed, though nothing was sent for it or its request was refused
 * - `stillThere`: it was sent for deletion and is still listed
 * - `unconfirmed`: it was sent for deletion and the repository could not be listed afterwards
 * - `notSent`: nothing was sent for it, or its request was refused as a whole
 */
export const imageOutcomes = ['deleted', 'alreadyGone', 'stillThere', 'unconfirmed', 'notSent'] as const;
export type ImageOutcome = (typeof imageOutcomes)[number];

/**
 * Settles an image by what was sent and by what is listed now. The listing has the last word: the Hub has answered
 * success and removed nothing.
 *
 * @param isListed Whether the new listing has the image; `undefined` where there is no complete one.
 */
export function settleOutcome(result: RequestResult, isListed: boolean | undefined): ImageOutcome {
  const hadNoEffect =
    result.kind === 'notSent' || (result.kind === 'answered' && result.answer.kind === 'refused');
  if (hadNoEffect) {
    return isListed === false ? 'alreadyGone' : 'notSent';
  }
  if (isListed === undefined) {
    return 'unconfirmed';
  }
  return isListed ? 'stillThere' : 'deleted';
}
