import { addMetrics, type DeletionMetrics, noMetrics } from '../deletionAnswer';
import type { ReviewedRequest } from '../deletionRequest';
import { isCancelled, isHubError, isRefusal } from '../errors';
import type { DeletionRun, ImageApi } from '../imageApi';
import { JournalError } from './journal';
import type { RequestResult } from './outcome';

/** Writes down each request before it is sent and its result afterwards, so that neither is lost. */
export interface ExecutionWitness {
  /**
   * @param number From 1, in the order of the requests.
   * @throws {JournalError} It could not be written; the request is not sent then.
   */
  willSend(number: number, request: ReviewedRequest): Promise<void>;
  /** @throws {JournalError} It could not be written; no further request is sent then. */
  didEnd(number: number, result: RequestResult): Promise<void>;
}

/** How to execute a deletion. */
export interface ExecutionOptions {
  /**
   * Stops before the next request, and withdraws a request that still waits to be sent. A request that was already sent
   * is awaited, because aborting it would not undo it.
   */
  readonly stop: AbortSignal;
  readonly witness: ExecutionWitness;
  /** Called with the number of images whose request was answered, and of all images to delete. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What became of all requests of a deletion. */
export interface Execution {
  /** One for each request, in the order of the requests. */
  readonly results: readonly RequestResult[];
  /** Why the journal could not be written, which stopped the remaining requests; `undefined` if it was. */
  readonly journalError: JournalError | undefined;
  /** Whether it was stopped before everything was sent. */
  readonly isStopped: boolean;
}

/**
 * Sends the requests one after the other, each exactly once. The first request that is not carried out in full stops the
 * remaining ones, and so does a journal that cannot be written. Failed requests are results, not errors.
 */
export async function executeDeletion(
  api: Pick<ImageApi, 'deleteImages'>,
  requests: readonly ReviewedRequest[],
  { stop, witness, onProgress }: ExecutionOptions,
): Promise<Execution> {
  const total = requests.reduce((sum, { digests }) => sum + digests.length, 0);
  const results: RequestResult[] = [];
  const isStopped = () => stop.aborted; // read anew each time, because it changes while something is awaited
  const execution = (journalError?: JournalError): Execution => {
    const all = withNotSent(results, requests);
    return { results: all, journalError, isStopped: isStopped() && all.some(isCutShort) };
  };
  const run = Symbol('run');
  let done = 0;
  try {
    for (const [index, request] of requests.entries()) {
      if (isStopped()) {
        break;
      }
      onProgress(done, total);
      await witness.willSend(index + 1, request);
      if (isStopped()) {
        // stopped while the request was written down: it is not sent
        const result = { kind: 'notSent', request } as const;
        results.push(result);
        await witness.didEnd(index + 1, result);
        break;
      }
      const result = await send(api, request, stop, run);
      results.push(result);
      await witness.didEnd(index + 1, result);
      done += isAnswered(result) ? request.digests.length : 0;
      if (!isCarriedOut(result)) {
        break;
      }
    }
    onProgress(done, total);
    return execution();
  } catch (error) {
    if (!(error instanceof JournalError)) {
      throw error;
    }
    return execution(error);
  }
}

async function send(
  api: Pick<ImageApi, 'deleteImages'>,
  request: ReviewedRequest,
  stop: AbortSignal,
  run: DeletionRun,
): Promise<RequestResult> {
  try {
    return { kind: 'answered', request, answer: await api.deleteImages(request, stop, run) };
  } catch (error) {
    if (isHubError(error) && error.neverSent) {
      return { kind: 'notSent', request, ...(!isCancelled(error) && { error }) };
    }
    return isRefusal(error) ? { kind: 'rejected', request, error } : { kind: 'failed', request, error };
  }
}

function withNotSent(
  results: readonly RequestResult[],
  requests: readonly ReviewedRequest[],
): readonly RequestResult[] {
  const rest = requests.slice(results.length);
  return [...results, ...rest.map((request) => ({ kind: 'notSent' as const, request }))];
}

function isAnswered({ kind }: RequestResult): boolean {
  return kind === 'answered' || kind === 'rejected';
}

/**
 * Whether the server reports that everything requested was deleted, so that the next request may be sent. The count may be
 * higher, because it includes the children of an index.
 */
function isCarriedOut(result: RequestResult): boolean {
  if (result.kind !== 'answered' || result.answer.kind !== 'completed') {
    return false;
  }
  const { metrics, results, endsDeletion } = result.answer;
  return (
    endsDeletion !== true &&
    [...(results?.values() ?? [])].every((each) => each === 'removed') &&
    metrics.manifestErrors === 0 &&
    metrics.tagErrors === 0 &&
    metrics.manifestDeletes >= result.request.digests.length
  );
}

/** Whether any image of the request was not sent, or only its tags were. */
function isCutShort(result: RequestResult): boolean {
  if (result.kind !== 'answered' || result.answer.kind !== 'completed') {
    return result.kind === 'notSent';
  }
  const { results, refusals } = result.answer;
  return (
    [...(results?.values() ?? [])].includes('notSent') ||
    [...(refusals?.values() ?? [])].some(({ cause }) => cause === 'stopped')
  );
}

/**
 * Adds up what all completed requests deleted.
 *
 * @returns `undefined` if any answer is missing, so that more may have been deleted than was reported.
 */
export function totalMetrics(results: readonly RequestResult[]): DeletionMetrics | undefined {
  if (results.some(({ kind }) => kind === 'failed') || unansweredCount(results) > 0) {
    return undefined;
  }
  return results
    .flatMap((result) =>
      result.kind === 'answered' && result.answer.kind === 'completed' ? [result.answer.metrics] : [],
    )
    .reduce(addMetrics, noMetrics);
}

/** Number of images of answered requests without a result that says what became of them. */
export function unansweredCount(results: readonly RequestResult[]): number {
  return results
    .flatMap((result) =>
      result.kind === 'answered' && result.answer.kind === 'completed'
        ? [...(result.answer.results?.values() ?? [])]
        : [],
    )
    .filter((each) => each === 'lost').length;
}

/** Whether the server may have changed in another way than the request asked for, so that a new check is needed. */
export function isLeftUnchecked(result: RequestResult): boolean {
  if (result.kind !== 'answered' || result.answer.kind === 'refused') {
    return result.kind === 'failed' || result.kind === 'rejected';
  }
  return [...(result.answer.results?.values() ?? [])].some((each) => each !== 'removed');
}
