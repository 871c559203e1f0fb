import assert from 'node:assert/strict';
import type { DeletionConfirmation } from '../../../../src/hub/deletion/confirmation';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import type { ImageOutcome } from '../../../../src/hub/deletion/outcome';
import type { PlanFacts } from '../../../../src/hub/deletion/plan';
import { staleAfterMs } from '../../../../src/hub/deletion/reviewAge';
import { noOutcomes } from '../../../../src/hub/deletion/summary';
import type { DeletionAnswer } from '../../../../src/hub/deletionAnswer';
import { type DeletionRequest, imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import type { DeletionWarning } from '../../../../src/hub/findings';
import { FakeImageApi, nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';
import { MemoryJournal } from '../../../support/memoryJournal';
import { until } from '../../../support/until';

const networkError = () =>
  new HubError('network', { method: 'POST', path: '/v2/namespaces/acme/delete-images' });

function isActiveWarnings(request: DeletionRequest): DeletionAnswer {
  return refusal({
    warnings: request.digests.map((digest) => ({
      repository: request.repository.name,
      digest,
      warning: 'is_active',
    })),
  });
}

function latestWarnings({ repository, digests }: DeletionRequest): DeletionAnswer {
  return refusal({
    warnings: digests.map((digest) => ({
      repository: repository.name,
      digest,
      warning: 'current_tag',
      tags: ['latest'],
    })),
  });
}

function setUp(
  images: readonly PlannedImage[],
  answers: { confirm?: boolean; batchSize?: number; plan?: Partial<PlanFacts> } = {},
) {
  const api = new FakeImageApi(images.map(({ image }) => image));
  const confirmations: DeletionConfirmation[] = [];
  const touched: string[] = [];
  const reportedOutcomes: ImageOutcome[] = [];
  const journal = new MemoryJournal();
  const waits: { ms: number; end: () => void }[] = [];
  const clock = { now: new Date('2026-06-01T00:00:00Z') };
  const flow = new DeletionFlow({
    plan: planOf(images, answers.plan),
    api,
    username: 'demo',
    journal,
    locks: new MemoryRepositoryLocks(),
    now: () => clock.now,
    delay: (ms, signal) =>
      new Promise((end, reject) => {
        waits.push({ ms, end });
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      }),
    batchSize: answers.batchSize ?? 25,
    pageSize: 100,
    confirm: (confirmation) => {
      confirmations.push(confirmation);
      return Promise.resolve(answers.confirm ?? true);
    },
    onDidChange: () => undefined,
    onDidDelete: (repositories, outcomes) => {
      touched.push(...repositories.map(({ name }) => name));
      reportedOutcomes.push(...outcomes.values());
    },
  });
  return { api, flow, journal, clock, waits, confirmations, touched, reportedOutcomes };
}

const first = plannedImage('acme/api', 'one');
const second = plannedImage('acme/api', 'two');
const three = [first, second, plannedImage('acme/api', 'three')];

function tagsLost({ repository, image }: PlannedImage, ...tags: readonly string[]): DeletionWarning {
  return { repository: repository.name, digest: image.digest, warning: 'current_tag', tags };
}

describe('deletion flow', () => {
  it('deletes what a clean dry run and a confirmation allow, and says so per image', async () => {
    const { api, flow, touched, reportedOutcomes } = setUp(three);
    await flow.dryRun();
    assert.equal(flow.canDelete, true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['deleted', 'deleted', 'deleted'],
    );
    assert.equal(flow.summary?.reported?.manifestDeletes, 3);
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(touched, ['api']);
    assert.deepEqual(reportedOutcomes, ['deleted', 'deleted', 'deleted']);
  });

  it('reports of a deletion that the server refused that nothing was deleted', async () => {
    const { api, flow, touched, reportedOutcomes } = setUp(three);
    api.answerDeletion = () => refusal({});
    await flow.dryRun();
    await flow.delete();
    assert.deepEqual(touched, ['api']);
    assert.deepEqual(reportedOutcomes, ['refused', 'refused', 'refused']);
  });

  it('sends nothing that deletes before the review is complete', async () => {
    const { api, flow, confirmations } = setUp(three);
    api.answerDryRun = isActiveWarnings;
    await flow.delete();
    await flow.dryRun();
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(confirmations.length, 0);
  });

  it('sends nothing when the last question is declined', async () => {
    const { api, flow } = setUp(three, { confirm: false });
    await flow.dryRun();
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.phase, 'reviewing');
    assert.equal(flow.lastEvent.kind, 'declined');
  });

  it('names in the last question what the dry run told, not what was listed before', async () => {
    const { api, flow, confirmations } = setUp(three);
    const tags = ['latest', '1.0'].map((name) => ({ name, isCurrent: true }));
    api.images = api.images.map((image, index) => (index === 0 ? { ...image, tags } : image));
    api.answerDryRun = ({ repository, digests }) =>
      refusal({
        warnings: digests.slice(0, 1).flatMap((digest) => [
          { repository: repository.name, digest, warning: 'current_tag', tags: ['latest', '1.0'] },
          { repository: repository.name, digest, warning: 'is_active' },
        ]),
      });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    flow.acceptAll('is_active', true);
    await flow.delete();
    const [confirmation] = confirmations;
    assert.deepEqual(confirmation?.tags, ['acme/api:latest', 'acme/api:1.0']);
    assert.equal(confirmation.activeCount, 1);
    assert.equal(confirmation.imageCount, 3);
  });

  it('knows the tags of what is left from the list after the deletion', async () => {
    const { api, flow } = setUp(three);
    const of = (tag: string) => [{ name: tag, isCurrent: true }];
    api.answerDeletion = () => {
      api.images = api.images.map((image, index) => (index === 1 ? { ...image, tags: of('pushed') } : image));
      return { kind: 'completed', metrics: nothingRemoved };
    };
    await flow.dryRun();
    const [, second] = flow.review.entries;
    assert.deepEqual(second?.latestTags, []);
    await flow.delete();
    assert.deepEqual(flow.review.get(second.key)?.latestTags, ['pushed']);
  });

  it('checks every batch before the first deletion, and once more right before it', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    assert.equal(api.dryRuns.length, 3);
    const dryRunsAtDeletion: number[] = [];
    api.answerDeletion = (request) => {
      dryRunsAtDeletion.push(api.dryRuns.length);
      return api.remove(request);
    };
    await flow.delete();
    assert.deepEqual(dryRunsAtDeletion, [6, 6, 6]);
  });

  it('deletes nothing when the last check finds something new, and says what', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDryRun = isActiveWarnings;
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.phase, 'reviewing');
    assert.deepEqual(flow.lastEvent, {
      kind: 'changed',
      changes: three.map(({ repository, image }) => ({
        key: imageKey(repository, image.digest),
        kind: 'pulled',
      })),
    });
  });

  it('deletes nothing when a warning that was accepted is no more: that is not what was approved', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = isActiveWarnings;
    await flow.dryRun();
    flow.acceptAll('is_active', true);
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.lastEvent.kind, 'changed');
    await flow.delete();
    assert.equal(flow.phase, 'finished');
  });

  it('checks a review again that has grown stale', async () => {
    const { api, flow, waits } = setUp(three);
    await flow.dryRun();
    assert.deepEqual(
      waits.map(({ ms }) => ms),
      [staleAfterMs],
    );
    api.answerDryRun = isActiveWarnings;
    waits[0]?.end();
    await until(() => flow.phase === 'reviewing' && api.dryRuns.length === 2);
    assert.equal(flow.lastEvent.kind, 'changed');
  });

  it('checks a review again that grew stale while the last question was open', async () => {
    const { api, flow, waits } = setUp(three, { confirm: false });
    await flow.dryRun();
    const deleting = flow.delete();
    waits.at(-1)?.end();
    await deleting;
    await until(() => flow.phase === 'reviewing' && api.dryRuns.length === 2);
  });

  it('checks a review again that grew stale after a deletion that was stopped', async () => {
    const { api, flow, waits } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = (request) => {
      flow.cancel();
      return api.remove(request);
    };
    await flow.delete();
    const before = api.dryRuns.length;
    waits.at(-1)?.end();
    await until(() => flow.phase === 'reviewing' && api.dryRuns.length === before + 2);
  });

  it('does not check twice at once', async () => {
    const { api, flow } = setUp(three);
    await Promise.all([flow.dryRun(), flow.dryRun()]);
    assert.equal(api.dryRuns.length, 1);
  });

  it('does not check a review again that nobody looks at any more', async () => {
    const { api, flow, waits } = setUp(three);
    await flow.dryRun();
    flow.close();
    waits[0]?.end();
    await new Promise(setImmediate);
    assert.equal(api.dryRuns.length, 1);
  });

  for (const outcome of ['gone', 'stayed'] as const) {
    it(`asks to accept what falls with a tag, and tells what became of it: ${outcome}`, async () => {
      const former = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });
      const tagged = plannedImage('acme/api', 'tagged', { tags: [{ name: 'latest', isCurrent: true }] });
      const { api, flow, journal, confirmations } = setUp([tagged]);
      api.images.push(former);
      api.answerDryRun = latestWarnings;
      api.answerDeletion = (request) => {
        api.images = outcome === 'gone' ? [] : [former];
        return { kind: 'completed', metrics: { ...nothingRemoved, manifestDeletes: request.digests.length } };
      };
      await flow.dryRun();
      flow.acceptAll('current_tag', true);
      assert.equal(flow.canDelete, false);
      flow.acceptAll('collateral', true);
      await flow.delete();
      assert.equal(flow.phase, 'finished');
      assert.equal(confirmations[0]?.collateral.untagged, 1);
      const key = imageKey(tagged.repository, former.digest);
      assert.deepEqual([...flow.collateral], [[key, outcome]]);
      const written = journal.records.find((record) => record.type === 'outcomes');
      assert.deepEqual(written?.collateral, [{ key, outcome }]);
    });
  }

  it('counts an image that nobody approved and that is no longer listed after the deletion', async () => {
    const tagged = plannedImage('acme/api', 'tagged', { tags: [{ name: 'latest', isCurrent: true }] });
    const { api, flow } = setUp([tagged]);
    api.images.push(imageOf('other'), imageOf('kept'));
    api.answerDryRun = latestWarnings;
    api.answerDeletion = () => {
      api.images = [imageOf('kept')];
      return { kind: 'completed', metrics: { ...nothingRemoved, manifestDeletes: 1 } };
    };
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.equal(flow.summary?.unexpected, 1);
  });

  it('refuses a plan nobody looked through when it is not known what falls', async () => {
    const tagged = plannedImage('acme/api', 'tagged', { tags: [{ name: 'latest', isCurrent: true }] });
    const inventory = {
      repository: tagged.repository,
      activeFrom: new Date(0),
      images: [tagged.image],
    };
    const { api, flow } = setUp([tagged], {
      plan: { scope: 'matching', criteria: { status: 'inactive' }, inventories: [inventory] },
    });
    api.answerDryRun = latestWarnings;
    const list = api.listImages.bind(api);
    api.listImages = async (...args) => ({ ...(await list(...args)), count: 2 });
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.lastEvent.kind, 'checkFailed');
  });

  it('has the plan and each request on disk before the request leaves', async () => {
    const { api, flow, journal } = setUp(three, { batchSize: 2 });
    await flow.dryRun();
    const writtenAtDeletion: string[][] = [];
    api.answerDeletion = (request) => {
      writtenAtDeletion.push(journal.types);
      return api.remove(request);
    };
    await flow.delete();
    assert.deepEqual(writtenAtDeletion, [
      ['plan', 'request'],
      ['plan', 'request', 'answer', 'request'],
    ]);
    assert.deepEqual(journal.types, [
      ...['plan', 'request', 'answer', 'request', 'answer'],
      ...['outcomes', 'finished'],
    ]);
  });

  it('deletes nothing when the plan cannot be written', async () => {
    const { api, flow, journal } = setUp(three);
    await flow.dryRun();
    journal.failAt = 0;
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.lastEvent.kind, 'notWritten');
  });

  it('sends no further request when the journal cannot be written, and still says what became of each image', async () => {
    const { api, flow, journal } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    journal.failAt = 2; // the answer to the first request
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.equal(flow.lastEvent.kind, 'notWritten');
    assert.deepEqual([...flow.lastOutcomes.values()], ['deleted', 'notSent', 'notSent']);
  });

  it('leaves a run open that has an unconfirmed image', async () => {
    const { api, flow, journal } = setUp(three);
    await flow.dryRun();
    api.listImages = () => Promise.reject(networkError());
    await flow.delete();
    assert.equal(journal.types.at(-1), 'outcomes');
  });

  it('leaves a run open of which an answer was lost, though its images are still listed', async () => {
    const { api, flow, journal } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = () => {
      throw networkError();
    };
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['unconfirmed', 'unconfirmed', 'unconfirmed']);
    assert.equal(flow.review.counts.images, 3, 'they may be tried again after another dry run');
    assert.equal(journal.types.at(-1), 'outcomes');
  });

  for (const [kind, status] of [
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['notFound', 404],
    ['gone', 404],
    ['rejected', 405],
    ['rateLimited', 429],
  ] as const) {
    it(`calls the images of a request refused that was answered with ${status} (${kind}), and the run finished`, async () => {
      const { api, flow, journal } = setUp(three, { batchSize: 2 });
      await flow.dryRun();
      const error = new HubError(kind, { method: 'POST', path: '/', status });
      api.answerDeletion = () => {
        throw error;
      };
      await flow.delete();
      assert.equal(api.deletions.length, 1);
      assert.deepEqual([...flow.lastOutcomes.values()], ['refused', 'refused', 'notSent']);
      assert.deepEqual(flow.lastEvent, { kind: 'interrupted', error });
      assert.equal(flow.review.counts.images, 3, 'they may be tried again');
      assert.equal(flow.canDelete, false, 'after another dry run');
      const answer = journal.records.find((record) => record.type === 'answer');
      assert.deepEqual(answer?.answer, {
        kind: 'refused',
        reason: `${kind} ${status}`,
        warnings: [],
        blockers: [],
      });
      assert.equal(journal.types.at(-1), 'finished');
    });
  }

  it('does not take a 408 for a refusal', async () => {
    const { api, flow, journal } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = () => {
      throw new HubError('rejected', { method: 'POST', path: '/', status: 408 });
    };
    await flow.delete();
    assert.equal(journal.types.at(-1), 'outcomes');
  });

  it('lets go of the run when the deletion has ended, and not before', async () => {
    for (const failAt of [Infinity, 2, 4]) {
      const { api, flow, journal } = setUp(three);
      await flow.dryRun();
      journal.failAt = failAt;
      api.answerDeletion = (request) => {
        assert.equal(journal.isReleased, false);
        return api.remove(request);
      };
      await flow.delete();
      assert.equal(journal.isReleased, true);
    }
  });

  it('deletes nothing of a refused request and shows what is new', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = isActiveWarnings;
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['refused', 'refused', 'refused']);
    assert.equal(flow.phase, 'reviewing');
    assert.equal(flow.lastEvent.kind, 'refused');
    assert.equal(flow.canDelete, false);
    assert.equal(
      flow.review.entries.every(({ warnings }) => warnings[0]?.isNew),
      true,
    );
    assert.equal(api.images.length, 3);
  });

  it('keeps what was accepted when a request is refused for something new', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = () => refusal({ warnings: [tagsLost(first, '1.0')] });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    flow.acceptAll('collateral', true);
    api.answerDeletion = (request) =>
      api.deletions.length === 1 ? refusal({ warnings: [tagsLost(second, '2.0')] }) : api.remove(request);
    await flow.delete();
    assert.deepEqual(flow.review.counts.acceptances.current_tag, { total: 2, accepted: 1 });
    api.answerDryRun = () => refusal({ warnings: [tagsLost(first, '1.0'), tagsLost(second, '2.0')] });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    flow.acceptAll('collateral', true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.deepEqual(
      api.deletions[1]?.ignoredWarnings.map(({ tags }) => tags),
      [['1.0'], ['2.0']],
    );
  });

  it('asks again for a warning that the refusal words differently', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = () => refusal({ warnings: [tagsLost(first, '1.0')] });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    flow.acceptAll('collateral', true);
    api.answerDeletion = () => refusal({ warnings: [tagsLost(first, '1.0', 'hotfix')] });
    await flow.delete();
    assert.deepEqual(flow.review.counts.acceptances.current_tag, { total: 1, accepted: 0 });
  });

  it('goes on with the rest when what is new was accepted', async () => {
    const { api, flow } = setUp(three, { batchSize: 2 });
    await flow.dryRun();
    api.answerDeletion = (request) =>
      api.deletions.length === 2 ? isActiveWarnings(request) : api.remove(request);
    await flow.delete();
    assert.equal(flow.settled.length, 2);
    flow.acceptAll('is_active', true);
    api.answerDryRun = isActiveWarnings;
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.equal(flow.summary?.reported?.manifestDeletes, 3);
    assert.deepEqual(
      api.deletions.map(({ ignoredWarnings }) => ignoredWarnings.length),
      [0, 0, 1],
    );
  });

  it('stops at a lost reply, sends it never again and lets the new listing decide', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = (request) => {
      api.remove(request);
      throw networkError();
    };
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['deleted'],
    );
    assert.equal(flow.review.counts.images, 2);
    assert.equal(flow.canDelete, false, 'what is left has to be checked again');
    assert.equal(flow.canRepeatDryRun, true);
  });

  it('calls what cannot be listed afterwards unconfirmed', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.listImages = () => Promise.reject(networkError());
    await flow.delete();
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['unconfirmed', 'unconfirmed', 'unconfirmed'],
    );
  });

  it('gives up the listing after a deletion when cancelled, and calls its images unconfirmed', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.listImages = (_repository, _query, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(networkError());
        });
        flow.cancel();
      });
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['unconfirmed', 'unconfirmed', 'unconfirmed']);
  });

  it('finds out what became of the images though nobody looks any more', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = (request) => {
      flow.close();
      return api.remove(request);
    };
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['deleted', 'deleted', 'deleted']);
  });

  it('does not believe a list that has fewer images than the summary counts', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = () => ({ kind: 'completed', metrics: { ...nothingRemoved, manifestDeletes: 3 } });
    api.listImages = () => Promise.resolve({ count: 0, images: [], hasNext: false });
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['unconfirmed', 'unconfirmed', 'unconfirmed']);
  });

  it('does not believe a success that removed nothing', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = () => ({ kind: 'completed', metrics: { ...nothingRemoved, manifestDeletes: 3 } });
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['failed', 'failed', 'failed']);
    assert.deepEqual([flow.phase, flow.review.counts.unchecked], ['reviewing', 3], 'may be tried again');
    assert.equal(flow.summary?.images.failed, 3);
  });

  it('stops after a request that reports errors', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = () => ({ kind: 'completed', metrics: { ...nothingRemoved, manifestErrors: 1 } });
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(flow.summary?.images, { ...noOutcomes(), failed: 1, notSent: 2 });
  });

  it('gives up a dry run when cancelled, and can repeat it', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = (_request, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new HubError('cancelled', { method: 'POST', path: '/' }));
        });
      });
    const dryRun = flow.dryRun();
    assert.equal(flow.canCancel, true);
    flow.cancel();
    await dryRun;
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.lastEvent.kind, 'checkCancelled');
    assert.equal(flow.canRepeatDryRun, true);
  });

  it('waits for the deletion under way when cancelled, and sends no other', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = (request) => {
      flow.cancel();
      return api.remove(request);
    };
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.equal(flow.lastEvent.kind, 'stopped');
    assert.equal(flow.review.counts.images, 2);
  });

  it('counts images of which no answer came, though the others are done', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = (request) => {
      const [first, ...others] = request.digests;
      assert.ok(first);
      const answer = api.remove({ ...request, digests: others });
      assert.equal(answer.kind, 'completed');
      return {
        ...answer,
        results: new Map([[first, 'lost'], ...others.map((each) => [each, 'removed'] as const)]),
      };
    };
    await flow.delete();
    assert.deepEqual(flow.lastEvent, { kind: 'stopped', unanswered: 1 });
    assert.equal(flow.review.counts.images, 1);
  });

  it('calls images not sent whose request was withdrawn before it left', async () => {
    const { api, flow, journal } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = (request) => {
      if (api.deletions.length === 2) {
        throw new HubError('cancelled', { method: 'POST', path: '/', neverSent: true });
      }
      return api.remove(request);
    };
    await flow.delete();
    assert.deepEqual([...flow.lastOutcomes.values()], ['deleted', 'notSent', 'notSent']);
    assert.equal(flow.lastEvent.kind, 'stopped');
    const answers = journal.records.flatMap((record) =>
      record.type === 'answer' ? [record.answer.kind] : [],
    );
    assert.deepEqual(answers, ['completed', 'withdrawn']);
    assert.equal(journal.records.at(-1)?.type, 'finished');
  });

  it('refuses to delete after a dry run that failed midway', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    api.answerDryRun = () => {
      if (api.dryRuns.length === 2) {
        throw networkError();
      }
      return { kind: 'completed', metrics: nothingRemoved };
    };
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    await flow.delete();
    assert.equal(api.deletions.length, 0);
  });
});

describe('a dry run that was not completed', () => {
  /** Of three requests the last fails. */
  function brokenOff() {
    const made = setUp(three, { batchSize: 1 });
    made.api.answerDryRun = () => {
      if (made.api.dryRuns.length === 3) {
        throw networkError();
      }
      return { kind: 'completed', metrics: nothingRemoved };
    };
    return made;
  }
  const asked = ({ dryRuns }: FakeImageApi, since: number) =>
    dryRuns.slice(since).flatMap(({ digests }) => digests);

  it('is continued with the images that have no answer, and with no other', async () => {
    const { api, flow } = brokenOff();
    await flow.dryRun();
    assert.equal(flow.canContinueDryRun, true);
    assert.equal(flow.leftToCheck, 1);
    await flow.continueDryRun();
    assert.deepEqual(asked(api, 3), [three[2]?.image.digest]);
    assert.equal(flow.lastEvent.kind, 'checked');
    assert.equal(flow.canDelete, true);
    assert.equal(flow.canContinueDryRun, false);
  });

  it('is asked about from the beginning when it is repeated', async () => {
    const { api, flow } = brokenOff();
    await flow.dryRun();
    await flow.dryRun();
    assert.equal(asked(api, 3).length, 3);
  });

  it('takes over no answer that is too old', async () => {
    const { api, clock, flow, waits } = brokenOff();
    await flow.dryRun();
    clock.now = new Date(clock.now.getTime() + staleAfterMs - 1);
    assert.equal(flow.leftToCheck, 1);
    clock.now = new Date(clock.now.getTime() + 1);
    assert.equal(flow.leftToCheck, 3);
    assert.equal(flow.canContinueDryRun, false);
    await flow.continueDryRun();
    assert.equal(api.dryRuns.length, 3);
    waits.at(-1)?.end();
    await new Promise(setImmediate);
    assert.equal(flow.phase, 'failed', 'nobody asked for another');
  });

  it('takes over the answers that are young enough', async () => {
    const { api, clock, flow } = setUp(three, { batchSize: 1 });
    const start = clock.now.getTime();
    const passTo = (ms: number): void => {
      clock.now = new Date(start + ms);
    };
    api.answerDryRun = async () => {
      const number = api.dryRuns.length;
      await new Promise(setImmediate);
      passTo(number * 60_000);
      if (number === 3) {
        throw networkError();
      }
      return { kind: 'completed', metrics: nothingRemoved };
    };
    const dryRun = api.dryRun.bind(api);
    let last: Promise<unknown> = Promise.resolve();
    api.dryRun = (...args) => {
      const answer = last.then(() => dryRun(...args));
      last = answer.catch(() => undefined);
      return answer;
    };
    await flow.dryRun();
    passTo(staleAfterMs + 60_000);
    assert.equal(flow.leftToCheck, 2);
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    await flow.continueDryRun();
    assert.deepEqual(asked(api, 3), [first.image.digest, three[2]?.image.digest]);
  });

  it('asks about every image once more where what was taken over has grown old meanwhile', async () => {
    const { api, clock, flow } = brokenOff();
    await flow.dryRun();
    clock.now = new Date(clock.now.getTime() + staleAfterMs - 1);
    api.answerDryRun = () => {
      if (api.dryRuns.length === 4) {
        clock.now = new Date(clock.now.getTime() + 1);
      }
      return { kind: 'completed', metrics: nothingRemoved };
    };
    await flow.continueDryRun();
    assert.equal(asked(api, 3).length, 1 + 3);
    assert.equal(flow.phase, 'reviewing');
  });

  it('counts the age of the review from the oldest answer that was taken over', async () => {
    const { clock, flow, waits } = brokenOff();
    await flow.dryRun();
    clock.now = new Date(clock.now.getTime() + 60_000);
    await flow.continueDryRun();
    assert.equal(waits.at(-1)?.ms, staleAfterMs - 60_000);
    await flow.dryRun();
    assert.equal(waits.at(-1)?.ms, staleAfterMs);
  });

  it('finds out anew what falls, though every image had its answer', async () => {
    const former = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });
    const tagged = plannedImage('acme/api', 'tagged', { tags: [{ name: 'latest', isCurrent: true }] });
    const { api, flow } = setUp([tagged]);
    api.images.push(former);
    api.answerDryRun = latestWarnings;
    const list = api.listImages.bind(api);
    api.listImages = () => Promise.reject(networkError());
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.leftToCheck, 0);
    assert.equal(flow.canDelete, false);
    api.listImages = list;
    await flow.continueDryRun();
    assert.equal(api.dryRuns.length, 1);
    assert.equal(flow.review.counts.collateralImages, 1);
  });

  it('is not continued after the check right before a deletion, which takes over nothing', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDryRun = () => {
      if (api.dryRuns.length === 6) {
        throw networkError();
      }
      return { kind: 'completed', metrics: nothingRemoved };
    };
    await flow.delete();
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.canContinueDryRun, false);
    await flow.continueDryRun();
    assert.equal(api.dryRuns.length, 6);
    await flow.dryRun();
    await flow.delete();
    assert.equal(api.dryRuns.length, 12);
    assert.equal(flow.phase, 'finished');
  });

  it('says when it is completed what is different from what was looked at before', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDryRun = (request) => {
      if (api.dryRuns.length === 6) {
        throw networkError();
      }
      return isActiveWarnings(request);
    };
    await flow.dryRun();
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    await flow.continueDryRun();
    assert.deepEqual(flow.lastEvent, {
      kind: 'changed',
      changes: [first, second].map(({ repository, image }) => ({
        key: imageKey(repository, image.digest),
        kind: 'pulled',
      })),
    });
  });

  it('leaves out images that were removed meanwhile', async () => {
    const { api, flow } = brokenOff();
    await flow.dryRun();
    flow.remove([imageKey(first.repository, first.image.digest)]);
    assert.equal(flow.review.counts.images, 2);
    await flow.continueDryRun();
    assert.equal(asked(api, 3).length, 1);
    assert.equal(flow.canDelete, true);
  });
});
