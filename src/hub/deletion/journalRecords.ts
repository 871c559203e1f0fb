import { referenceText, skippedCount } from '../codeReferences';
import { imageKey, type ImageKey, type ReviewedRequest } from '../deletionRequest';
import { isHubError } from '../errors';
import type { Image } from '../model';
import {
  type AnswerRecord,
  type JournalCollateral,
  type JournalImage,
  type JournalSearch,
  type JournalUse,
  type OutcomesRecord,
  type PlanRecord,
  type RequestRecord,
  recordedUses,
} from './journal';
import { formerTagsOf, latestTagsOf } from './latestTags';
import type { ReferenceRecord } from './referenceCheck';
import type { CollateralOutcome, ImageOutcome, RequestResult } from './outcome';
import type { ApprovedImage, ReviewedPlan } from './reviewedPlan';

/**
 * Builds the first record of a run.
 *
 * @param username Who deletes; `undefined` if not known.
 */
export function planRecord(plan: ReviewedPlan, username: string | undefined, at: Date): PlanRecord {
  return {
    type: 'plan',
    at: at.toISOString(),
    origin: plan.origin,
    username: username ?? null,
    activeFrom: plan.activeFrom.toISOString(),
    fingerprint: plan.fingerprint,
    search: journalSearch(plan.references),
    images: plan.approved.map(journalImage),
  };
}

/**
 * Builds the record of a request that is about to be sent.
 *
 * @param number From 1, in the order of the requests.
 */
export function requestRecord(number: number, request: ReviewedRequest, at: Date): RequestRecord {
  return {
    type: 'request',
    at: at.toISOString(),
    number,
    images: requestKeys(request),
    ignoredWarnings: request.ignoredWarnings,
  };
}

/**
 * Builds the record of what a request resulted in.
 *
 * @param number As in {@link requestRecord}.
 */
export function answerRecord(number: number, result: RequestResult, at: Date): AnswerRecord {
  return { type: 'answer', at: at.toISOString(), number, answer: answerOf(result) };
}

/** Builds the record of the outcomes of planned images and of accepted collateral. */
export function outcomesRecord(
  outcomes: ReadonlyMap<ImageKey, ImageOutcome>,
  collateral: ReadonlyMap<ImageKey, CollateralOutcome>,
  at: Date,
): OutcomesRecord {
  return {
    type: 'outcomes',
    at: at.toISOString(),
    outcomes: [...outcomes].map(([key, outcome]) => ({ key, outcome })),
    ...(collateral.size > 0 && {
      collateral: [...collateral].map(([key, outcome]) => ({ key, outcome })),
    }),
  };
}

/** Returns the keys of the images in a request, in its order. */
export function requestKeys({ repository, digests }: ReviewedRequest): readonly ImageKey[] {
  return digests.map((digest) => imageKey(repository, digest));
}

function journalImage(approved: ApprovedImage): JournalImage {
  const { image } = approved.planned;
  return {
    key: approved.key,
    currentTags: latestTagsOf(approved),
    historicalTags: formerTagsOf(approved),
    ...activityOf(image),
    acceptedWarnings: approved.warnings,
    acceptedCollateral: journalCollateral(approved),
    ...(approved.uses.length > 0 && { acceptedUses: journalUses(approved) }),
    ...(approved.uses.length > recordedUses && { moreUses: approved.uses.length - recordedUses }),
  };
}

function journalUses({ planned, uses }: ApprovedImage): readonly JournalUse[] {
  return uses.slice(0, recordedUses).map(({ reference, deletedAlong }) => ({
    path: reference.file.path,
    line: reference.line,
    text: referenceText(reference),
    ...(deletedAlong !== undefined && { deletedAlong: imageKey(planned.repository, deletedAlong.digest) }),
  }));
}

function journalSearch(search: ReferenceRecord): JournalSearch {
  if (search.kind !== 'searched') {
    return search;
  }
  const { kind, folders, files } = search;
  return { kind, folders, files, skippedFiles: skippedCount(search) };
}

function journalCollateral({ planned, collateral }: ApprovedImage): readonly JournalCollateral[] | null {
  switch (collateral?.kind) {
    case undefined:
      return [];
    case 'unknown':
      return null;
    case 'known':
      return collateral.images.map(({ image, formerTags }) => ({
        key: imageKey(planned.repository, image.digest),
        formerTags,
        ...activityOf(image),
      }));
  }
}

function activityOf({ lastPushed, lastPulled, status }: Image) {
  return {
    lastPushed: lastPushed?.toISOString() ?? null,
    lastPulled: lastPulled?.toISOString() ?? null,
    status,
  };
}

function answerOf(result: RequestResult): AnswerRecord['answer'] {
  if (result.kind === 'notSent') {
    return { kind: 'withdrawn' };
  }
  if (result.kind === 'rejected') {
    return { kind: 'refused', reason: reasonOf(result.error), warnings: [], blockers: [] };
  }
  if (result.kind === 'failed') {
    return { kind: 'lost', reason: reasonOf(result.error) };
  }
  const { answer } = result;
  return answer.kind === 'completed'
    ? {
        kind: 'completed',
        metrics: answer.metrics,
        ...(answer.results !== undefined && {
          results: [...answer.results].map(([digest, each]) => ({
            key: imageKey(result.request.repository, digest),
            result: each,
          })),
        }),
        ...(answer.refusals !== undefined && {
          refusals: [...answer.refusals].map(([digest, { cause, tag, removedTags }]) => ({
            key: imageKey(result.request.repository, digest),
            cause,
            ...(tag !== undefined && { tag }),
            removedTags,
          })),
        }),
      }
    : { kind: 'refused', warnings: answer.warnings, blockers: answer.blockers };
}

/** Only the kind and the HTTP status: a message from the server may contain anything. */
function reasonOf(error: unknown): string {
  return isHubError(error) ? [error.kind, error.status ?? ''].join(' ').trim() : 'unexpected';
}
