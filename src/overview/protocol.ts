/**
 * Messages between the extension and the overview of a repository, which runs in a webview. The extension owns the truth:
 * the webview moves a line over figures it was given once, and says where the line stands when images left of it shall go.
 *
 * - On `ready` the extension sends `figures`, where the repository was read already, and `state`.
 * - `figures` follow every complete reading. They hold no image but the few that are named, so their size depends on the
 *   days on which anything happened, not on how many images there are; moving the line asks nothing.
 * - Every other change is reported by a new `state`.
 *
 * The types are inferred from the schemas, which refuse every field that they do not name.
 */
import {
  array,
  check,
  is,
  literal,
  maxLength,
  nullable,
  picklist,
  pipe,
  strictObject,
  string,
  variant,
} from 'valibot';
import {
  activityCounts,
  count,
  instant,
  pageState,
  type ReadonlyOutput,
  readyMessage,
} from '../webview/messageParts';

export type { Notice } from '../webview/messageParts';

/** Characters of a digest: its algorithm, its value and room to spare. */
const digestLengthLimit = 500;

/**
 * - `reading`: the images are being read
 * - `ready`: they were read
 * - `cancelled`: the person gave the reading up
 * - `failed`: the images could not be read
 * - `planning`: the images left of the line are checked, and read again where that is needed
 * - `left`: another account or server is in use, so nothing can be done from here
 */
export type OverviewPhase = ReadonlyOutput<typeof overviewPhase>;
const overviewPhase = picklist(['reading', 'ready', 'cancelled', 'failed', 'planning', 'left']);

/** How far the images were read. */
export type ReadingProgress = ReadonlyOutput<typeof readingProgress>;
const readingProgress = strictObject({
  done: count,
  /** `null` where nobody knows. */
  total: nullable(count),
  /** `410 a second · 3 min left`; `null` while it would be a guess. */
  pace: nullable(string()),
});

/** Images with and without a current tag. */
export type TagCounts = ReadonlyOutput<typeof tagCounts>;
const tagCounts = strictObject({ tagged: count, untagged: count });

/** Images whose last activity lies at or after `from` and before `to`. */
const bin = strictObject({ from: instant, to: instant, ...tagCounts.entries });

/** Images whose last activity lies at or after `at` and before the next step. */
const step = strictObject({ at: instant, ...tagCounts.entries });

/** One image that is named. */
export type ImageRow = ReadonlyOutput<typeof imageRow>;
const imageRow = strictObject({
  /** Current tags, or else the short digest. */
  label: string(),
  digest: string(),
  shortDigest: string(),
  /** `12.3 MB`; `null` where the server does not tell. */
  size: nullable(string()),
  /** `last pulled 94 days ago` */
  activity: string(),
  /** Both times in full, for a tooltip. */
  activityDetail: string(),
});

/** The whole panel but for the figures. Sent whenever any of it changes. */
export type StateMessage = ReadonlyOutput<typeof stateMessage>;
const stateMessage = strictObject({
  ...pageState.entries, // the title: `Overview: namespace/repository`
  phase: overviewPhase,
  /** The server's own counts, known before the images are; `null` before. */
  counts: nullable(activityCounts),
  progress: nullable(readingProgress),
});

/** What was read, counted. */
export type FiguresMessage = ReadonlyOutput<typeof figuresMessage>;
const figuresMessage = strictObject({
  type: literal('figures'),
  /** Where the line stands until somebody moves it. */
  activeFrom: instant,
  /** What is later counts as `future`. */
  readAt: instant,
  unit: picklist(['day', 'week', 'month', 'year']),
  /** From the earliest, without a gap; they cover `activeFrom`. None where no image has a known activity in the past. */
  bins: pipe(
    array(bin),
    check((all) => areInOrder(all.flatMap(({ from, to }, index) => (index === 0 ? [from, to] : [to])))),
    check((all) => all.every(({ from }, index) => index === 0 || all[index - 1]?.to === from)),
  ),
  /** The same images, in steps that no midnight of UTC divides, nor `activeFrom`. */
  steps: pipe(
    array(step),
    check((all) => areInOrder(all.map(({ at }) => at))),
  ),
  /** Images without any known time. */
  unknown: tagCounts,
  /** Images whose pulls are not known, by their last known activity: active from that on, unknown before it. */
  pullsUnknown: pipe(
    array(step),
    check((all) => areInOrder(all.map(({ at }) => at))),
  ),
  future: tagCounts,
  /** How many images may be parts of others, so that all of these counts may be too high. */
  undetermined: count,
  /** The biggest first; `null` where the server reports no sizes. */
  biggest: nullable(array(imageRow)),
  /** The oldest first. */
  oldest: array(imageRow),
});

export type ToWebview = ReadonlyOutput<typeof toWebview>;
const toWebview = variant('type', [stateMessage, figuresMessage]);

/** The images left of the line shall be planned to go. */
export type DeletionWantedMessage = ReadonlyOutput<typeof deletionWantedMessage>;
const deletionWantedMessage = strictObject({
  type: literal('deletionWanted'),
  /** Where the line stands. */
  activeFrom: instant,
  /** How many images the person saw left of it. */
  count,
});

/** The digest of a named image is wanted on the clipboard. */
const digestCopiedMessage = strictObject({
  type: literal('digestCopied'),
  digest: pipe(string(), maxLength(digestLengthLimit)),
});

/** A button without an argument was pressed. */
export type ActionMessage = ReadonlyOutput<typeof actionMessage>;
const actionMessage = strictObject({ type: literal('action'), action: picklist(['readAgain', 'cancel']) });

export type FromWebview = ReadonlyOutput<typeof fromWebview>;
const fromWebview = variant('type', [
  readyMessage,
  deletionWantedMessage,
  digestCopiedMessage,
  actionMessage,
]);

/** Whether a value that reached the webview is a message of the extension, in every field. */
export function isToWebview(value: unknown): value is ToWebview {
  return is(toWebview, value);
}

/** Whether a value that reached the extension is a message of the webview, in every field. */
export function isFromWebview(value: unknown): value is FromWebview {
  return is(fromWebview, value);
}

/** In order of time, without one that begins before another has ended. */
function areInOrder(instants: readonly string[]): boolean {
  const times = instants.map((at) => Date.parse(at));
  return times.every((time, index) => index === 0 || (times[index - 1] ?? time) < time);
}
