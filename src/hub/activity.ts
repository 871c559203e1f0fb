import type { ActivityStatus, Image, ImageStatus } from './model';

const dayMs = 24 * 60 * 60 * 1000;

/** Smallest and largest activity window that a setting or a dialog accepts. */
export const activityWindowLimits = { minimumDays: 1, maximumDays: 3650 } as const;

/** The latest activity of an image: its kind and its time. */
export interface Activity {
  readonly kind: 'pushed' | 'pulled';
  readonly at: Date;
}

/** Returns the later of last push and last pull, the pull if both are equal. `undefined` if neither is known. */
export function lastActivity(image: Pick<Image, 'lastPushed' | 'lastPulled'>): Activity | undefined {
  const { lastPushed, lastPulled } = image;
  if (
    lastPulled !== undefined &&
    (lastPushed === undefined || lastPulled.getTime() >= lastPushed.getTime())
  ) {
    return { kind: 'pulled', at: lastPulled };
  }
  return lastPushed === undefined ? undefined : { kind: 'pushed', at: lastPushed };
}

/** Returns the instant at which an activity window of this many days (24 hours each) begins. */
export function activeFromDaysAgo(days: number, now: Date): Date {
  return new Date(now.getTime() - days * dayMs);
}

/**
 * Returns the instant at which Docker Hub's default activity window begins: one calendar month (UTC) before now. From
 * March 31 it goes back to February 28 or 29.
 */
export function activeFromOneMonthAgo(now: Date): Date {
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - 1);
  if (start.getUTCDate() !== now.getUTCDate()) {
    start.setUTCDate(0); // the shorter month overflowed into the next: back to its last day
  }
  return start;
}

/**
 * Applies Docker Hub's rule: activity at or after `activeFrom` is active. An image without known activity is inactive.
 */
export function activityStatus(
  image: Pick<Image, 'lastPushed' | 'lastPulled'>,
  activeFrom: Date,
): ActivityStatus {
  const activity = lastActivity(image);
  return activity !== undefined && activity.at.getTime() >= activeFrom.getTime() ? 'active' : 'inactive';
}

/**
 * The status of an image whose times do not come with a status. Without anything known, or without knowing whether it
 * was pulled, an image that was not pushed recently is `unknown`, never `inactive`.
 */
export function statusAt(
  image: Pick<Image, 'lastPushed' | 'lastPulled' | 'arePullsUnknown'>,
  activeFrom: Date,
): ImageStatus {
  const activity = lastActivity(image);
  if (activity !== undefined && activity.at.getTime() >= activeFrom.getTime()) {
    return 'active';
  }
  return activity === undefined || image.arePullsUnknown === true ? 'unknown' : 'inactive';
}

/** Counts the whole days (24 hours each) from the instant to now; 0 if the instant is in the future. */
export function daysSince(instant: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - instant.getTime()) / dayMs));
}
