import type { ActivityStatus, Image } from './model';

const dayMs = 24 * 60 * 60 * 1000;

/** Bounds of the activity window, in days. */
export const activityWindowLimits = { minimumDays: 1, maximumDays: 3650 } as const;

/** The last sign of life of an image and what it was. */
export interface Activity {
  readonly kind: 'pushed' | 'pulled';
  readonly at: Date;
}

/** Later of last push and last pull; `undefined` when neither is known. A pull wins a tie. */
export function lastActivity(image: Pick<Image, 'lastPushed' | 'lastPulled'>): Activity | undefined {
  const { lastPushed, lastPulled } = image;
  if (lastPulled !== undefined && (lastPushed === undefined || lastPulled >= lastPushed)) {
    return { kind: 'pulled', at: lastPulled };
  }
  return lastPushed === undefined ? undefined : { kind: 'pushed', at: lastPushed };
}

/** The instant an activity window of so many days begins. */
export function activeFromDaysAgo(days: number, now: Date): Date {
  return new Date(now.getTime() - days * dayMs);
}

/** The Hub's own default: one calendar month before now (31 March looks back to 28 or 29 February). */
export function activeFromOneMonthAgo(now: Date): Date {
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - 1);
  if (start.getUTCDate() !== now.getUTCDate()) {
    start.setUTCDate(0); // the shorter month overflowed into the next: back to its last day
  }
  return start;
}

/** Status by the rule of the Hub: activity at or after `activeFrom` is active. Unknown activity is inactive. */
export function activityStatus(
  image: Pick<Image, 'lastPushed' | 'lastPulled'>,
  activeFrom: Date,
): ActivityStatus {
  const activity = lastActivity(image);
  return activity !== undefined && activity.at >= activeFrom ? 'active' : 'inactive';
}

/** Whole days from the instant to now; 0 for the future. */
export function daysSince(instant: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - instant.getTime()) / dayMs));
}
