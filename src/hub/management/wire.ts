import * as v from 'valibot';
import type { Image } from '../model';
import { count, digest, emptyableList, flag, instant, object, oneOf, text } from '../wireShape';

/** Formats an instant as RFC 3339, in UTC with milliseconds. */
export function encodeInstant(at: Date): string {
  return at.toISOString();
}

/** The answer of `images-summary`: `GetNamespaceRepositoryImagesSummaryResponse` in the API description. */
export const summaryAnswer = object({
  active_from: instant,
  statistics: object({ total: count, active: count, inactive: count }),
});

const tag = v.pipe(
  object({ tag: text, is_current: flag }),
  v.transform((wire) => ({ name: wire.tag, isCurrent: wire.is_current })),
);

/** One of `results` of `GetNamespaceRepositoryImagesResponse`, with the repository that the entry names. */
export const imageEntry = v.pipe(
  object({
    namespace: text,
    repository: text,
    digest,
    tags: emptyableList(tag),
    last_pushed: instant,
    last_pulled: instant,
    status: oneOf(['active', 'inactive']),
  }),
  v.transform((wire) => ({
    repository: `${wire.namespace}/${wire.repository}`,
    image: {
      digest: wire.digest,
      tags: wire.tags,
      lastPushed: wire.last_pushed,
      lastPulled: wire.last_pulled,
      status: wire.status,
    } satisfies Image,
  })),
);
