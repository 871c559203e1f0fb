import assert from 'node:assert/strict';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import type { PlanFacts } from '../../../../src/hub/deletion/plan';
import { Protection } from '../../../../src/hub/deletion/protection';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { acceptanceKinds } from '../../../../src/hub/findings';
import type { Inventory } from '../../../../src/hub/listing/inventory';
import type { Image } from '../../../../src/hub/model';
import { FakeImageApi, nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';
import { MemoryJournal } from '../../../support/memoryJournal';

const now = new Date('2026-06-01T00:00:00Z');
const old = plannedImage('acme/api', 'old');
const tagged = plannedImage('acme/api', 'tagged', { tags: [{ name: '1.1', isCurrent: true }] });
const former = imageOf('former', { tags: [{ name: '1.1', isCurrent: false }] });
const pulled: Partial<Image> = { status: 'active', lastPulled: new Date('2026-05-31T00:00:00Z') };

/** What a test does while the flow waits for something of the world. */
interface Moments {
  onConfirm?: () => void;
  onDryRun?: () => void;
  onDelay?: () => void;
}

function setUp(images: readonly PlannedImage[], facts: Partial<PlanFacts> = {}) {
  const api = new FakeImageApi(images.map(({ image }) => image));
  let lists = 0;
  const listImages = api.listImages.bind(api);
  api.listImages = (...args) => {
    lists += 1;
    return listImages(...args);
  };
  const moments: Moments = {};
  /** Tells of current tags what a Hub tells. */
  api.answerDryRun = ({ repository, digests }) => {
    moments.onDryRun?.();
    const warnings = api.images
      .filter(({ digest }) => digests.includes(digest))
      .flatMap(({ digest, tags }) => {
        const names = tags.filter(({ isCurrent }) => isCurrent).map(({ name }) => name);
        const of = { repository: repository.name, digest };
        return names.length > 0 ? [{ ...of, warning: 'current_tag' as const, tags: names }] : [];
      });
    return warnings.length > 0 ? refusal({ warnings }) : { kind: 'completed', metrics: nothingRemoved };
  };
  const journal = new MemoryJournal();
  const flow = new DeletionFlow({
    plan: planOf(images, facts),
    api,
    username: 'demo',
    journal,
    locks: new MemoryRepositoryLocks(),
    now: () => now,
    delay: () => {
      moments.onDelay?.();
      return new Promise(() => undefined);
    },
    batchSize: 25,
    pageSize: 100,
    confirm: () => {
      moments.onConfirm?.();
      return Promise.resolve(true);
    },
    onDidChange: () => undefined,
    onDidDelete: () => undefined,
  });
  const review = async () => {
    await flow.dryRun();
    acceptanceKinds.forEach((kind) => {
      flow.acceptAll(kind, true);
    });
    assert.equal(flow.canDelete, true);
  };
  return { api, flow, journal, moments, review, lists: () => lists };
}

/** The list that a plan was made from a moment ago. */
function listOf({ repository }: PlannedImage, ...images: readonly Image[]): Inventory {
  return { repository, activeFrom: new Date('2026-01-01T00:00:00Z'), images, readAt: now };
}

const inactive = (...images: readonly PlannedImage[]): Partial<PlanFacts> => ({
  scope: 'matching',
  criteria: { status: 'inactive' },
  inventories: [listOf(old, ...images.map(({ image }) => image))],
});

describe('the check right before a deletion', () => {
  it('lists every repository of a plan by criteria anew, though the first used the list of the plan', async () => {
    const { api, flow, review, lists } = setUp([old], inactive(old));
    await review();
    assert.equal(lists(), 0);
    const listsAtDeletion: number[] = [];
    api.answerDeletion = (request) => {
      listsAtDeletion.push(lists());
      return api.remove(request);
    };
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.deepEqual(listsAtDeletion, [1]);
  });

  it('finds in it what does not match any more, of which the dry run says nothing', async () => {
    const { api, flow, review, journal } = setUp([old], inactive(old));
    await review();
    api.images = [{ ...old.image, ...pulled }];
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.deepEqual(journal.types, []);
    assert.deepEqual(flow.lastEvent, {
      kind: 'changed',
      changes: [{ key: imageKey(old.repository, old.image.digest), kind: 'blocked' }],
    });
    assert.deepEqual(
      flow.review.entries.flatMap(({ blockers }) => blockers.map(({ error }) => error)),
      ['noLongerMatches'],
    );
  });

  it('finds what goes along by now, though the list of the plan is younger than a minute', async () => {
    const { api, flow, review, lists } = setUp([tagged], { inventories: [listOf(tagged, tagged.image)] });
    await review();
    assert.equal(lists(), 0);
    api.images = [tagged.image, former];
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.lastEvent.kind, 'changed');
    assert.equal(flow.review.counts.collateralImages, 1);
  });

  it('blocks what has been protected while the review or the last question was open', async () => {
    for (const isWhileAsking of [false, true]) {
      let patterns: readonly string[] = [];
      const { api, flow, moments, review } = setUp([tagged], {
        protectionInForce: () => new Protection(patterns),
      });
      await review();
      const protect = () => {
        patterns = ['acme/api:1.*'];
      };
      if (isWhileAsking) {
        moments.onConfirm = protect;
      } else {
        protect();
      }
      await flow.delete();
      assert.equal(api.deletions.length, 0);
      assert.equal(flow.canDelete, false);
      assert.equal(flow.review.entries[0]?.blockers[0]?.error, 'protected');
    }
  });

  it('deletes nothing where it is not known what is protected', async () => {
    let isKnown = true;
    const { api, flow, review } = setUp([old], {
      protectionInForce: () => {
        if (!isKnown) {
          throw new RangeError('the setting cannot be read');
        }
        return Protection.none;
      },
    });
    await review();
    isKnown = false;
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.lastEvent.kind, 'checkFailed');
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    isKnown = true;
    await flow.dryRun();
    assert.equal(flow.canDelete, true);
  });
});

describe('a review that is closed', () => {
  it('deletes and checks nothing if that is while the last question is open, though the answer is yes', async () => {
    const { api, flow, journal, moments, review } = setUp([old]);
    await review();
    moments.onConfirm = () => {
      flow.close();
    };
    await flow.delete();
    assert.equal(api.dryRuns.length, 1);
    assert.equal(api.deletions.length, 0);
    assert.deepEqual(journal.types, []);
    assert.equal(flow.lastEvent.kind, 'declined');
  });

  it('deletes nothing if that is during the last check', async () => {
    const { api, flow, journal, moments, review } = setUp([old]);
    await review();
    moments.onDryRun = () => {
      flow.close();
    };
    await flow.delete();
    assert.equal(api.dryRuns.length, 2);
    assert.equal(api.deletions.length, 0);
    assert.deepEqual(journal.types, []);
    assert.equal(flow.lastEvent.kind, 'checkCancelled');
  });

  it('deletes nothing if that is just after the last check has passed', async () => {
    const { api, flow, journal, moments, review } = setUp([old]);
    await review();
    moments.onDelay = () => {
      flow.close(); // the clock of the findings starts when a check has passed
    };
    await flow.delete();
    assert.equal(api.dryRuns.length, 2);
    assert.equal(api.deletions.length, 0);
    assert.deepEqual(journal.types, [], 'not even a run is begun');
  });
});
