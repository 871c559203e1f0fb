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

export interface UnreadRepository {
  readonly repository: RepositoryRef;
  readonly error: Error;
}

export interface Inventories {
  readonly inventories: readonly Inventory[];
  /** Those whose images cannot be listed in full. */
  readonly unread: readonly UnreadRepository[];
}

interface ReadingOptions {
  readonly activeFrom: Date;
  readonly pageSize: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Told of the images of all repositories together. */
  readonly report: ReportProgress;
  /** How many images a repository is known to have, before it is read. */
  readonly expected: (repository: RepositoryRef) => number;
}

/** Repositories read at a time: small ones take two requests each, and of large ones the pages are asked for at once. */
const repositoriesAtOnce = 8;

/**
 * Every image of several repositories.
 *
 * @throws {HubError} The server cannot be reached, or asks to sign in; what is wrong with one repository is told in
 * `unread`.
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
      if (isOfRepository(error)) {
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

/** Whether it tells nothing of the other repositories. */
function isOfRepository(error: unknown): error is Error {
  return (
    error instanceof IncompleteInventoryError ||
    isHubError(error, 'notFound', 'forbidden', 'gone', 'protocol')
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
