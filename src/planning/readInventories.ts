import PQueue from 'p-queue';
import { isHubError } from '../hub/errors';
import {
  IncompleteInventoryError,
  type Inventory,
  type ListingApi,
  readInventory,
} from '../hub/listing/inventory';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { ReportProgress } from '../interaction/progress';

/** A repository whose images cannot be listed completely, and the reason. */
export interface UnreadRepository {
  readonly repository: RepositoryRef;
  readonly error: Error;
}

/** The images of several repositories. */
export interface Inventories {
  readonly inventories: readonly Inventory[];
  readonly unread: readonly UnreadRepository[];
}

interface ReadingOptions {
  readonly activeFrom: Date;
  readonly pageSize: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Called with the number of images of all repositories together. */
  readonly report: ReportProgress;
  /** How many images a repository is expected to have, until its first page says how many there are. */
  readonly expected: (repository: RepositoryRef) => number;
}

/** Repositories read at a time. A small one takes two requests; the pages of a large one are requested in parallel. */
const repositoriesAtOnce = 8;

/**
 * Reads every image of several repositories. An error that concerns only one of them is returned in `unread`.
 *
 * @throws {HubError} A request failed for a reason that concerns all repositories: the server cannot be reached, or
 * requires signing in.
 */
export async function readInventories(
  api: ListingApi,
  repositories: readonly RepositoryRef[],
  { report, expected, signal, ...options }: ReadingOptions,
): Promise<Inventories> {
  const progress = new Map(
    repositories.map((repository) => [
      formatRepository(repository),
      { done: 0, total: expected(repository) },
    ]),
  );
  const read = async (repository: RepositoryRef): Promise<Inventory | UnreadRepository> => {
    const onProgress = (done: number, total: number) => {
      progress.set(formatRepository(repository), { done, total });
      const parts = [...progress.values()];
      report(sum(parts.map((part) => part.done)), sum(parts.map((part) => part.total)));
    };
    try {
      return await readInventory(api, repository, { ...options, signal, onProgress });
    } catch (error) {
      if (isRepositoryError(error)) {
        return { repository, error };
      }
      throw error;
    }
  };
  const queue = new PQueue({ concurrency: repositoriesAtOnce });
  const results = await queue.addAll(
    repositories.map((repository) => () => read(repository)),
    { signal },
  );
  return {
    inventories: results.filter((result) => 'images' in result),
    unread: results.filter((result) => 'error' in result),
  };
}

/** Whether the error concerns only the repository that was read. */
function isRepositoryError(error: unknown): error is Error {
  return (
    error instanceof IncompleteInventoryError ||
    isHubError(error, 'notFound', 'forbidden', 'gone', 'protocol')
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
