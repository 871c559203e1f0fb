import * as v from 'valibot';
import type { DeletionAnswer } from '../deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { HubError, isHubError, neverSent } from '../errors';
import { apiPath } from '../http/apiPath';
import { readTxnid } from '../http/errorBody';
import type { HubAnswer, HubHttp, PostOptions } from '../http/http';
import type { ImageApi } from '../imageApi';
import type { Image } from '../model';
import { decode, protocolError } from '../wireShape';
import {
  type DeleteImagesBody,
  deletionAnswer,
  dryRunEcho,
  encodeDeletion,
  encodeDryRun,
  hasRefusalDetails,
  refusalAnswer,
} from './deleteImagesWire';
import { readNewestImages } from './newestImages';
import { type Objection, objectionsTo } from './newestImagesCheck';

type Http = Pick<HubHttp, 'post'>;
type Lists = Pick<ImageApi, 'listImages' | 'getSummary'>;

/**
 * Runs all checks of a deletion without deleting anything.
 *
 * @throws {HubError} `rejected` (400 that names no image), `forbidden` (403: plan), `dryRunMismatch`.
 * @see POST /v2/namespaces/{namespace}/delete-images with `dry_run: true`
 */
export function dryRun(http: Http, request: DeletionRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
  return postDeleteImages(http, request, encodeDryRun(request), { effect: 'none', signal });
}

/**
 * Deletes the images and accepts the warnings that were approved. Before a request that takes tags, one request looks
 * for what has changed since the last check, because the server does not check what is deleted along. If anything has
 * changed that concerns the request, it is not sent. It is sent a second time only after a 401, which means that the
 * server did nothing, and not before another look: signing in again may have taken a while.
 *
 * @throws {HubError} As {@link dryRun}. After `network`, `timeout`, `cancelled`, `server`, `protocol`, `tooLarge`
 * and `dryRunMismatch`, only a new listing shows what was deleted.
 * @see POST /v2/namespaces/{namespace}/delete-images with `dry_run: false`
 */
export async function deleteImages(
  http: Http,
  lists: Lists,
  request: ReviewedRequest,
  signal?: AbortSignal,
): Promise<DeletionAnswer> {
  const takesTags = request.ignoredWarnings.some(({ warning }) => warning === 'current_tag');
  try {
    return await send(http, request, takesTags ? await look(lists, request, signal) : [], signal);
  } catch (error) {
    if (!isHubError(error, 'unauthenticated') || error.neverSent) {
      throw error;
    }
    return send(http, request, await renewToken(lists, request, signal, error), signal);
  }
}

/** @param newest An image that is not among them has not changed. */
async function send(
  http: Http,
  request: ReviewedRequest,
  newest: readonly Image[],
  signal: AbortSignal | undefined,
): Promise<DeletionAnswer> {
  const objections = objectionsTo(request, newest);
  if (objections.size > 0) {
    return keptAnswer(request, objections);
  }
  const body = encodeDeletion(request, request.ignoredWarnings);
  return postDeleteImages(http, request, body, { effect: 'delete', signal });
}

async function look(
  lists: Lists,
  request: ReviewedRequest,
  signal: AbortSignal | undefined,
): Promise<readonly Image[]> {
  try {
    return await readNewestImages(lists, request, signal);
  } catch (error) {
    throw neverSent(error, 'POST');
  }
}

/**
 * Looks again, because a look is what renews the token: reads are sent again with a new one.
 *
 * @throws The refusal, if the token cannot be renewed.
 */
async function renewToken(
  lists: Lists,
  request: ReviewedRequest,
  signal: AbortSignal | undefined,
  refusal: HubError,
): Promise<readonly Image[]> {
  try {
    return await readNewestImages(lists, request, signal);
  } catch {
    throw refusal;
  }
}

async function postDeleteImages(
  http: Http,
  request: DeletionRequest,
  body: DeleteImagesBody,
  options: PostOptions,
): Promise<DeletionAnswer> {
  const path = apiPath`/v2/namespaces/${request.repository.namespace}/delete-images`;
  const answer = await http.post(path, body, { ...options, accept: [400] });
  return answer.error === undefined ? readSuccess(answer, body.dry_run) : readRefusal(answer, request);
}

/** The answer about a request that was not sent. */
function keptAnswer(
  { digests }: ReviewedRequest,
  objections: ReadonlyMap<Digest, Objection>,
): DeletionAnswer {
  return {
    kind: 'completed',
    metrics: { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 },
    results: new Map(digests.map((digest) => [digest, objections.has(digest) ? 'refused' : 'notSent'])),
    refusals: new Map([...objections].map(([digest, why]) => [digest, { ...why, removedTags: [] }])),
  };
}

function readSuccess(answer: HubAnswer, isDryRun: boolean): DeletionAnswer {
  const { method, path, status } = answer;
  if (decode(dryRunEcho, answer).dry_run !== isDryRun) {
    throw new HubError('dryRunMismatch', { method, path, status, isDryRun });
  }
  return { kind: 'completed', metrics: decode(deletionAnswer, answer) };
}

/** After a refusal, none of the images was deleted. */
function readRefusal(answer: HubAnswer, request: DeletionRequest): DeletionAnswer {
  if (!v.is(hasRefusalDetails, answer.body)) {
    throw answer.error ?? protocolError(answer, 'errinfo.details: missing');
  }
  const { blockers, warnings } = decode(refusalAnswer, answer);
  const findings = [...blockers, ...warnings];
  if (findings.length === 0) {
    throw answer.error ?? protocolError(answer, 'errinfo.details: empty');
  }
  const digests = new Set(request.digests);
  if (!findings.every((each) => each.repository === request.repository.name && digests.has(each.digest))) {
    throw protocolError(answer, 'errinfo.details: names an image that was not in the request');
  }
  return { kind: 'refused', warnings, blockers, txnid: readTxnid(answer.body) };
}
