import { daysSince, lastActivity } from '../hub/activity';
import type { Image, ImageStatus } from '../hub/model';
import type { Translate } from './translate';

type Times = Pick<Image, 'lastPushed' | 'lastPulled'>;

/** What is said of a time that the Hub did not tell. It may be recent, so it never reads as old. */
const unknownTime = 'never or unknown';

const daysAgo = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `last pulled 94 days ago`, `last pushed today`, or `never or unknown`. */
export function activityPhrase(image: Times, now: Date): string {
  const activity = lastActivity(image);
  return activity === undefined ? unknownTime : `last ${activity.kind} ${agoText(activity.at, now)}`;
}

/** Both times in full, a line each. */
export function activityDetail(image: Times): string {
  return [
    `Last pushed: ${instantText(image.lastPushed)}`,
    `Last pulled: ${instantText(image.lastPulled)}`,
  ].join('\n');
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
