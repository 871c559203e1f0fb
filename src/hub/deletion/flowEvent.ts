import type { ImageRefusal } from '../deletionAnswer';
import { imageKey, type ImageKey } from '../deletionRequest';
import type { HubError } from '../errors';
import type { AcceptanceKind } from '../findings';
import type { RepositoryRef } from '../names';
import { type Execution, unansweredCount } from './execution';
import type { JournalError } from './journal';
import type { RequestResult } from './outcome';
import type { LockHolder } from './repositoryLocks';
import type { DeletionReview } from './review';
import type { ReviewChange } from './reviewChanges';

/**
 * The state of a deletion flow:
 *
 * - `checking`: a dry run is under way
 * - `failed`: the dry run was not completed; it has to be repeated or continued
 * - `reviewing`: the person decides
 * - `confirming`: the final confirmation is shown
 * - `rechecking`: the last dry run is under way, right before the deletion
 * - `deleting`: requests that delete are being sent
 * - `verifying`: the repositories are listed again
 * - `finished`: every image has an outcome
 */
export type FlowPhase =
  'checking' | 'failed' | 'reviewing' | 'confirming' | 'rechecking' | 'deleting' | 'verifying' | 'finished';

/** Progress of the current phase: images while checking or deleting, images listed while verifying. */
export interface FlowProgress {
  readonly done: number;
  readonly total: number;
}

/** An image that the server did not delete although it deleted others of the same request. */
export interface RefusedImage {
  readonly key: ImageKey;
  readonly refusal: ImageRefusal;
}

/** What last happened in a deletion flow. It contains facts only; the caller chooses the words. */
export type FlowEvent =
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked' }
  /** A check found differences to what the person has seen, or to what was approved. */
  | { readonly kind: 'changed'; readonly changes: readonly ReviewChange[] }
  /** `isFinal`: it was the last check before the deletion. */
  | { readonly kind: 'checkCancelled'; readonly isFinal?: true }
  | { readonly kind: 'checkFailed'; readonly error: unknown; readonly isFinal?: true }
  | {
      readonly kind: 'accepted';
      readonly isAccepted: boolean;
      readonly acceptance: AcceptanceKind;
      readonly images: number;
    }
  | { readonly kind: 'removed'; readonly images: number }
  | { readonly kind: 'confirming' }
  | { readonly kind: 'declined' }
  /** Another deletion is running in a repository of the plan. Nothing was checked or sent. */
  | { readonly kind: 'busy'; readonly repository: RepositoryRef; readonly holder: LockHolder }
  /** The last check before the deletion has begun. */
  | { readonly kind: 'rechecking' }
  | { readonly kind: 'deleting' }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'refused' }
  /** The journal could not be written, before the first request or during the deletion. */
  | { readonly kind: 'notWritten'; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly error: unknown; readonly cause?: 'person' }
  /**
   * Images are left in the plan. `refusals`: images that the server refused individually; absent if there are none.
   * `unanswered`: number of images without an answer that says what became of them; absent if there are none.
   */
  | {
      readonly kind: 'stopped';
      readonly refusals?: readonly RefusedImage[];
      readonly unanswered?: number;
      /** Why the rest was not sent; absent if that is not because of a request that failed. */
      readonly error?: HubError;
      /** `person`: the person stopped it. `change`: something that would be deleted along has changed. */
      readonly cause?: 'person' | 'change';
    }
  | { readonly kind: 'finished' }
  /** It was found out later what became of images that a deletion had left unconfirmed. */
  | { readonly kind: 'settledLater' };

/** Returns the event to report after a deletion: the most serious of what happened. */
export function eventAfter(
  { results, isStopped }: Execution,
  journalError: JournalError | undefined,
  review: DeletionReview,
): FlowEvent {
  if (journalError !== undefined) {
    return { kind: 'notWritten', error: journalError };
  }
  const failed = results.find((result) => result.kind === 'failed' || result.kind === 'rejected');
  if (failed !== undefined) {
    return { kind: 'interrupted', error: failed.error, ...(isStopped && { cause: 'person' }) };
  }
  if (results.some((result) => result.kind === 'answered' && result.answer.kind === 'refused')) {
    return { kind: 'refused' };
  }
  if (review.counts.images === 0) {
    return { kind: 'finished' };
  }
  const refusals = refusedImages(results);
  const unanswered = unansweredCount(results);
  const error = failureIn(results);
  const isChanged = refusals.length + unanswered === 0 && error === undefined && results.some(endsDeletion);
  const cause = isStopped ? 'person' : isChanged ? 'change' : undefined;
  return {
    kind: 'stopped',
    ...(refusals.length > 0 && { refusals }),
    ...(unanswered > 0 && { unanswered }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

function endsDeletion(result: RequestResult): boolean {
  return (
    result.kind === 'answered' && result.answer.kind === 'completed' && result.answer.endsDeletion === true
  );
}

/**
 * Returns the event to report after outcomes became known later, in the place of the last one, unless that one still has to
 * be read.
 *
 * @param isOver Whether no image is left in the plan.
 */
export function eventAfterLaterOutcomes(last: FlowEvent, isOver: boolean): FlowEvent {
  switch (last.kind) {
    case 'stopped':
      return last.refusals === undefined
        ? { kind: 'settledLater' }
        : { kind: 'stopped', refusals: last.refusals };
    case 'notWritten':
      return last;
    case 'changed':
    case 'checkCancelled':
    case 'checkFailed':
    case 'busy':
    case 'refused':
      return isOver ? { kind: 'settledLater' } : last;
    default:
      return { kind: 'settledLater' };
  }
}

/** The first request that failed without an effect, so that the rest was not sent. */
function failureIn(results: readonly RequestResult[]): HubError | undefined {
  for (const result of results) {
    const error =
      result.kind === 'answered' && result.answer.kind === 'completed'
        ? result.answer.failure
        : result.kind === 'notSent'
          ? result.error
          : undefined;
    if (error !== undefined) {
      return error;
    }
  }
  return undefined;
}

/** Why the server refused images individually, by image. */
export function refusalsIn(results: readonly RequestResult[]): ReadonlyMap<ImageKey, ImageRefusal> {
  return new Map(refusedImages(results).map(({ key, refusal }) => [key, refusal]));
}

function refusedImages(results: readonly RequestResult[]): readonly RefusedImage[] {
  return results.flatMap((result) =>
    result.kind === 'answered' && result.answer.kind === 'completed'
      ? [...(result.answer.refusals ?? [])].map(([digest, refusal]) => ({
          key: imageKey(result.request.repository, digest),
          refusal,
        }))
      : [],
  );
}
