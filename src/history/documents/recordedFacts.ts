import type { DeletionWarning } from '../../hub/findings';
import type { Run, RunImage, RunRequest } from '../../journal/run';
import { causeOf, type HistoryEntry } from '../../journal/runHistory';
import type { UnreadableCause } from '../../journal/unreadableCause';
import { sortedNaturally } from '../../texts/formats';

/*
 * What a run records, for programs and spreadsheets: the same in every language and every version.
 */

/** Why a run has no plan. `planIncomplete`: it was not written completely, so no request was sent. */
export function noPlanReason(entry: HistoryEntry): 'planIncomplete' | UnreadableCause {
  return causeOf(entry) ?? 'planIncomplete';
}

/** Why the run is over; `unfinished` while it is not. */
export function recordedState({ finished }: Run): string {
  return finished?.reason ?? 'unfinished';
}

/** Tags in natural order and in one line, so that one that has a comma or a blank does not look like two. */
export function tagList(tags: readonly string[]): string {
  return sortedNaturally(tags)
    .map((tag) => (/^[^\s",]+$/u.test(tag) ? tag : JSON.stringify(tag)))
    .join(', ');
}

/** `current_tag (1.0, latest)` */
export function recordedWarning({ warning, tags }: DeletionWarning): string {
  return tags === undefined ? warning : `${warning} (${tagList(tags)})`;
}

/** The answer to the last request an image was in, and what it says of the image. */
export interface RecordedAnswer {
  /** `none`: no answer is recorded. */
  readonly kind: string;
  /** In the words of the server, or of the connection that failed. */
  readonly reason: string;
  /** Of a request that was refused as a whole. */
  readonly findings: string;
  /** Why this image was refused. */
  readonly refusal: string;
  readonly removedTags: string;
}

export function recordedAnswer({ answer }: RunRequest, { key }: RunImage['image']): RecordedAnswer {
  const recorded = answer?.answer;
  const refusal =
    recorded?.kind === 'completed' ? recorded.refusals?.find((one) => one.key === key) : undefined;
  return {
    kind: recorded?.kind ?? 'none',
    reason: recorded?.kind === 'refused' || recorded?.kind === 'lost' ? (recorded.reason ?? '') : '',
    findings:
      recorded?.kind === 'refused'
        ? [
            ...recorded.blockers.map(({ error, digest }) => `${error} ${digest}`),
            ...recorded.warnings.map((warning) => `${recordedWarning(warning)} ${warning.digest}`),
          ].join('; ')
        : '',
    refusal:
      refusal === undefined
        ? ''
        : [refusal.cause, ...(refusal.tag === undefined ? [] : [refusal.tag])].join(' '),
    removedTags: tagList(refusal?.removedTags ?? []),
  };
}

/** RFC 3339 in the time zone of this machine: `2026-01-05T15:03:22+01:00`. */
export function localTime(at: string): string {
  const instant = new Date(at);
  const offset = -instant.getTimezoneOffset();
  const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
