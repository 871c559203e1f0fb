import assert from 'node:assert/strict';
import { eventAfter, type FlowEvent, refusalsIn } from '../../../../src/hub/deletion/flowEvent';
import { JournalError } from '../../../../src/hub/deletion/journal';
import type { RequestResult } from '../../../../src/hub/deletion/outcome';
import type { ImageRefusal, ManifestResult } from '../../../../src/hub/deletionAnswer';
import { imageKey, type ReviewedRequest } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import { checkedReview, requestFor } from '../../../support/approvedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { plannedImage } from '../../../support/images';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const keyOf = ({ repository, image }: typeof one) => imageKey(repository, image.digest);
const error = new Error('reply lost');

type Result = (request: ReviewedRequest) => RequestResult;

function answered(
  results?: readonly ManifestResult[],
  refusals?: readonly (readonly [typeof one, ImageRefusal])[],
): Result {
  return (request) => ({
    kind: 'answered',
    request,
    answer: {
      kind: 'completed',
      metrics: nothingRemoved,
      ...(results && {
        results: new Map(results.map((each, index) => [request.digests[index] ?? assert.fail(), each])),
      }),
      ...(refusals && { refusals: new Map(refusals.map(([{ image }, each]) => [image.digest, each])) }),
    },
  });
}

const refused: Result = (request) => ({ kind: 'answered', request, answer: refusal({}) });
const failed: Result = (request) => ({ kind: 'failed', request, error });
const rejection = new HubError('forbidden', { method: 'POST', path: '/', status: 403 });
const rejected: Result = (request) => ({ kind: 'rejected', request, error: rejection });
const notSent: Result = (request) => ({ kind: 'notSent', request });

function eventOf(
  left: number,
  journalError: JournalError | undefined,
  ...results: readonly Result[]
): FlowEvent {
  const review = checkedReview([one, two]);
  review.remove([one, two].slice(left).map(keyOf));
  const request = requestFor(one, two);
  return eventAfter(
    { results: results.map((of) => of(request)), journalError: undefined, isStopped: false },
    journalError,
    review,
  );
}

describe('event after a deletion', () => {
  it('is that the journal could not be written, before anything else', () => {
    const journalError = new JournalError(error);
    assert.deepEqual(eventOf(0, journalError, failed, refused), { kind: 'notWritten', error: journalError });
    assert.equal(journalError.cause, error);
    assert.equal(journalError.name, 'JournalError');
    assert.match(journalError.message, /journal/);
  });

  it('is a failure, before a refusal', () => {
    assert.deepEqual(eventOf(0, undefined, refused, failed), { kind: 'interrupted', error });
  });

  it('is a rejection, which has an error as well', () => {
    assert.deepEqual(eventOf(1, undefined, answered(), rejected, notSent), {
      kind: 'interrupted',
      error: rejection,
    });
  });

  it('is a refusal of any request', () => {
    assert.deepEqual(eventOf(0, undefined, answered(), refused, notSent), { kind: 'refused' });
  });

  it('is the end where no image is left', () => {
    assert.deepEqual(eventOf(0, undefined, answered(), answered()), { kind: 'finished' });
  });

  it('is a stop where images are left', () => {
    assert.deepEqual(eventOf(1, undefined, answered(), notSent), { kind: 'stopped' });
    assert.deepEqual(eventOf(2, undefined, answered(['removed', 'notSent'], [])), { kind: 'stopped' });
  });

  it('is a stop by the person, or by a change of what would be deleted along', () => {
    const review = checkedReview([one, two]);
    const results = [answered(['removed', 'notSent'])(requestFor(one, two))];
    assert.deepEqual(eventAfter({ results, journalError: undefined, isStopped: true }, undefined, review), {
      kind: 'stopped',
      cause: 'person',
    });
    const ended: Result = (request) => {
      const result = answered(['removed', 'notSent'])(request);
      assert.ok(result.kind === 'answered' && result.answer.kind === 'completed');
      return { ...result, answer: { ...result.answer, endsDeletion: true } };
    };
    assert.deepEqual(eventOf(2, undefined, ended), { kind: 'stopped', cause: 'change' });
  });

  it('counts the images without an answer', () => {
    assert.deepEqual(eventOf(2, undefined, answered(['lost', 'removed']), answered(['lost', 'lost'])), {
      kind: 'stopped',
      unanswered: 3,
    });
  });

  it('goes with the reason for each image that the server did not delete', () => {
    const denied: ImageRefusal = { cause: 'denied', removedTags: [] };
    const request = requestFor(one, two);
    assert.deepEqual(
      refusalsIn([answered(['removed', 'refused'], [[two, denied]])(request), failed(request)]),
      new Map([[keyOf(two), denied]]),
    );
  });

  it('names the images that the server did not delete, and why', () => {
    const kept: ImageRefusal = { cause: 'tagKept', tag: 'latest', removedTags: [] };
    const denied: ImageRefusal = { cause: 'denied', removedTags: [] };
    assert.deepEqual(
      eventOf(
        2,
        undefined,
        answered(['refused'], [[one, kept]]),
        notSent,
        answered(['refused'], [[two, denied]]),
      ),
      {
        kind: 'stopped',
        refusals: [
          { key: keyOf(one), refusal: kept },
          { key: keyOf(two), refusal: denied },
        ],
      },
    );
  });
});
