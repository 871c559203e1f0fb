import { formatRepository, type RepositoryRef } from './names';
import { countOf, type UnreadPart } from './readableList';

/**
 * The conditions that a complete reading must meet:
 *
 * - `steadyCount`: every page reports the same number of images
 * - `lastPage`: every page except the last reports a next page
 * - `allListed`: the number of different images listed equals the number that the pages report
 * - `agreesWithSummary`: the image counts equal those of `images-summary`
 * - `agreesWithDryRun`: it has every tag that the dry run of a deletion has just reported
 * - `agreesWithTags`: the list of manifests has every image of the list of tags
 * - `allTagsListed`: the server has not truncated the list of tags
 * - `allManifestsListed`: the server has not truncated the list of manifests
 * - `allReadable`: every entry could be read
 */
export type InventoryCheck =
  | 'steadyCount'
  | 'lastPage'
  | 'allListed'
  | 'agreesWithSummary'
  | 'agreesWithDryRun'
  | 'agreesWithTags'
  | 'allTagsListed'
  | 'allManifestsListed'
  | 'allReadable';

/**
 * A listing that may lack images, so no deletion is planned from it. The meaning and unit of `expected` and `found`
 * (pages, images, tags or indexes) depend on the check that failed.
 */
export class IncompleteInventoryError extends Error {
  override readonly name = 'IncompleteInventoryError';

  constructor(
    readonly repository: RepositoryRef,
    readonly check: InventoryCheck,
    readonly expected: number,
    readonly found: number,
    /** For the log. */
    details: readonly string[] = [`expected ${expected}, found ${found}`],
  ) {
    super(`${formatRepository(repository)}: ${check}: ${details.join('; ')}`);
  }
}

/** How many entries the message names. */
const namedLimit = 20;

/** The error for a listing with entries that could not be read. */
export function unreadInventory(
  repository: RepositoryRef,
  unread: readonly UnreadPart[],
): IncompleteInventoryError {
  const count = countOf(unread) ?? unread.length;
  const named = unread.slice(0, namedLimit).map(({ position, reason }) => `entry ${position + 1}: ${reason}`);
  const details = unread.length > namedLimit ? [...named, '…'] : named;
  return new IncompleteInventoryError(repository, 'allReadable', count, 0, details);
}

/** Whether an error says that a listing may lack images. */
export function isIncompleteInventory(error: unknown): error is IncompleteInventoryError {
  return error instanceof IncompleteInventoryError;
}
