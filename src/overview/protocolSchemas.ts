import {
  array,
  boolean,
  check,
  literal,
  maxLength,
  nullable,
  picklist,
  pipe,
  strictObject,
  string,
  variant,
  type GenericSchema,
} from 'valibot';
import { count, instant, notices } from '../webview/messageParts';
import type { FromWebview, ImageRow, ToWebview } from './protocol';

/** Characters of a digest: its algorithm, its value and room to spare. */
const digestLengthLimit = 500;

const tagCounts = { tagged: count, untagged: count };

const row: GenericSchema<ImageRow> = strictObject({
  label: string(),
  digest: string(),
  shortDigest: string(),
  size: nullable(string()),
  activity: string(),
  activityDetail: string(),
});

/** In order of time, without one that begins before another has ended. */
function inOrder(instants: readonly string[]): boolean {
  const times = instants.map((at) => Date.parse(at));
  return times.every((time, index) => index === 0 || (times[index - 1] ?? time) < time);
}

const bins = pipe(
  array(strictObject({ from: instant, to: instant, ...tagCounts })),
  check((all) => inOrder(all.flatMap(({ from, to }, index) => (index === 0 ? [from, to] : [to])))),
  check((all) => all.every(({ from }, index) => index === 0 || all[index - 1]?.to === from)),
);

/** Shape of what the extension sends; fields that are not named here are refused too. */
export const toWebviewSchema: GenericSchema<ToWebview> = variant('type', [
  strictObject({
    type: literal('state'),
    title: string(),
    phase: picklist(['reading', 'ready', 'cancelled', 'failed', 'planning', 'left']),
    status: string(),
    isSandbox: boolean(),
    counts: nullable(strictObject({ total: count, active: count, inactive: count })),
    progress: nullable(strictObject({ done: count, total: nullable(count), pace: nullable(string()) })),
    notices,
  }),
  strictObject({
    type: literal('figures'),
    activeFrom: instant,
    readAt: instant,
    unit: picklist(['day', 'week', 'month', 'year']),
    bins,
    steps: pipe(
      array(strictObject({ at: instant, ...tagCounts })),
      check((steps) => inOrder(steps.map(({ at }) => at))),
    ),
    unknown: strictObject(tagCounts),
    future: strictObject(tagCounts),
    biggest: nullable(array(row)),
    oldest: array(row),
  }),
]);

/** Shape of what the webview sends. */
export const fromWebviewSchema: GenericSchema<FromWebview> = variant('type', [
  strictObject({ type: literal('ready') }),
  strictObject({ type: literal('deletionWanted'), activeFrom: instant, count }),
  strictObject({ type: literal('digestCopied'), digest: pipe(string(), maxLength(digestLengthLimit)) }),
  strictObject({ type: literal('action'), action: picklist(['readAgain', 'cancel']) }),
]);
