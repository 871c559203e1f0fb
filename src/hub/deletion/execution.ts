import type { DeletionMetrics } from '../deletionAnswer';
import type { ReviewedRequest } from '../deletionRequest';
import { isHubError } from '../errors';
import type { ImageApi } from '../imageApi';
import { JournalError } from './journal';
import type { RequestResult } from './outcome';

/** Told of each request before it leaves and after it came back, or was withdrawn; neither may be lost. */
export interface ExecutionWitness {
  /** @throws The request is not sent then. */
  willSend(number: number, request: ReviewedRequest): Promise<void>;
  /** @throws No further request is sent then. */
  didEnd(number: number, result: RequestResult): Promise<void>;
}

export interface ExecutionOptions {
  /**
   * Stops before the next request, and withdraws one that still waits to be sent. One under way is waited for: giving it
   * up would not undo it.
   */
  readonly stop: AbortSignal;
  readonly witness: ExecutionWitness;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Execution {
  /** One a request, in their order. */
  readonly results: readonly RequestResult[];
  /** Why the evidence could not be written, which stopped the rest. */
  readonly journalError: JournalError | undefined;
}

/**
 * Sends the requests one after the other, each once. The first that is not carried out in full stops the rest, and so does
 * evidence that cannot be written.
 */
export async function executeDeletion(
  api: Pick<ImageApi, 'deleteImages'>,
  requests: readonly ReviewedRequest[],
  { stop, witness, onProgress }: ExecutionOptions,
): Promise<Execution> {
  const total = requests.reduce((sum, { digests }) => sum + digests.length, 0);
  const results: RequestResult[] = [];
  const isStopped = () => stop.aborted; // it may change while something is awaited
  let done = 0;
  try {
    for (const [index, request] of requests.entries()) {
      if (isStopped()) {
        break;
      }
      onProgress(done, total);
      await witness.willSend(index + 1, request);
      if (isStopped()) {
        break; // stopped while this was written down: it does not leave
      }
      const result = await send(api, request, stop);
      results.push(result);
      await witness.didEnd(index + 1, result);
      done += request.digests.length;
      if (!isCarriedOut(result)) {
        break;
      }
    }
    onProgress(done, total);
    return { results: withNotSent(results, requests), journalError: undefined };
  } catch (error) {
    if (!(error instanceof JournalError)) {
      throw error;
    }
    return { results: withNotSent(results, requests), journalError: error };
  }
}

async function send(
  api: Pick<ImageApi, 'deleteImages'>,
  request: ReviewedRequest,
  stop: AbortSignal,
): Promise<RequestResult> {
  try {
    return { kind: 'answered', request, answer: await api.deleteImages(request, stop) };
  } catch (error) {
    return isHubError(error) && error.neverSent
      ? { kind: 'notSent', request }
      : { kind: 'failed', request, error };
  }
}

function withNotSent(
  results: readonly RequestResult[],
  requests: readonly ReviewedRequest[],
): readonly RequestResult[] {
  const rest = requests.slice(results.length);
  return [...results, ...rest.map((request) => ({ kind: 'notSent' as const, request }))];
}

/**
 * Whether the Hub says that everything it was asked for was removed. Children of an index may add to the count. A tag that
 * it keeps for good, such as an immutable one, says nothing of other images.
 */
function isCarriedOut(result: RequestResult): boolean {
  if (result.kind !== 'answered' || result.answer.kind !== 'completed') {
    return false;
  }
  const { metrics, results, refusals } = result.answer;
  if (results !== undefined && refusals !== undefined) {
    return [...results].every(
      ([digest, each]) => each === 'removed' || refusals.get(digest)?.cause === 'tagKept',
    );
  }
  return (
    metrics.manifestErrors === 0 &&
    metrics.tagErrors === 0 &&
    metrics.manifestDeletes >= result.request.digests.length
  );
}

/** What all completed requests removed together. */
export function totalMetrics(results: readonly RequestResult[]): DeletionMetrics {
  const total = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
  for (const result of results) {
    if (result.kind === 'answered' && result.answer.kind === 'completed') {
      const { metrics } = result.answer;
      total.manifestDeletes += metrics.manifestDeletes;
      total.manifestErrors += metrics.manifestErrors;
      total.tagDeletes += metrics.tagDeletes;
      total.tagErrors += metrics.tagErrors;
    }
  }
  return total;
}

/** What two deletions removed together. */
export function addMetrics(before: DeletionMetrics | undefined, more: DeletionMetrics): DeletionMetrics {
  return before === undefined
    ? more
    : {
        manifestDeletes: before.manifestDeletes + more.manifestDeletes,
        manifestErrors: before.manifestErrors + more.manifestErrors,
        tagDeletes: before.tagDeletes + more.tagDeletes,
        tagErrors: before.tagErrors + more.tagErrors,
      };
}

/** Whether the server may not be as the last check found it. */
export function isLeftUnchecked(result: RequestResult): boolean {
  if (result.kind !== 'answered' || result.answer.kind === 'refused') {
    return result.kind === 'failed';
  }
  return [...(result.answer.results?.values() ?? [])].some((each) => each !== 'removed');
}
