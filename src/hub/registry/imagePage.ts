import { lastActivity } from '../activity';
import type { ImagesOrdering, ImagesPage, ImagesQuery } from '../imageApi';
import type { Image, ImagesSummary, ImageStatus } from '../model';

/** Selects one page from all images, filtered and sorted as the query says. */
export function pageOf(
  images: readonly Image[],
  { status, ordering = '-last_activity', page, pageSize }: ImagesQuery,
): ImagesPage {
  const matching = status === undefined ? images : images.filter((image) => image.status === status);
  const sorted = [...matching].sort(comparisons[ordering]);
  const end = page * pageSize;
  return { count: sorted.length, images: sorted.slice(end - pageSize, end), hasNext: end < sorted.length };
}

/** Counts the images. */
export function summaryOf(images: readonly Image[], activeFrom: Date): ImagesSummary {
  const count = (wanted: ImageStatus) => images.filter(({ status }) => status === wanted).length;
  const undetermined = images.filter(({ doubt }) => doubt === 'undetermined').length;
  return {
    activeFrom,
    total: images.length,
    active: count('active'),
    inactive: count('inactive'),
    unknown: count('unknown'),
    ...(undetermined > 0 && { undetermined }),
  };
}

type Comparison = (a: Image, b: Image) => number;

const comparisons: Readonly<Record<ImagesOrdering, Comparison>> = {
  digest: byDigest,
  '-digest': (a, b) => byDigest(b, a),
  last_activity: byActivity,
  '-last_activity': (a, b) => byActivity(b, a),
};

/** No two images have the same digest. */
function byDigest(a: Image, b: Image): number {
  return a.digest < b.digest ? -1 : 1;
}

/** Unknown activity comes before any known time. Ties are broken by digest, so that pages never overlap. */
function byActivity(a: Image, b: Image): number {
  const first = activeAt(a);
  const second = activeAt(b);
  return first === second ? byDigest(a, b) : first - second;
}

function activeAt(image: Image): number {
  return lastActivity(image)?.at.getTime() ?? -Infinity;
}
