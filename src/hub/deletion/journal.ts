import type { DeletionMetrics, ImageRefusal, ManifestResult } from '../deletionAnswer';
import type { ImageKey } from '../deletionRequest';
import type { Blocker, DeletionWarning } from '../findings';
import type { ImageStatus } from '../model';
import type { CollateralOutcome, ImageOutcome } from './outcome';

/** An image outside the plan that falls with one in it. Times as in {@link JournalImage}. */
export interface JournalCollateral {
  readonly key: ImageKey;
  /** The tags it once held and that its fall is due to. */
  readonly formerTags: readonly string[];
  readonly lastPushed: string | null;
  readonly lastPulled: string | null;
  readonly status: ImageStatus;
}

/** One image as the plan had it when the person approved it. Times are RFC 3339, or null where they are not known. */
export interface JournalImage {
  readonly key: ImageKey;
  readonly currentTags: readonly string[];
  readonly historicalTags: readonly string[];
  readonly lastPushed: string | null;
  readonly lastPulled: string | null;
  readonly status: ImageStatus;
  /** Accepted warnings, as the Hub wrote them. */
  readonly acceptedWarnings: readonly DeletionWarning[];
  /** Images that fall with it and were accepted; null where that could not be worked out. */
  readonly acceptedCollateral: readonly JournalCollateral[] | null;
}

/** What is written before the first request leaves: who, where and what exactly was approved. */
export interface PlanRecord {
  readonly type: 'plan';
  /** RFC 3339, as all times of a journal. */
  readonly at: string;
  readonly origin: string;
  readonly username: string | null;
  readonly activeFrom: string;
  readonly fingerprint: string;
  readonly images: readonly JournalImage[];
}

/** Written before the request leaves: from here on its images may be gone. */
export interface RequestRecord {
  readonly type: 'request';
  readonly at: string;
  /** From 1, in the order of the requests. */
  readonly number: number;
  readonly images: readonly ImageKey[];
  readonly ignoredWarnings: readonly DeletionWarning[];
}

/** An image that was refused by itself, and what became of its tags. */
export type JournalRefusal = Omit<ImageRefusal, 'reason'> & { readonly key: ImageKey };

/**
 * What a request came to. `lost`: no answer that tells whether it had an effect; `withdrawn`: it did not leave after all.
 */
export interface AnswerRecord {
  readonly type: 'answer';
  readonly at: string;
  readonly number: number;
  readonly answer:
    | {
        readonly kind: 'completed';
        readonly metrics: DeletionMetrics;
        /** Of each image, where it was carried out image by image. */
        readonly results?: readonly { readonly key: ImageKey; readonly result: ManifestResult }[];
        /** Without the server's words, which may say anything. */
        readonly refusals?: readonly JournalRefusal[];
      }
    | {
        readonly kind: 'refused';
        readonly warnings: readonly DeletionWarning[];
        readonly blockers: readonly Blocker[];
      }
    | { readonly kind: 'lost'; readonly reason: string }
    | { readonly kind: 'withdrawn' };
}

/** What became of images, by a listing made afterwards. A later record overrides an earlier one. */
export interface OutcomesRecord {
  readonly type: 'outcomes';
  readonly at: string;
  readonly outcomes: readonly { readonly key: ImageKey; readonly outcome: ImageOutcome }[];
  /** Of images that were accepted as falling with them, each once; absent where nothing was. */
  readonly collateral?: readonly { readonly key: ImageKey; readonly outcome: CollateralOutcome }[];
}

/**
 * The run was taken up: by another process after the one that wrote it had gone, so that what stands before may end in a
 * line that was not written in full, or by the same one after the deletion, to list again.
 */
export interface ResumedRecord {
  readonly type: 'resumed';
  readonly at: string;
}

/**
 * Why a run is over:
 *
 * - `settled`: nothing about it is open any more
 * - `givenUp`: a person does not want what is open to be looked into any more
 * - `sandboxGone`: the server was the sandbox, and its images are gone with it
 */
export const finishReasons = ['settled', 'givenUp', 'sandboxGone'] as const;
export type FinishReason = (typeof finishReasons)[number];

/** The last record of a run. */
export interface FinishedRecord {
  readonly type: 'finished';
  readonly at: string;
  /** `settled` where it is not said. */
  readonly reason?: FinishReason;
}

/** What follows the plan. */
export type RunRecord = RequestRecord | AnswerRecord | OutcomesRecord | ResumedRecord | FinishedRecord;

export type JournalRecord = PlanRecord | RunRecord;

/** One deletion's evidence while it is written. */
export interface RunJournal {
  /**
   * Resolves when the record is on disk.
   *
   * @throws When it could not be written; then nothing further may be deleted.
   */
  append(record: RunRecord): Promise<void>;
  /** Nothing more comes from the deletion, whatever came of it: what is open about it may now be looked into. */
  release(): void;
}

/** Where deletions leave their evidence. */
export interface DeletionJournal {
  /**
   * Resolves when the plan is on disk.
   *
   * @throws When it could not be written; then nothing may be deleted.
   */
  begin(plan: PlanRecord): Promise<RunJournal>;
}

/** The evidence could not be written; what failed is in `cause`. */
export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(cause: unknown) {
    super('the evidence of the deletion could not be written', { cause });
  }
}
