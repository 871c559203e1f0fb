import { lastActivity } from '../activity';
import type { ReviewedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { isHubError } from '../errors';
import { type ImageApi, type ImagesPage, pageSizeLimit } from '../imageApi';
import { readInventory } from '../listing/inventory';
import type { Image } from '../model';

/**
 * Reads the images with the newest activity, so that every image that was pushed, tagged or pulled since the last check
 * is among them. One request shows that, unless the server sorts its images in another way, or more of them than fit on
 * a page have changed; then every image is read.
 *
 * Without a list of the last check there is nothing to compare activities with. Then the first page has to do, and none
 * if the server does not offer the list to this account.
 *
 * @throws {HubError} A request failed.
 * @throws {IncompleteInventoryError} Every image had to be read, and some are missing or contradict each other.
 */
export async function readNewestImages(
  api: Pick<ImageApi, 'listImages' | 'getSummary'>,
  { repository, activeFrom, listed }: Pick<ReviewedRequest, 'repository' | 'activeFrom' | 'listed'>,
  signal: AbortSignal | undefined,
): Promise<readonly Image[]> {
  const query = { ordering: '-last_activity', activeFrom, page: 1, pageSize: pageSizeLimit } as const;
  if (listed === undefined) {
    return firstImages(api.listImages(repository, query, signal));
  }
  const page = await api.listImages(repository, query, signal);
  const isReadable = page.unread === undefined; // otherwise an image that has changed may be missing
  if (isReadable && (hasEveryImage(page) || reachesBack(page, listed))) {
    return page.images;
  }
  const options = { activeFrom, pageSize: pageSizeLimit, signal };
  return (await readInventory(api, repository, options)).images;
}

async function firstImages(reading: Promise<ImagesPage>): Promise<readonly Image[]> {
  try {
    return (await reading).images;
  } catch (error) {
    if (isHubError(error, 'forbidden', 'gone', 'protocol')) {
      return []; // that the list cannot be read was accepted in the review
    }
    throw error;
  }
}

function hasEveryImage({ images, count, hasNext }: ImagesPage): boolean {
  return !hasNext && images.length >= count;
}

/** Whether the images are sorted, newest first, down to one that nobody has pushed or pulled since the last check. */
function reachesBack({ images }: ImagesPage, listed: ReadonlyMap<Digest, Image>): boolean {
  const times = images.map((image) => lastActivity(image)?.at.getTime() ?? -Infinity);
  const isSorted = times.every((time, index) => time <= (times[index - 1] ?? Infinity));
  const last = images.at(-1);
  const before = last && listed.get(last.digest);
  return (
    isSorted &&
    last !== undefined &&
    before !== undefined &&
    lastActivity(last) !== undefined &&
    isSameInstant(before.lastPushed, last.lastPushed) &&
    isSameInstant(before.lastPulled, last.lastPulled)
  );
}

/** Compares two times of which either may be unknown. */
export function isSameInstant(a: Date | undefined, b: Date | undefined): boolean {
  return a?.getTime() === b?.getTime();
}
