import type { DeletionMetrics, ImageRefusal, ManifestResult } from '../deletionAnswer';
import type { ImageKey } from '../deletionRequest';
import type { Blocker, DeletionWarning } from '../findings';
import type { ImageStatus } from '../model';
import type { CollateralOutcome, ImageOutcome } from './outcome';

/** An image outside the plan that is deleted along with a planned one. Times as in {@link JournalImage}. */
export interface JournalCollateral {
  readonly key: ImageKey;
  /** Deleted tags that it used to have and because of which it is deleted; empty for a part. */
  readonly formerTags: readonly string[];
  readonly lastPushed: string | null;
  readonly lastPulled: string | null;
  readonly status: ImageStatus;
}

/** A line of the workspace that used an image when the person approved the plan. */
export interface JournalUse {
  /** As shown: relative to its folder, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** `namespace/name:tag@digest`, as far as the line names them. */
  readonly text: string;
  /** The image that the line uses, if it is one that was deleted along; absent if it is the planned one. */
  readonly deletedAlong?: ImageKey;
}

/** Whether the workspace was searched for references before the plan was approved. */
export type JournalSearch =
  | { readonly kind: 'off' }
  | { readonly kind: 'skipped' }
  | {
      readonly kind: 'searched';
      /** Names of the open folders. */
      readonly folders: readonly string[];
      /** Number of files that were searched. */
      readonly files: number;
      /** Number of files that were not, whatever the reason. */
      readonly skippedFiles: number;
    };

/** Lines that are recorded for one image: a record is no index of the workspace. */
export const recordedUses = 100;

/** One image as it was when the person approved the plan. Times are RFC 3339, or null if not known. */
export interface JournalImage {
  readonly key: ImageKey;
  readonly currentTags: readonly string[];
  readonly historicalTags: readonly string[];
  readonly lastPushed: string | null;
  readonly lastPulled: string | null;
  readonly status: ImageStatus;
  /** Accepted warnings, as sent by the server. */
  readonly acceptedWarnings: readonly DeletionWarning[];
  /** Collateral that was accepted; null if it could not be determined. */
  readonly acceptedCollateral: readonly JournalCollateral[] | null;
  /** Lines that use it, or what is deleted along with it, at most {@link recordedUses}; absent if there are none. */
  readonly acceptedUses?: readonly JournalUse[];
  /** How many more there were; absent if none. */
  readonly moreUses?: number;
}

/** The first record of a run, written before the first request is sent: who deletes what, where, and what was approved. */
export interface PlanRecord {
  readonly type: 'plan';
  /** RFC 3339, like all times in a journal. */
  readonly at: string;
  readonly origin: string;
  readonly username: string | null;
  readonly activeFrom: string;
  readonly fingerprint: string;
  /** Absent in records of earlier versions, which did not search. */
  readonly search?: JournalSearch;
  readonly images: readonly JournalImage[];
}

/** Written before a request is sent: from then on its images may be deleted. */
export interface RequestRecord {
  readonly type: 'request';
  readonly at: string;
  /** From 1, in the order of the requests. */
  readonly number: number;
  readonly images: readonly ImageKey[];
  readonly ignoredWarnings: readonly DeletionWarning[];
}

/** An image that was refused individually, and which of its tags were deleted. */
export type JournalRefusal = Omit<ImageRefusal, 'reason'> & { readonly key: ImageKey };

/**
 * The result of a request:
 *
 * - `completed`: the server has carried it out, at least in part
 * - `refused`: the server has refused it as a whole
 * - `lost`: there is no answer that says whether it had an effect
 * - `withdrawn`: it was not sent after all
 */
export interface AnswerRecord {
  readonly type: 'answer';
  readonly at: string;
  readonly number: number;
  readonly answer:
    | {
        readonly kind: 'completed';
        readonly metrics: DeletionMetrics;
        /** The result for each image, if the request was carried out image by image. */
        readonly results?: readonly { readonly key: ImageKey; readonly result: ManifestResult }[];
        /** Without the messages of the server, which may contain anything. */
        readonly refusals?: readonly JournalRefusal[];
      }
    | {
        readonly kind: 'refused';
        /** As for `lost`. Absent if the warnings and blockers are the reason. */
        readonly reason?: string;
        readonly warnings: readonly DeletionWarning[];
        readonly blockers: readonly Blocker[];
      }
    | { readonly kind: 'lost'; readonly reason: string }
    | { readonly kind: 'withdrawn' };
}

/** Outcomes of images according to a listing made afterwards. A later record overrides an earlier one. */
export interface OutcomesRecord {
  readonly type: 'outcomes';
  readonly at: string;
  readonly outcomes: readonly { readonly key: ImageKey; readonly outcome: ImageOutcome }[];
  /** Outcomes of accepted collateral, each image once; absent if there is none. */
  readonly collateral?: readonly { readonly key: ImageKey; readonly outcome: CollateralOutcome }[];
}

/**
 * The run was resumed: by another process after the one that wrote it had ended, so that the line before may be incomplete,
 * or by the same process after the deletion, to list the repositories again.
 */
export interface ResumedRecord {
  readonly type: 'resumed';
  readonly at: string;
}

/**
 * Why a run is finished:
 *
 * - `settled`: all of its outcomes are final
 * - `givenUp`: a person does not want the open outcomes to be checked any more
 * - `sandboxGone`: the server was the sandbox, and its images no longer exist
 */
export const finishReasons = ['settled', 'givenUp', 'sandboxGone'] as const;
/** One of {@link finishReasons}. */
export type FinishReason = (typeof finishReasons)[number];

/** The last record of a run. */
export interface FinishedRecord {
  readonly type: 'finished';
  readonly at: string;
  /** `settled` if absent. */
  readonly reason?: FinishReason;
}

/** A record that follows the plan. */
export type RunRecord = RequestRecord | AnswerRecord | OutcomesRecord | ResumedRecord | FinishedRecord;

/** Any record of a run. */
export type JournalRecord = PlanRecord | RunRecord;

/** The journal of one deletion while it is written. */
export interface RunJournal {
  /** Names the run in its journal. */
  readonly id: string;
  /**
   * Appends a record. Resolves when it is on disk.
   *
   * @throws It could not be written; nothing more may be deleted then.
   */
  append(record: RunRecord): Promise<void>;
  /** Declares that the deletion has ended and writes nothing more, so that its open outcomes may be checked. */
  release(): void;
}

/** Where deletions are recorded. */
export interface DeletionJournal {
  /**
   * Starts a run. Resolves when the plan is on disk.
   *
   * @throws It could not be written; nothing may be deleted then.
   */
  begin(plan: PlanRecord): Promise<RunJournal>;
}

/** The journal could not be written. The original error is in `cause`. */
export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(cause: unknown) {
    super('the journal of the deletion could not be written', { cause });
  }
}
