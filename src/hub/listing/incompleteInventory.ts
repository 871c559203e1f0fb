import { formatRepository, type RepositoryRef } from '../names';

/**
 * What a complete reading must fulfil:
 *
 * - `steadyCount`: every page tells the same number of images
 * - `lastPage`: only the last page says that none follows
 * - `allListed`: as many different images were listed as the pages tell
 * - `agreesWithSummary`: `images-summary` counts the same totals
 * - `agreesWithDryRun`: it has every tag that the dry run of a deletion has just told
 * - `agreesWithTags`: the list of manifests and the list of tags tell the same
 * - `allTagsListed`: the server has not cut the list of tags short
 * - `allIndexesRead`: of every multi-platform image it is known what belongs to it
 */
export type InventoryCheck =
  | 'steadyCount'
  | 'lastPage'
  | 'allListed'
  | 'agreesWithSummary'
  | 'agreesWithDryRun'
  | 'agreesWithTags'
  | 'allTagsListed'
  | 'allIndexesRead';

/** A listing that cannot be trusted to hold every image, so nothing is planned on it. */
export class IncompleteInventoryError extends Error {
  override readonly name = 'IncompleteInventoryError';

  constructor(
    readonly repository: RepositoryRef,
    readonly check: InventoryCheck,
    readonly expected: number,
    readonly found: number,
  ) {
    super(`${formatRepository(repository)}: ${check}: expected ${expected}, found ${found}`);
  }
}

export function isIncompleteInventory(error: unknown): error is IncompleteInventoryError {
  return error instanceof IncompleteInventoryError;
}
