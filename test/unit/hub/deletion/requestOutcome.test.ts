import assert from 'node:assert/strict';
import {
  type ImageOutcome,
  leavesPlan,
  manifestOutcome,
  requestOutcomeOf,
  type RequestOutcome,
  type RequestResult,
  settleCollateral,
  settleOutcome,
} from '../../../../src/hub/deletion/outcome';
import {
  hasUnconfirmed,
  mayAnyChange,
  settleDeletion,
  type SettledImage,
} from '../../../../src/hub/deletion/settleDeletion';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { requestFor } from '../../../support/approvedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { digestOf, plannedImage } from '../../../support/images';

const completed = { kind: 'answered', answer: { kind: 'completed' } } as const;
const refused = { kind: 'answered', answer: { kind: 'refused' } } as const;
const failed = { kind: 'failed' } as const;
const notSent = { kind: 'notSent' } as const;
const key = imageKey(parseRepositoryRef('acme/api'), digestOf('one'));

describe('request of one image', () => {
  it('is known by the result of the image', () => {
    assert.deepEqual((['removed', 'refused', 'lost', 'notSent'] as const).map(manifestOutcome), [
      completed,
      refused,
      failed,
      notSent,
    ]);
  });

  it('is known by the result of the whole request where the image has none', () => {
    const one = plannedImage('acme/api', 'one');
    const request = requestFor(one);
    const { digest } = one.image;
    const results: readonly RequestResult[] = [
      { kind: 'answered', request, answer: refusal({}) },
      { kind: 'answered', request, answer: { kind: 'completed', metrics: nothingRemoved } },
      { kind: 'failed', request, error: undefined },
      { kind: 'notSent', request },
    ];
    const error = new HubError('forbidden', { method: 'POST', path: '/', status: 403 });
    assert.deepEqual(requestOutcomeOf({ kind: 'rejected', request, error }, digest), refused);
    for (const result of results) {
      assert.equal(requestOutcomeOf(result, digest), result);
    }
    const answer = {
      kind: 'completed',
      metrics: nothingRemoved,
      results: new Map([[digest, 'lost' as const]]),
    } as const;
    assert.deepEqual(requestOutcomeOf({ kind: 'answered', request, answer }, digest), failed);
    const other = { kind: 'answered', request, answer } as const;
    assert.equal(requestOutcomeOf(other, digestOf('other')), other);
  });
});

describe('an outcome with which an image leaves the plan', () => {
  const rows: readonly (readonly [ImageOutcome, isListed: boolean | undefined, boolean])[] = [
    ['deleted', false, true],
    ['alreadyGone', false, true],
    ['failed', true, false],
    ['unconfirmed', undefined, true],
    ['unconfirmed', true, false],
    ['refused', true, false],
    ['refused', undefined, false],
    ['notSent', true, false],
    ['notSent', undefined, false],
  ];
  for (const [outcome, isListed, isSo] of rows) {
    const listing = isListed === undefined ? 'not known to be listed' : isListed ? 'listed' : 'not listed';
    it(`is ${isSo ? '' : 'not '}"${outcome}" of one that is ${listing}`, () => {
      assert.equal(leavesPlan(outcome, isListed), isSo);
    });
  }
});

describe('outcome after a list', () => {
  it('is unconfirmed without one', () => {
    assert.equal(settleOutcome(completed, undefined), 'unconfirmed');
    assert.equal(settleOutcome(failed, undefined), 'unconfirmed');
    assert.deepEqual([true, false, undefined].map(settleCollateral), ['stayed', 'gone', 'unconfirmed']);
  });

  it('is that of each image and of what was to be deleted along', () => {
    const image = { key, request: failed, exists: true };
    const settled = settleDeletion([image], [{ key, exists: false }]);
    assert.deepEqual(settled.images, [{ ...image, outcome: 'unconfirmed' }]);
    assert.deepEqual(settleDeletion([image], [], true).images, [{ ...image, outcome: 'failed' }]);
    assert.deepEqual([...settled.collateral], [[key, 'gone']]);
  });
});

describe('outcomes that may change', () => {
  const of = (outcome: SettledImage['outcome'], request: RequestOutcome): SettledImage => ({
    key,
    outcome,
    request,
    exists: undefined,
  });
  const deleted = of('deleted', completed);

  it('are those of which any is unconfirmed', () => {
    assert.equal(hasUnconfirmed([deleted]), false);
    assert.equal(hasUnconfirmed([deleted, of('unconfirmed', completed)]), true);
    assert.equal(mayAnyChange([deleted, of('unconfirmed', completed)], true), true);
  });

  it('are those of which any has no answer, until the last list', () => {
    assert.equal(mayAnyChange([deleted]), false);
    assert.equal(mayAnyChange([deleted, of('failed', failed)]), true);
    assert.equal(mayAnyChange([deleted, of('failed', completed)]), false);
    assert.equal(mayAnyChange([of('failed', failed)], true), false);
  });
});
