import assert from 'node:assert/strict';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { parseDigest } from '../../../../src/hub/digest';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { carryOut, deletionsOn, listed, registryImageApi } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const old = new Date('2025-08-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const digest = (seed: string) => parseDigest(digestOf(seed));
const reason = 'tag v1 is immutable';

/** `first` has a tag that may go and one that may not; the others have one that may. */
function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app', { immutableTags: ['v\\d+'] });
  app.push({ digest: digest('first'), tags: ['nightly', 'v1'], at: old });
  app.push({ digest: digest('second'), tags: ['second'], at: old });
  app.push({ digest: digest('third'), tags: ['v3-preview'], at: old });
  return world;
}

describe('immutable tags', () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => start, routes: 'today' }));
  const has = (seed: string) => hub.world.repository('demo/app').get(digest(seed)) !== undefined;

  /** Deletes everything, `first` first. */
  async function removeAll(batchSize: number) {
    const api = registryImageApi(hub, { now: () => start });
    const images = await listed(api, repository, activeFrom);
    const sorted = ['first', 'second', 'third'].flatMap((seed) =>
      images.filter((image) => image.digest === digest(seed)),
    );
    return carryOut(api, repository, sorted, { activeFrom, now: () => start, batchSize });
  }

  for (const batchSize of [25, 1]) {
    it(`stop the deletion, in requests of ${batchSize}`, async () => {
      const { flow } = await removeAll(batchSize);
      assert.deepEqual(flow.settled, []);
      assert.deepEqual(['first', 'second', 'third'].map(has), [true, true, true]);
      assert.deepEqual(
        flow.review.entries.map(({ planned }) => planned.image.digest),
        ['first', 'second', 'third'].map(digest),
      );
      assert.equal(flow.canDelete, false); // it has to be checked again
      assert.deepEqual(deletionsOn(hub), ['nightly', 'v1']);
    });
  }

  it('say why, and which tags are gone all the same', async () => {
    const { flow } = await removeAll(25);
    const key = imageKey(repository, digest('first'));
    assert.deepEqual(flow.lastEvent, {
      kind: 'stopped',
      refusals: [{ key, refusal: { cause: 'tagKept', tag: 'v1', reason, removedTags: ['nightly'] } }],
    });
    assert.deepEqual([...hub.world.repository('demo/app').tags.keys()], ['v1', 'second', 'v3-preview']);
  });

  it('are in the journal, without the words of the server', async () => {
    const { journal } = await removeAll(25);
    const answer = journal.records.find((record) => record.type === 'answer')?.answer;
    const key = imageKey(repository, digest('first'));
    assert.ok(answer?.kind === 'completed');
    assert.deepEqual(answer.refusals, [{ key, cause: 'tagKept', tag: 'v1', removedTags: ['nightly'] }]);
    assert.deepEqual(answer.metrics, { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 1, tagErrors: 1 });
    const outcomes = journal.records.find((record) => record.type === 'outcomes');
    assert.deepEqual(
      outcomes?.outcomes.map(({ outcome }) => outcome),
      ['refused', 'notSent', 'notSent'],
    );
  });

  it('are asked for once, and their image not at all', async () => {
    await removeAll(25);
    const sent = deletionsOn(hub);
    assert.equal(sent.filter((each) => each === 'v1').length, 1);
    assert.ok(!sent.includes(digest('first')));
  });
});
