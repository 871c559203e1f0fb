/** More than run in parallel, but few enough to detect a count that is too high by millions after a few requests. */
const pagesAhead = 64;

/**
 * Yields the pages from the first to the last, each as soon as it and all pages before it have arrived. They are
 * requested in parallel, as many at a time as the client allows. A caller that leaves the loop has to abort the pending
 * requests.
 *
 * @param read Requests the page with this number, from 2.
 * @throws Whatever `read` throws, when it is the turn of that page.
 */
export async function* pagesInOrder<T>(
  first: T,
  pageCount: number,
  read: (page: number) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  const pending: Promise<T>[] = [];
  let requested = 1;
  let next: Promise<T> | undefined = Promise.resolve(first);
  for (let number = 1; next !== undefined; number += 1) {
    for (; requested < Math.min(pageCount, number + pagesAhead); requested += 1) {
      pending.push(started(read(requested + 1)));
    }
    yield await next;
    next = pending.shift();
  }
}

/** Avoids an unhandled rejection: a failed page is reported when its turn comes, which may be never. */
function started<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => undefined);
  return reading;
}
