import type { ImageApiKind } from '../../../src/hub/autoImageApi';

/** Name of the variable that holds the only API to be tested; both, unless it is set. */
export const TESTED_API = 'HUB_IMAGES_TESTED_API';

export function isTested(api: ImageApiKind): boolean {
  const wanted = process.env[TESTED_API];
  return wanted === undefined || wanted === api;
}
