import assert from 'node:assert/strict';
import {
  answerRecord,
  outcomesRecord,
  planRecord,
  requestKeys,
  requestRecord,
} from '../../../../src/hub/deletion/journalRecords';
import type { RequestResult } from '../../../../src/hub/deletion/outcome';
import type { DeletionAnswer } from '../../../../src/hub/deletionAnswer';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { approvedPlan, requestFor, warningOf } from '../../../support/approvedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage } from '../../../support/images';

const at = new Date('2026-06-01T12:00:00Z');
const time = '2026-06-01T12:00:00.000Z';
const repository = parseRepositoryRef('acme/api');
const one = plannedImage('acme/api', 'one', {
  tags: [
    { name: 'latest', isCurrent: true },
    { name: '1.0', isCurrent: false },
  ],
  lastPulled: new Date('2025-07-02T03:04:05Z'),
});
const two = plannedImage('acme/api', 'two', { lastPushed: undefined, status: 'unknown' });
const former = imageOf('former', {
  tags: [{ name: 'latest', isCurrent: false }],
  lastPushed: undefined,
  lastPulled: new Date('2025-08-01T00:00:00Z'),
});
const keyOf = ({ image }: { image: { digest: typeof former.digest } }) => imageKey(repository, image.digest);

describe('record of a plan', () => {
  const warnings = [warningOf(one, 'is_active'), warningOf(one, 'current_tag', 'latest')];
  const plan = () =>
    approvedPlan([one, two], { warnings, lists: { 'acme/api': [one.image, two.image, former] } });

  it('has the tags that the last check has found, and with the former ones those that it has lost', () => {
    const { images } = planRecord(
      approvedPlan([one], { warnings: [warningOf(one, 'current_tag', 'moved-here')] }),
      'ada',
      at,
    );
    assert.deepEqual(images[0]?.currentTags, ['moved-here']);
    assert.deepEqual(images[0].historicalTags, ['latest', '1.0']);
  });

  it('says who deletes what, where, and what was accepted', () => {
    const approved = plan();
    assert.deepEqual(planRecord(approved, 'ada', at), {
      type: 'plan',
      at: time,
      origin: 'https://hub.example',
      username: 'ada',
      activeFrom: '2026-01-01T00:00:00.000Z',
      fingerprint: approved.fingerprint,
      search: { kind: 'off' },
      images: [
        {
          key: keyOf(one),
          currentTags: ['latest'],
          historicalTags: ['1.0'],
          lastPushed: '2025-06-01T00:00:00.000Z',
          lastPulled: '2025-07-02T03:04:05.000Z',
          status: 'inactive',
          acceptedWarnings: warnings,
          acceptedCollateral: [
            {
              key: imageKey(repository, former.digest),
              formerTags: ['latest'],
              lastPushed: null,
              lastPulled: '2025-08-01T00:00:00.000Z',
              status: 'inactive',
            },
          ],
        },
        {
          key: keyOf(two),
          currentTags: [],
          historicalTags: [],
          lastPushed: null,
          lastPulled: null,
          status: 'unknown',
          acceptedWarnings: [],
          acceptedCollateral: [],
        },
      ],
    });
  });

  it('has no name where nobody knows who deletes', () => {
    assert.equal(planRecord(plan(), undefined, at).username, null);
  });

  it('says of an image that nobody knows what is deleted along with it', () => {
    const unknown = approvedPlan([one], { warnings, lists: { 'acme/api': undefined } });
    assert.equal(planRecord(unknown, 'ada', at).images[0]?.acceptedCollateral, null);
  });
});

describe('record of a request', () => {
  it('names its images in the order of the request, and the accepted warnings', () => {
    const warnings = [warningOf(one, 'is_active')];
    const [request] = approvedPlan([one, two], { warnings }).requests(2);
    assert.ok(request);
    assert.deepEqual(requestRecord(3, request, at), {
      type: 'request',
      at: time,
      number: 3,
      images: request.digests.map((digest) => imageKey(repository, digest)),
      ignoredWarnings: warnings,
    });
    assert.deepEqual(new Set(requestKeys(request)), new Set([keyOf(one), keyOf(two)]));
  });
});

describe('record of an answer', () => {
  const recorded = (result: (request: ReturnType<typeof requestFor>) => RequestResult) =>
    answerRecord(7, result(requestFor(one, two)), at);
  const answered = (answer: DeletionAnswer) =>
    recorded((request) => ({ kind: 'answered', request, answer })).answer;
  const failed = (error: unknown) => recorded((request) => ({ kind: 'failed', request, error })).answer;
  const facts = { method: 'POST', path: '/v2/secret' };

  it('says when, and of which request', () => {
    const record = recorded((request) => ({ kind: 'notSent', request }));
    assert.deepEqual(record, { type: 'answer', at: time, number: 7, answer: { kind: 'withdrawn' } });
  });

  it('has the counts of a request that was carried out as a whole, and nothing else', () => {
    const metrics = { ...nothingRemoved, manifestDeletes: 2 };
    assert.deepEqual(answered({ kind: 'completed', metrics }), { kind: 'completed', metrics });
  });

  it('has the result of each image, and what the server refused without its words', () => {
    const results = new Map([
      [one.image.digest, 'removed' as const],
      [two.image.digest, 'refused' as const],
    ]);
    const refusals = new Map([
      [
        one.image.digest,
        { cause: 'tagKept' as const, tag: 'latest', reason: 'immutable', removedTags: ['a'] },
      ],
      [two.image.digest, { cause: 'denied' as const, removedTags: [] }],
    ]);
    assert.deepEqual(answered({ kind: 'completed', metrics: nothingRemoved, results, refusals }), {
      kind: 'completed',
      metrics: nothingRemoved,
      results: [
        { key: keyOf(one), result: 'removed' },
        { key: keyOf(two), result: 'refused' },
      ],
      refusals: [
        { key: keyOf(one), cause: 'tagKept', tag: 'latest', removedTags: ['a'] },
        { key: keyOf(two), cause: 'denied', removedTags: [] },
      ],
    });
  });

  it('has the objections to a request that was refused', () => {
    const warnings = [warningOf(one, 'is_active')];
    const blockers = [{ repository: repository.name, digest: two.image.digest, error: 'not_found' }] as const;
    assert.deepEqual(answered(refusal({ warnings, blockers })), { kind: 'refused', warnings, blockers });
  });

  it('has the kind and the status of a request that was rejected', () => {
    const error = new HubError('forbidden', { ...facts, status: 403 });
    assert.deepEqual(recorded((request) => ({ kind: 'rejected', request, error })).answer, {
      kind: 'refused',
      reason: 'forbidden 403',
      warnings: [],
      blockers: [],
    });
  });

  it('has the kind and the status of a failure, and none of its words', () => {
    assert.deepEqual(failed(new HubError('network', facts)), { kind: 'lost', reason: 'network' });
    assert.deepEqual(failed(new HubError('server', { ...facts, status: 503 })), {
      kind: 'lost',
      reason: 'server 503',
    });
    assert.deepEqual(failed(new Error('secret')), { kind: 'lost', reason: 'unexpected' });
  });
});

describe('record of outcomes', () => {
  it('has the outcome of each image', () => {
    assert.deepEqual(outcomesRecord(new Map([[keyOf(one), 'deleted']]), new Map(), at), {
      type: 'outcomes',
      at: time,
      outcomes: [{ key: keyOf(one), outcome: 'deleted' }],
    });
  });

  it('has the outcome of what was to be deleted along, where there is any', () => {
    const collateral = new Map([[keyOf(two), 'gone' as const]]);
    assert.deepEqual(outcomesRecord(new Map(), collateral, at).collateral, [
      { key: keyOf(two), outcome: 'gone' },
    ]);
  });
});
