/**
 * Works through all items, one at a time for each worker.
 *
 * @param signal Ends it before the next item, with the reason.
 */
export async function workThrough<Item, Worker>(
  items: Iterable<Item>,
  workers: readonly Worker[],
  work: (item: Item, worker: Worker) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const run = async (worker: Worker) => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      signal.throwIfAborted();
      await work(next.value, worker);
    }
  };
  await Promise.all(workers.map(run));
  signal.throwIfAborted();
}
