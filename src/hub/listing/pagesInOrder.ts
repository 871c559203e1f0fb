/** More than run at once, and few enough that a count that lies by millions is found out before as many requests. */
const pagesAhead = 64;

/**
 * Pages from the first to the last, each as soon as it and those before it are there. They are requested at once, as many
 * at a time as the client allows; who leaves the loop has to give up those under way.
 *
 * @param read Asks for the page with this number, from 2.
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

/** Its failure is met when its turn comes, which may be never. */
function started<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => undefined);
  return reading;
}
