import * as l10n from '@vscode/l10n';
import { daysSince, lastActivity } from '../hub/activity';
import type { Image, ImageStatus } from '../hub/model';
import { dateText, daysAgoText, shortDaysText } from './formats';

type Times = Pick<Image, 'lastPushed' | 'lastPulled' | 'arePullsUnknown'>;

/** For a time that the server does not report. It may be recent, so it must not read as old. */
const unknownTime = () => l10n.t('never or unknown');
/** For pulls that no source reports, so that nothing suggests that there were none. */
const unknownPull = () => l10n.t('not known');

/** Clocks differ by less. */
const clockToleranceMs = 5 * 60 * 1000;

/**
 * `last pulled 94 days ago`, `last pushed today`, `pushed in the future (wrong clock?)`, or `never or unknown`. If the pulls are unknown:
 * `last pushed 94 days ago, last pull not known`, `last known pull 94 days ago`, or `not known`.
 */
export function activityText(image: Times, now: Date): string {
  const activity = lastActivity(image);
  if (activity === undefined) {
    return image.arePullsUnknown === true ? unknownPull() : unknownTime();
  }
  if (activity.at.getTime() - now.getTime() > clockToleranceMs) {
    return activity.kind === 'pushed'
      ? l10n.t('pushed in the future (wrong clock?)')
      : l10n.t('pulled in the future (wrong clock?)');
  }
  const ago = agoText(activity.at, now);
  if (image.arePullsUnknown !== true) {
    return activity.kind === 'pushed' ? l10n.t('last pushed {0}', ago) : l10n.t('last pulled {0}', ago);
  }
  return activity.kind === 'pulled'
    ? l10n.t('last known pull {0}', ago)
    : l10n.t('last pushed {0}, last pull not known', ago);
}

/**
 * Days since the last activity, as `94d`, or `today`.
 *
 * @returns `undefined` if it needs more words: no activity is known, it is in the future, or there may be a later pull.
 */
export function ageText(image: Times, now: Date): string | undefined {
  const activity = lastActivity(image);
  if (
    activity === undefined ||
    image.arePullsUnknown === true ||
    activity.at.getTime() - now.getTime() > clockToleranceMs
  ) {
    return undefined;
  }
  const days = daysSince(activity.at, now);
  return days === 0 ? l10n.t('today') : shortDaysText(days);
}

/** Both times in full, a line each. */
export function activityDetail(image: Times): string {
  return [
    l10n.t('Last pushed: {0}', instantText(image.lastPushed)),
    l10n.t('Last pulled: {0}', lastPullText(image)),
  ].join('\n');
}

/** The last pull as {@link instantText} writes it; `not known` or `…, or later` if the pulls are unknown. */
export function lastPullText({ lastPulled, arePullsUnknown }: Times): string {
  if (arePullsUnknown !== true) {
    return instantText(lastPulled);
  }
  return lastPulled === undefined ? unknownPull() : l10n.t('{0}, or later', instantText(lastPulled));
}

/**
 * An instant in the time of this machine and in UTC: `Jan 5, 2026, 3:03 PM (2026-01-05 14:03:22 UTC)`.
 *
 * @param timeZone IANA name; without it the zone of this machine.
 */
export function instantText(at: Date | undefined, timeZone?: string): string {
  if (at === undefined) {
    return unknownTime();
  }
  const local = dateText(at, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  return `${local} (${at.toISOString().slice(0, 19).replace('T', ' ')} UTC)`;
}

function agoText(at: Date, now: Date): string {
  const days = daysSince(at, now);
  return days === 0 ? l10n.t('today') : daysAgoText(days);
}

/** Whether an image is active, in one word or two. */
export function imageStatusText(status: ImageStatus): string {
  switch (status) {
    case 'active':
      return l10n.t('active');
    case 'inactive':
      return l10n.t('inactive');
    case 'unknown':
      return l10n.t('activity unknown');
  }
}
