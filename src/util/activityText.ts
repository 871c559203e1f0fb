import { daysSince, lastActivity } from '../hub/activity';
import type { Image, ImageStatus } from '../hub/model';
import type { Translate } from './translate';

type Times = Pick<Image, 'lastPushed' | 'lastPulled' | 'arePullsUnknown'>;

/** For a time that the server does not report. It may be recent, so it must not read as old. */
const unknownTime = 'never or unknown';
/** For pulls that no source reports, so that nothing suggests that there were none. */
const untoldTime = 'not known';

/** Clocks differ by less. */
const clockToleranceMs = 5 * 60 * 1000;

const daysAgo = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * `last pulled 94 days ago`, `last pushed today`, `pushed in the future (wrong clock?)`, or `never or unknown`. If the pulls are unknown:
 * `last pushed 94 days ago, last pull not known`, `last known pull 94 days ago`, or `not known`.
 */
export function activityPhrase(image: Times, now: Date): string {
  const activity = lastActivity(image);
  if (activity === undefined) {
    return image.arePullsUnknown === true ? untoldTime : unknownTime;
  }
  if (activity.at.getTime() - now.getTime() > clockToleranceMs) {
    return `${activity.kind} in the future (wrong clock?)`;
  }
  const ago = agoText(activity.at, now);
  if (image.arePullsUnknown !== true) {
    return `last ${activity.kind} ${ago}`;
  }
  return activity.kind === 'pulled'
    ? `last known pull ${ago}`
    : `last pushed ${ago}, last pull ${untoldTime}`;
}

/** Both times in full, a line each. */
export function activityDetail(image: Times): string {
  return [`Last pushed: ${instantText(image.lastPushed)}`, `Last pulled: ${lastPullText(image)}`].join('\n');
}

/** The last pull as {@link instantText} writes it; `not known` or `…, or later` if the pulls are unknown. */
export function lastPullText({ lastPulled, arePullsUnknown }: Times): string {
  if (arePullsUnknown !== true) {
    return instantText(lastPulled);
  }
  return lastPulled === undefined ? untoldTime : `${instantText(lastPulled)}, or later`;
}

/**
 * An instant in the time of this machine and in UTC: `5 Jan 2026, 15:03 (2026-01-05 14:03:22 UTC)`.
 *
 * @param timeZone IANA name; without it the zone of this machine.
 */
export function instantText(at: Date | undefined, timeZone?: string): string {
  if (at === undefined) {
    return unknownTime;
  }
  const local = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  return `${local.format(at)} (${at.toISOString().slice(0, 19).replace('T', ' ')} UTC)`;
}

function agoText(at: Date, now: Date): string {
  const days = daysSince(at, now);
  return days === 0 ? 'today' : daysAgo.format(-days, 'day');
}

/** Whether an image is active, in one word or two. */
export function statusWord(status: ImageStatus, t: Translate): string {
  switch (status) {
    case 'active':
      return t('active');
    case 'inactive':
      return t('inactive');
    case 'unknown':
      return t('activity unknown');
  }
}
