import type { DeletionAnswer, DeletionMetrics, ImageApi } from '../imageApi';
import type { ReviewedRequest } from './reviewedPlan';

/** What became of one request. */
export type RequestResult =
  | { readonly kind: 'answered'; readonly request: ReviewedRequest; readonly answer: DeletionAnswer }
  /** Whether it had an effect is not known: only a new listing can tell. */
  | { readonly kind: 'failed'; readonly request: ReviewedRequest; readonly error: unknown }
  | { readonly kind: 'notSent'; readonly request: ReviewedRequest };

export interface ExecutionOptions {
  /** Stops before the next request. The one under way is waited for: giving it up would not undo it. */
  readonly stop: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Sends the requests one after the other, each once. The first that is not carried out in full stops the rest.
 *
 * @returns One result a request, in their order.
 */
export async function executeDeletion(
  api: ImageApi,
  requests: readonly ReviewedRequest[],
  { stop, onProgress }: ExecutionOptions,
): Promise<readonly RequestResult[]> {
  const total = requests.reduce((sum, { digests }) => sum + digests.length, 0);
  const results: RequestResult[] = [];
  let done = 0;
  let goesOn = true;
  for (const request of requests) {
    if (!goesOn || stop.aborted) {
      results.push({ kind: 'notSent', request });
      continue;
    }
    onProgress(done, total);
    const result = await send(api, request);
    results.push(result);
    done += request.digests.length;
    goesOn = isCarriedOut(result);
  }
  onProgress(done, total);
  return results;
}

async function send(api: ImageApi, request: ReviewedRequest): Promise<RequestResult> {
  try {
    return { kind: 'answered', request, answer: await api.deleteImages(request) };
  } catch (error) {
    return { kind: 'failed', request, error };
  }
}

function isCarriedOut(result: RequestResult): boolean {
  return (
    result.kind === 'answered' &&
    result.answer.kind === 'completed' &&
    result.answer.metrics.manifestErrors === 0 &&
    result.answer.metrics.tagErrors === 0
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
