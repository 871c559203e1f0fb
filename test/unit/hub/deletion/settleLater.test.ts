import assert from 'node:assert/strict';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import { eventAfterLaterOutcomes, type FlowEvent } from '../../../../src/hub/deletion/flowEvent';
import type { LaterOutcomes } from '../../../../src/hub/deletion/laterOutcomes';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import type { CollateralOutcome, ImageOutcome } from '../../../../src/hub/deletion/outcome';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import { FakeImageApi, nothingRemoved } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';
import { MemoryJournal } from '../../../support/memoryJournal';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);
const [first, second] = [keyOf(one), keyOf(two)];
const noAnswer = () => new HubError('network', { method: 'POST', path: '/' });

function setUp(images: readonly PlannedImage[] = [one, two], batchSize = 25) {
  const api = new FakeImageApi(images.map(({ image }) => image));
  const answer = { confirm: () => Promise.resolve(true), changes: 0 };
  const flow = new DeletionFlow({
    plan: planOf(images),
    api,
    username: 'demo',
    journal: new MemoryJournal(),
    locks: new MemoryRepositoryLocks(),
    now: () => new Date('2026-06-01T00:00:00Z'),
    delay: () => new Promise(() => undefined),
    batchSize,
    pageSize: 100,
    confirm: () => answer.confirm(),
    onDidChange: () => {
      answer.changes += 1;
    },
    onDidDelete: () => undefined,
  });
  const inPlan = () => flow.review.entries.map(({ key }) => key);
  const settled = () => flow.settled.map(({ entry, outcome }) => [entry.key, outcome] as const);
  const attempts = () => [first, second].map((key) => flow.settlement.attempts.get(key)?.outcome);
  return { api, flow, answer, inPlan, settled, attempts };
}

/** A flow whose only request got no answer, while its images are still listed. */
async function unanswered(...args: Parameters<typeof setUp>) {
  const all = setUp(...args);
  all.api.answerDeletion = () => {
    throw noAnswer();
  };
  await all.flow.dryRun();
  await all.flow.delete();
  return all;
}

/** A flow whose images could not be listed after they were sent. */
async function unlisted() {
  const all = setUp();
  await all.flow.dryRun();
  all.api.listImages = () => Promise.reject(noAnswer());
  await all.flow.delete();
  return all;
}

function later(
  outcomes: Partial<Record<'one' | 'two', ImageOutcome>>,
  runId = 'run 1',
  collateral: LaterOutcomes['collateral'] = new Map(),
): LaterOutcomes {
  const found = [
    [first, outcomes.one],
    [second, outcomes.two],
  ] as const;
  return {
    runId,
    outcomes: new Map(found.flatMap(([key, outcome]) => (outcome === undefined ? [] : [[key, outcome]]))),
    collateral,
  };
}

describe('outcomes that are found out later', () => {
  it('take an image that is gone out of the plan, and leave one in it that is still there', async () => {
    const { flow, inPlan, settled, attempts } = await unanswered();
    assert.deepEqual(attempts(), ['unconfirmed', 'unconfirmed']);
    flow.settleLater(later({ one: 'deleted', two: 'failed' }));
    assert.deepEqual(inPlan(), [second]);
    assert.deepEqual(settled(), [[first, 'deleted']]);
    assert.deepEqual(attempts(), [undefined, 'failed']);
    assert.deepEqual(flow.settlement.attempts.countIn(flow.review), {
      unconfirmed: 0,
      failed: 1,
      refused: 0,
    });
    assert.deepEqual([flow.phase, flow.lastEvent], ['reviewing', { kind: 'settledLater' }]);
  });

  it('are awaited for images that were sent, and for no other', async () => {
    const { attempts } = await unanswered([one, two], 1);
    assert.deepEqual(attempts(), ['unconfirmed', undefined]);
  });

  it('finish a flow of which nothing is left', async () => {
    const { flow } = await unanswered();
    flow.settleLater(later({ one: 'deleted', two: 'unconfirmed' }));
    assert.equal(flow.phase, 'reviewing');
    flow.settleLater(later({ one: 'deleted', two: 'alreadyGone' }));
    assert.deepEqual([flow.phase, flow.canRepeatDryRun], ['finished', false]);
    assert.deepEqual([flow.settlement.counts.deleted, flow.settlement.counts.alreadyGone], [1, 1]);
  });

  it('replace those of images that could not be listed', async () => {
    const { flow, settled } = await unlisted();
    assert.equal(flow.settlement.counts.unconfirmed, 2);
    const { changes } = flow.settlement;
    flow.settleLater(later({ one: 'deleted', two: 'failed' }));
    assert.deepEqual(settled(), [
      [first, 'deleted'],
      [second, 'failed'],
    ]);
    const { deleted, failed, unconfirmed } = flow.settlement.counts;
    assert.deepEqual([deleted, failed, unconfirmed], [1, 1, 0]);
    assert.ok(flow.settlement.changes > changes);
  });

  it('are reported, once each time that something has changed', async () => {
    const { flow, answer } = await unanswered();
    const { changes } = answer;
    flow.settleLater(later({ one: 'deleted' }));
    assert.equal(answer.changes, changes + 1);
    flow.settleLater(later({ two: 'deleted' }));
    assert.equal(answer.changes, changes + 2);
  });

  it('change nothing the second time, or where they are known, or of another flow', async () => {
    const { flow, answer, settled } = await unanswered();
    flow.settleLater(later({ one: 'deleted' }));
    const { changes } = answer;
    const known = settled();
    flow.settleLater(later({ one: 'deleted' }));
    flow.settleLater(later({ one: 'failed' }));
    flow.settleLater(later({ two: 'unconfirmed' }));
    flow.settleLater(later({ two: 'deleted' }, 'run 2'));
    assert.deepEqual([settled(), answer.changes], [known, changes]);
  });

  it('wait for the end of a dry run', async () => {
    const { api, flow, answer, inPlan } = await unanswered();
    api.answerDryRun = () => {
      const { changes } = answer;
      flow.settleLater(later({ one: 'deleted' }));
      assert.deepEqual([inPlan(), answer.changes], [[first, second], changes]);
      return { kind: 'completed', metrics: nothingRemoved };
    };
    await flow.dryRun();
    assert.deepEqual([inPlan(), flow.phase], [[second], 'reviewing']);
  });

  it('wait for the answer to the final confirmation', async () => {
    const { flow, answer, inPlan } = await unanswered();
    await flow.dryRun();
    answer.confirm = () => {
      flow.settleLater(later({ one: 'deleted' }));
      assert.deepEqual(inPlan(), [first, second]);
      return Promise.resolve(false);
    };
    await flow.delete();
    assert.deepEqual(inPlan(), [second]);
  });

  it('of an earlier run say nothing about an image that was sent again', async () => {
    const { flow, inPlan, attempts } = await unanswered();
    await flow.dryRun();
    await flow.delete();
    flow.settleLater(later({ one: 'failed', two: 'deleted' }, 'run 1'));
    assert.deepEqual(
      [inPlan(), attempts()],
      [
        [first, second],
        ['unconfirmed', 'unconfirmed'],
      ],
    );
    flow.settleLater(later({ one: 'failed', two: 'deleted' }, 'run 2'));
    assert.deepEqual([inPlan(), attempts()], [[first], ['failed', undefined]]);
  });

  it('of an earlier run still count for an image whose next request was refused', async () => {
    const { api, flow, inPlan, settled } = await unanswered();
    await flow.dryRun();
    api.answerDeletion = (request) => {
      throw new HubError('forbidden', { method: 'POST', path: request.repository.name, status: 403 });
    };
    await flow.delete();
    flow.settleLater(later({ one: 'deleted' }, 'run 1'));
    assert.deepEqual([inPlan(), settled()], [[second], [[first, 'deleted']]]);
  });

  it('are dropped with a new deletion that proved another', async () => {
    const { api, flow, settled } = await unanswered();
    await flow.dryRun();
    api.answerDeletion = (request) => api.remove(request);
    await flow.delete();
    flow.settleLater(later({ one: 'failed', two: 'failed' }));
    assert.deepEqual(settled(), [
      [first, 'deleted'],
      [second, 'deleted'],
    ]);
  });

  it('say nothing of an image that the person has removed from the plan', async () => {
    const { flow, inPlan, settled } = await unanswered();
    flow.remove([first]);
    assert.deepEqual(flow.settlement.attempts.countIn(flow.review), {
      unconfirmed: 1,
      failed: 0,
      refused: 0,
    });
    flow.settleLater(later({ one: 'deleted', two: 'unconfirmed' }));
    assert.deepEqual([inPlan(), settled()], [[second], []]);
  });

  const collateralCases: readonly (readonly [CollateralOutcome, CollateralOutcome, CollateralOutcome])[] = [
    ['unconfirmed', 'stayed', 'stayed'],
    ['unconfirmed', 'gone', 'gone'],
    ['stayed', 'gone', 'gone'],
    ['stayed', 'unconfirmed', 'stayed'],
    ['gone', 'stayed', 'gone'],
    ['gone', 'unconfirmed', 'gone'],
  ];
  for (const [before, found, after] of collateralCases) {
    it(`leave collateral ${after} that was ${before} and is found ${found}`, async () => {
      const { flow } = await unanswered();
      const key = imageKey(one.repository, imageOf('along').digest);
      flow.settlement.add([], new Map([[key, before]]));
      flow.settleLater(later({}, 'run 1', new Map([[key, found]])));
      assert.equal(flow.collateral.get(key), after);
      assert.equal(flow.settlement.summary(flow.review).collateral.gone, after === 'gone' ? 1 : 0);
      flow.settleLater(later({}, 'run 1', new Map([[second, 'gone']])));
      assert.equal(flow.collateral.size, 1, 'nothing that was not accepted');
    });
  }

  it('change no collateral where they say nothing new of it, or are those of another flow', async () => {
    const { flow } = await unanswered();
    const key = imageKey(one.repository, imageOf('along').digest);
    for (const [before, found, runId] of [
      ['unconfirmed', 'unconfirmed', 'run 1'],
      ['stayed', 'stayed', 'run 1'],
      ['gone', 'gone', 'run 1'],
      ['unconfirmed', 'gone', 'run 2'],
    ] as const) {
      flow.settlement.add([], new Map([[key, before]]));
      const { changes } = flow.settlement;
      flow.settleLater(later({}, runId, new Map([[key, found]])));
      assert.deepEqual([flow.collateral.get(key), flow.settlement.changes], [before, changes]);
    }
  });
});

describe('the event after later outcomes', () => {
  const refusals = [{ key: first, refusal: { cause: 'denied', removedTags: ['latest'] } }] as const;
  const error = new Error('no answer');
  const cases: readonly (readonly [FlowEvent, FlowEvent['kind'], FlowEvent['kind']])[] = [
    [{ kind: 'interrupted', error }, 'settledLater', 'settledLater'],
    [{ kind: 'stopped', unanswered: 1 }, 'settledLater', 'settledLater'],
    [{ kind: 'checked' }, 'settledLater', 'settledLater'],
    [{ kind: 'changed', changes: [] }, 'changed', 'settledLater'],
    [{ kind: 'checkFailed', error }, 'checkFailed', 'settledLater'],
    [{ kind: 'checkCancelled' }, 'checkCancelled', 'settledLater'],
    [{ kind: 'refused' }, 'refused', 'settledLater'],
    [{ kind: 'busy', repository: one.repository, holder: 'thisWindow' }, 'busy', 'settledLater'],
    [{ kind: 'notWritten', error }, 'notWritten', 'notWritten'],
  ];
  for (const [last, left, over] of cases) {
    it(`in the place of ${JSON.stringify(last)} is ${left}, or ${over} with nothing left`, () => {
      assert.equal(eventAfterLaterOutcomes(last, false).kind, left);
      assert.equal(eventAfterLaterOutcomes(last, true).kind, over);
    });
  }

  it('still names images that the server refused, whose tags may be lost', () => {
    for (const isOver of [true, false]) {
      const event = eventAfterLaterOutcomes({ kind: 'stopped', refusals, unanswered: 1 }, isOver);
      assert.deepEqual(event, { kind: 'stopped', refusals });
    }
  });
});
