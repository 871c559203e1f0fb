import assert from 'node:assert/strict';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import type { DeletionFlowOptions } from '../../../../src/hub/deletion/deletionFlowOptions';
import type { FlowEvent } from '../../../../src/hub/deletion/flowEvent';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import { staleAfterMs } from '../../../../src/hub/deletion/reviewAge';
import type { DeletionSummary } from '../../../../src/hub/deletion/summary';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { warningOf } from '../../../support/approvedPlan';
import { FakeImageApi, nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { plannedImage, planOf } from '../../../support/images';
import { MemoryJournal } from '../../../support/memoryJournal';

const images = ['one', 'two', 'three'].map((seed) => plannedImage('acme/api', seed));
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);
const keys = images.map(keyOf);
const [first] = keys;

function setUp(options: Partial<DeletionFlowOptions> = {}) {
  assert.ok(first);
  const api = new FakeImageApi(images.map(({ image }) => image));
  /** Every image is active. */
  api.answerDryRun = ({ digests }) =>
    refusal({
      warnings: images
        .filter(({ image }) => digests.includes(image.digest))
        .map((planned) => warningOf(planned, 'is_active')),
    });
  const journal = new MemoryJournal();
  const events: FlowEvent[] = [];
  const phases: string[] = [];
  const progress: string[] = [];
  const waits: (() => void)[] = [];
  const clock = { now: new Date('2026-06-01T00:00:00Z') };
  let changes = 0;
  const flow: DeletionFlow = new DeletionFlow({
    plan: planOf(images),
    api,
    username: 'demo',
    journal,
    locks: new MemoryRepositoryLocks(),
    now: () => clock.now,
    delay: (_ms, signal) =>
      new Promise((end, reject) => {
        waits.push(end);
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      }),
    batchSize: 25,
    pageSize: 100,
    confirm: () => Promise.resolve(true),
    onDidChange: () => {
      changes += 1;
      phases.push(flow.phase);
      if (flow.lastEvent !== events.at(-1)) {
        events.push(flow.lastEvent);
      }
      const { done, total } = flow.progress ?? {};
      progress.push(`${flow.phase} ${done}/${total}`);
    },
    onDidDelete: () => undefined,
    ...options,
  });
  return { api, clock, flow, journal, events, phases, progress, waits, first, changes: () => changes };
}

const kindsOf = (events: readonly FlowEvent[]) => events.map(({ kind }) => kind);
const settle = () => new Promise(setImmediate);

describe('decisions in a deletion flow', () => {
  it('are made one by one, for several images or for all, and are told', async () => {
    const { flow, first: one } = setUp();
    await flow.dryRun();
    const accepted = () => flow.review.counts.acceptances.is_active.accepted;
    flow.accept(one, 'is_active', true);
    assert.deepEqual(flow.lastEvent, {
      kind: 'accepted',
      isAccepted: true,
      acceptance: 'is_active',
      images: 1,
    });
    assert.equal(accepted(), 1);
    flow.acceptEach(keys.slice(1), 'is_active', true);
    assert.deepEqual(flow.lastEvent, {
      kind: 'accepted',
      isAccepted: true,
      acceptance: 'is_active',
      images: 2,
    });
    assert.equal(accepted(), 3);
    flow.acceptAll('is_active', false);
    assert.deepEqual(flow.lastEvent, {
      kind: 'accepted',
      isAccepted: false,
      acceptance: 'is_active',
      images: 3,
    });
    assert.equal(accepted(), 0);
  });

  it('are only taken while the person reviews', async () => {
    const { flow, api, first: one } = setUp();
    const decide = () => {
      const before = flow.lastEvent;
      flow.accept(one, 'is_active', true);
      flow.acceptEach(keys, 'is_active', true);
      flow.acceptAll('is_active', true);
      flow.remove(keys);
      flow.removeBlocked();
      assert.equal(flow.lastEvent, before);
    };
    const { answerDryRun } = api;
    api.answerDryRun = (request) => {
      decide();
      return answerDryRun(request);
    };
    decide();
    await flow.dryRun();
    assert.equal(flow.review.counts.acceptances.is_active.accepted, 0);
    assert.equal(flow.review.counts.images, 3);
  });

  it('may remove images, also after a check that failed, but accept nothing then', async () => {
    const { flow, api, first: one } = setUp();
    api.answerDryRun = () => Promise.reject(new Error('offline'));
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    const before = flow.lastEvent;
    flow.acceptAll('is_active', true);
    flow.acceptEach([one], 'is_active', true);
    flow.accept(one, 'is_active', true);
    assert.equal(flow.lastEvent, before);
    flow.remove([one]);
    assert.deepEqual(flow.lastEvent, { kind: 'removed', images: 1 });
    assert.equal(flow.review.counts.images, 2);
  });

  it('tell nothing where no image was removed', async () => {
    const { flow, changes, first: one } = setUp();
    await flow.dryRun();
    flow.remove([one]);
    const before = changes();
    flow.remove([one]);
    flow.remove([]);
    assert.equal(changes(), before);
    assert.deepEqual(flow.lastEvent, { kind: 'removed', images: 1 });
  });

  it('may remove every image that is blocked', async () => {
    const { flow, api, first: one } = setUp();
    const [planned] = images;
    assert.ok(planned);
    const of = { repository: planned.repository.name, digest: planned.image.digest };
    api.answerDryRun = () => refusal({ blockers: [{ ...of, error: 'child_manifest' }] });
    await flow.dryRun();
    flow.removeBlocked();
    assert.deepEqual(flow.lastEvent, { kind: 'removed', images: 1 });
    assert.equal(flow.review.get(one), undefined);
    assert.equal(flow.canDelete, true);
  });

  it('leave nothing to check or delete once every image is removed', async () => {
    const { flow, api } = setUp();
    await flow.dryRun();
    assert.equal(flow.canRepeatDryRun, true);
    flow.remove(keys);
    assert.equal(flow.canRepeatDryRun, false);
    assert.equal(flow.canDelete, false);
    await flow.dryRun();
    await flow.delete();
    assert.equal(api.dryRuns.length, 1);
    assert.equal(api.deletions.length, 0);
  });
});

describe('what a deletion flow shows', () => {
  it('is each phase, what happened, and how far it is', async () => {
    const { flow, events, phases, progress } = setUp({ batchSize: 2 });
    assert.deepEqual(flow.lastEvent, { kind: 'checking' });
    assert.equal(flow.progress, undefined);
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    await flow.delete();
    const untilDeleted = ['confirming', 'rechecking', 'deleting', 'verifying', 'finished'];
    assert.deepEqual(kindsOf(events), ['checking', 'checked', 'accepted', ...untilDeleted]);
    assert.deepEqual([...new Set(phases)], ['checking', 'reviewing', ...untilDeleted]);
    const ofDeletion = progress.filter((line) => line.startsWith('deleting'));
    assert.deepEqual(
      ofDeletion,
      ['undefined/undefined', '0/3', '2/3', '3/3'].map((done) => `deleting ${done}`),
    );
    assert.ok(progress.includes('checking 0/3') && progress.includes('checking 3/3'));
    assert.ok(progress.includes('reviewing undefined/undefined'));
  });

  it('counts the images that still have no answer', async () => {
    const { flow, api, progress } = setUp({ batchSize: 2 });
    const { answerDryRun } = api;
    api.answerDryRun = async (request) => {
      if (request.digests.length === 1) {
        await settle();
        throw new Error('offline');
      }
      return answerDryRun(request);
    };
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.leftToCheck, 1);
    api.answerDryRun = answerDryRun;
    progress.length = 0;
    await flow.continueDryRun();
    assert.deepEqual(
      progress.filter((line) => line.includes('3')),
      ['checking 2/3', 'checking 3/3'],
    );
  });

  it('says when a dry run can no longer be continued', async () => {
    const { flow, api, clock, changes, waits } = setUp({ batchSize: 2 });
    const { answerDryRun } = api;
    api.answerDryRun = async (request) => {
      if (request.digests.length === 1) {
        await settle();
        throw new Error('offline');
      }
      return answerDryRun(request);
    };
    await flow.dryRun();
    assert.equal(flow.canContinueDryRun, true);
    clock.now = new Date(clock.now.getTime() + staleAfterMs);
    assert.equal(flow.leftToCheck, 3);
    flow.remove(keys.slice(0, 1));
    assert.equal(flow.leftToCheck, 2, 'an image that has left the plan is not checked');
    const before = changes();
    waits.at(-1)?.();
    await settle();
    assert.equal(changes(), before + 1);
    assert.equal(flow.phase, 'failed');
  });

  it('says nothing of its own when a review becomes stale: the check does', async () => {
    const { flow, events, phases, waits, api } = setUp();
    await flow.dryRun();
    events.length = 0;
    phases.length = 0;
    waits.at(-1)?.();
    await settle();
    assert.equal(api.dryRuns.length, 2);
    assert.equal(phases[0], 'checking');
  });
});

describe('the summary of a deletion flow', () => {
  /** Of two deletions, the first deletes one image. */
  const setUpTwo = () => {
    const made = setUp({ batchSize: 1 });
    const { api } = made;
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    api.answerDeletion = (request) => (api.deletions.length === 2 ? refusal({}) : api.remove(request));
    const summaryAt = new Map<string, DeletionSummary | undefined>();
    const note = (moment: string): void => {
      summaryAt.set(moment, made.flow.summary);
    };
    const deleted = () => made.flow.summary?.images.deleted;
    return { ...made, summaryAt, note, deleted };
  };

  it('does not exist before the first deletion has ended', async () => {
    const { flow, api, note, summaryAt, deleted } = setUpTwo();
    note('at first');
    await flow.dryRun();
    note('in the review');
    const { answerDryRun, answerDeletion } = api;
    api.answerDryRun = (request) => {
      note('in the last check');
      return answerDryRun(request);
    };
    api.answerDeletion = (request) => {
      note('in the deletion');
      return answerDeletion(request);
    };
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) => {
      note('in the listing');
      return listImages(...args);
    };
    await flow.delete();
    assert.deepEqual(
      [...summaryAt],
      ['at first', 'in the review', 'in the last check', 'in the deletion', 'in the listing'].map(
        (moment) => [moment, undefined],
      ),
    );
    assert.equal(deleted(), 1);
  });

  it('is that of the deletions that have ended, and none while the outcomes of another are open', async () => {
    const { flow, api, note, summaryAt, deleted } = setUpTwo();
    await flow.dryRun();
    await flow.delete();
    assert.equal(deleted(), 1);
    const { answerDryRun, answerDeletion } = api;
    api.answerDryRun = (request) => {
      assert.equal(deleted(), 1);
      return answerDryRun(request);
    };
    await flow.dryRun();
    api.answerDeletion = (request) => {
      assert.equal(flow.phase, 'deleting');
      note('in the deletion');
      return answerDeletion(request);
    };
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) => {
      assert.equal(flow.phase, 'verifying');
      note('in the listing');
      return listImages(...args);
    };
    await flow.delete();
    assert.deepEqual(
      [...summaryAt],
      [
        ['in the deletion', undefined],
        ['in the listing', undefined],
      ],
    );
    assert.equal(deleted(), 3);
  });
});

describe('a repository that cannot be listed after a deletion', () => {
  it('reports why, until all can be listed after another deletion', async () => {
    const { flow, api } = setUp({ batchSize: 1 });
    const failure = new Error('offline');
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    api.answerDeletion = () => Promise.reject(new Error('no answer'));
    await flow.dryRun();
    assert.equal(flow.listingError, undefined);
    const listImages = api.listImages.bind(api);
    let isOffline = true;
    api.listImages = (...args) => (isOffline ? Promise.reject(failure) : listImages(...args));
    await flow.delete();
    assert.equal(flow.listingError, failure);
    assert.equal(flow.review.counts.images, 2);
    isOffline = false;
    api.answerDeletion = (request) => api.remove(request);
    await flow.dryRun();
    await flow.delete();
    assert.equal(flow.listingError, undefined);
    assert.equal(flow.phase, 'finished');
  });
});

describe('cancelling in a deletion flow', () => {
  it('is possible while something is under way, and once', async () => {
    const { flow, api, events } = setUp();
    const { answerDryRun } = api;
    const states: boolean[] = [flow.canCancel];
    flow.cancel();
    api.answerDryRun = (request) => {
      states.push(flow.canCancel);
      flow.cancel();
      states.push(flow.canCancel);
      flow.cancel();
      return answerDryRun(request);
    };
    await flow.dryRun();
    states.push(flow.canCancel);
    flow.cancel();
    assert.deepEqual(states, [false, true, false, false]);
    assert.deepEqual(kindsOf(events), ['checking', 'checkCancelled']);
  });

  it('is told during a deletion, which goes on until its request is answered', async () => {
    const { flow, api, events } = setUp({ batchSize: 1 });
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    api.answerDeletion = (request) => {
      flow.cancel();
      flow.cancel();
      return api.remove(request);
    };
    await flow.delete();
    assert.deepEqual(kindsOf(events).slice(-4), ['deleting', 'stopping', 'verifying', 'stopped']);
    assert.equal(api.deletions.length, 1);
  });

  it('says nothing of a stop while the repositories are listed again', async () => {
    const { flow, api, events } = setUp();
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    api.getSummary = () => {
      flow.cancel();
      return Promise.reject(new Error('aborted'));
    };
    await flow.delete();
    assert.ok(!kindsOf(events).includes('stopping'));
    assert.deepEqual([...flow.lastOutcomes.values()], ['unconfirmed', 'unconfirmed', 'unconfirmed']);
  });

  it('by closing lets the list after a deletion go on, and no other check begin', async () => {
    const { flow, api } = setUp();
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    api.answerDeletion = (request) => {
      flow.close();
      return api.remove(request);
    };
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) => {
      flow.close();
      args[2]?.throwIfAborted();
      return listImages(...args);
    };
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['deleted', 'deleted', 'deleted']);
    const { flow: closed, api: unused } = setUp();
    closed.close();
    await closed.dryRun();
    assert.equal(closed.lastEvent.kind, 'checkCancelled');
    assert.equal(unused.deletions.length, 0);
  });
});

describe('a final confirmation that cannot be shown', () => {
  it('leads back to the review, and is an error of the caller', async () => {
    const failure = new Error('no window');
    const { flow, api } = setUp({ confirm: () => Promise.reject(failure) });
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    await assert.rejects(flow.delete(), failure);
    assert.equal(flow.phase, 'reviewing');
    assert.deepEqual(flow.lastEvent, { kind: 'declined' });
    assert.equal(flow.canDelete, true);
    assert.equal(api.deletions.length, 0);
  });
});

describe('a plan that cannot be written down', () => {
  it('leads back to the review', async () => {
    const { flow, journal } = setUp();
    journal.failAt = 0;
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    await flow.delete();
    assert.equal(flow.phase, 'reviewing');
    assert.equal(flow.lastEvent.kind, 'notWritten');
    assert.equal(flow.canDelete, true);
  });
});

describe('a review during which a deletion is asked for twice', () => {
  it('deletes once', async () => {
    const { flow, api } = setUp();
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    await flow.dryRun();
    await Promise.all([flow.delete(), flow.delete()]);
    assert.equal(api.deletions.length, 1);
  });

  it('asks for one confirmation', async () => {
    let questions = 0;
    const { flow } = setUp({
      confirm: async () => {
        questions += 1;
        assert.equal(flow.canDelete, false);
        await flow.delete();
        return false;
      },
    });
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    await flow.delete();
    assert.equal(questions, 1);
  });
});

describe('a dry run that is asked for', () => {
  it('does not begin while the final confirmation is shown, or when every image has its outcome', async () => {
    let checks = 0;
    const { flow, api } = setUp({
      confirm: async () => {
        checks = api.dryRuns.length;
        await flow.dryRun();
        assert.equal(api.dryRuns.length, checks);
        assert.equal(flow.phase, 'confirming');
        return true;
      },
    });
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    await flow.dryRun();
    assert.equal(flow.phase, 'finished');
    assert.equal(api.dryRuns.length, checks + 1, 'the last check');
  });
});
