import assert from 'node:assert/strict';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import type { DeletionFlowOptions } from '../../../../src/hub/deletion/deletionFlowOptions';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import type { DeletionPlace, RepositoryLocks } from '../../../../src/hub/deletion/repositoryLocks';
import { staleAfterMs } from '../../../../src/hub/deletion/reviewAge';
import type { PlannedImage } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import { formatRepository, parseRepositoryRef } from '../../../../src/hub/names';
import { FakeImageApi, refusal } from '../../../support/fakeImageApi';
import { plannedImage, planOf } from '../../../support/images';
import { MemoryJournal } from '../../../support/memoryJournal';
import { until } from '../../../support/until';

/** Locks that note which repositories are held. */
class WatchedLocks implements RepositoryLocks {
  readonly held: string[] = [];
  readonly #locks = new MemoryRepositoryLocks();
  failure: Error | undefined;
  /** Runs before a lock is taken. */
  before: () => void = () => undefined;

  async acquire(place: DeletionPlace) {
    this.before();
    if (this.failure !== undefined) {
      throw this.failure;
    }
    const result = await this.#locks.acquire(place);
    if (result.kind === 'busy') {
      return result;
    }
    const names = place.repositories.map(formatRepository);
    this.held.push(...names);
    return {
      kind: 'locked' as const,
      release: async () => {
        names.forEach((name) => this.held.splice(this.held.indexOf(name), 1));
        await result.release();
      },
    };
  }
}

function setUp(
  images: readonly PlannedImage[],
  locks: RepositoryLocks,
  options: Partial<DeletionFlowOptions> = {},
) {
  const api = new FakeImageApi(images.map(({ image }) => image));
  const journal = new MemoryJournal();
  const flow = new DeletionFlow({
    plan: planOf(images),
    api,
    username: 'demo',
    journal,
    locks,
    now: () => new Date('2026-06-01T00:00:00Z'),
    delay: () => new Promise(() => undefined),
    batchSize: 25,
    pageSize: 100,
    confirm: () => Promise.resolve(true),
    onDidChange: () => undefined,
    onDidDelete: () => undefined,
    ...options,
  });
  return { api, flow, journal };
}

const images = [plannedImage('acme/api', 'one'), plannedImage('acme/api', 'two')];
const several = [...images, plannedImage('acme/web', 'three')];

describe('two deletions in one repository', () => {
  it('are not under way at the same time: the second sends nothing and says why', async () => {
    const locks = new MemoryRepositoryLocks();
    const first = setUp(several, locks);
    const second = setUp(images, locks);
    await first.flow.dryRun();
    await second.flow.dryRun();
    let answer: () => void = () => undefined;
    first.api.answerDeletion = async (request) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return first.api.remove(request);
    };
    const underWay = first.flow.delete();
    await until(() => first.api.deletions.length === 1);

    const checks = second.api.dryRuns.length;
    await second.flow.delete();
    assert.deepEqual(second.flow.lastEvent, {
      kind: 'busy',
      repository: parseRepositoryRef('acme/api'),
      holder: 'thisWindow',
    });
    assert.equal(second.flow.phase, 'reviewing');
    assert.deepEqual(
      [second.api.dryRuns.length, second.api.deletions.length, second.journal.types.length],
      [checks, 0, 0],
    );

    answer();
    await until(() => first.api.deletions.length === 2);
    answer();
    await underWay;
    assert.equal(first.flow.phase, 'finished');
    assert.equal(second.flow.canDelete, true);
    await second.flow.delete();
    assert.equal(second.flow.phase, 'finished');
  });

  it('may be under way at the same time in different repositories', async () => {
    const locks = new MemoryRepositoryLocks();
    const first = setUp(images, locks);
    const second = setUp([plannedImage('acme/web', 'three')], locks);
    await first.flow.dryRun();
    await second.flow.dryRun();
    first.api.answerDeletion = async (request) => {
      await second.flow.delete();
      return first.api.remove(request);
    };
    await first.flow.delete();
    assert.deepEqual([first.flow.phase, second.flow.phase], ['finished', 'finished']);
  });

  it('says busy, and checks again, where the review went stale while the last question was open', async () => {
    const locks = new MemoryRepositoryLocks();
    const clock = { now: new Date('2026-06-01T00:00:00Z') };
    const ends: (() => void)[] = [];
    const events: string[] = [];
    const { flow, api } = setUp(images, locks, {
      now: () => clock.now,
      delay: () => new Promise<void>((resolve) => ends.push(resolve)),
      confirm: () => {
        clock.now = new Date(clock.now.getTime() + staleAfterMs);
        ends.forEach((end) => {
          end();
        });
        return Promise.resolve(true);
      },
      onDidChange: () => events.push(flow.lastEvent.kind),
    });
    await flow.dryRun();
    await locks.acquire({ origin: planOf(images).origin, repositories: [parseRepositoryRef('acme/api')] });
    await flow.delete();
    assert.ok(events.includes('busy'));
    assert.equal(flow.lastEvent.kind, 'checked');
    assert.equal(api.deletions.length, 0);
  });
});

describe('the locks of a deletion', () => {
  it('are held for every repository from before the last check until all outcomes are known', async () => {
    const locks = new WatchedLocks();
    const { flow, api } = setUp(several, locks);
    await flow.dryRun();
    assert.deepEqual(locks.held, []);
    const heldAt: Record<string, readonly string[]> = {};
    const note = (moment: string) => {
      heldAt[moment] = [...locks.held];
    };
    api.answerDryRun = () => {
      note('check');
      return {
        kind: 'completed',
        metrics: { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 },
      };
    };
    api.answerDeletion = (request) => {
      note('deletion');
      return api.remove(request);
    };
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) => {
      note('listing');
      return listImages(...args);
    };
    await flow.delete();
    const both = ['acme/api', 'acme/web'];
    assert.deepEqual(heldAt, { check: both, deletion: both, listing: both });
    assert.deepEqual(locks.held, []);
    assert.equal(flow.phase, 'finished');
  });

  const paths: Readonly<Record<string, (made: ReturnType<typeof setUp>, locks: WatchedLocks) => string>> = {
    'something changed': ({ api }) => {
      api.answerDryRun = ({ repository, digests }) =>
        refusal({
          warnings: digests.map((digest) => ({ repository: repository.name, digest, warning: 'is_active' })),
        });
      return 'changed';
    },
    'the last check failed': ({ api }) => {
      api.answerDryRun = () => {
        throw new HubError('network', { method: 'POST', path: '/' });
      };
      return 'checkFailed';
    },
    'the last check was cancelled': ({ api, flow }) => {
      api.answerDryRun = () => {
        flow.cancel();
        throw new HubError('cancelled', { method: 'POST', path: '/' });
      };
      return 'checkCancelled';
    },
    'the review was closed during the last check': ({ api, flow }) => {
      api.answerDryRun = () => {
        flow.close();
        throw new HubError('cancelled', { method: 'POST', path: '/' });
      };
      return 'checkCancelled';
    },
    'the plan could not be written': ({ journal }) => {
      journal.failAt = 0;
      return 'notWritten';
    },
    'the first request could not be written': ({ journal }) => {
      journal.failAt = 1;
      return 'notWritten';
    },
    'the outcomes could not be written': ({ journal }) => {
      journal.failAt = 3;
      return 'notWritten';
    },
    'the server refused the request': ({ api }) => {
      api.answerDeletion = () => refusal({});
      return 'refused';
    },
    'the answer was lost': ({ api }) => {
      api.answerDeletion = () => {
        throw new HubError('network', { method: 'POST', path: '/' });
      };
      return 'interrupted';
    },
    'the review was closed during the deletion': ({ api, flow }) => {
      api.answerDeletion = (request) => {
        flow.close();
        return api.remove(request);
      };
      return 'finished';
    },
    'the outcomes could not be listed': ({ api }) => {
      api.listImages = () => Promise.reject(new HubError('network', { method: 'GET', path: '/' }));
      return 'finished';
    },
  };
  for (const [what, arrange] of Object.entries(paths)) {
    it(`are released when ${what}`, async () => {
      const locks = new WatchedLocks();
      const made = setUp(images, locks);
      await made.flow.dryRun();
      let wasHeld = false;
      const kind = arrange(made, locks);
      const { answerDryRun } = made.api;
      made.api.answerDryRun = (...args) => {
        wasHeld = locks.held.length > 0;
        return answerDryRun(...args);
      };
      await made.flow.delete();
      assert.equal(made.flow.lastEvent.kind, kind);
      assert.equal(wasHeld, true);
      assert.deepEqual(locks.held, []);
    });
  }

  it('are released when a caller fails', async () => {
    const locks = new WatchedLocks();
    const { flow } = setUp(images, locks, {
      onDidDelete: () => {
        throw new Error('a fault of the caller');
      },
    });
    await flow.dryRun();
    await assert.rejects(flow.delete(), /a fault of the caller/);
    assert.deepEqual(locks.held, []);
  });

  it('are not taken when the person declines, or closes the review meanwhile', async () => {
    for (const answer of [() => false, (flow: DeletionFlow) => (flow.close(), true)]) {
      const locks = new WatchedLocks();
      const { flow } = setUp(images, locks, { confirm: () => Promise.resolve(answer(flow)) });
      locks.before = () => assert.fail('a lock was taken');
      await flow.dryRun();
      await flow.delete();
      assert.equal(flow.lastEvent.kind, 'declined');
    }
  });

  it('are released at once when the review is closed while they are taken, and nothing is checked', async () => {
    const locks = new WatchedLocks();
    const { flow, api } = setUp(images, locks);
    await flow.dryRun();
    const checks = api.dryRuns.length;
    locks.before = () => {
      flow.close();
    };
    await flow.delete();
    assert.deepEqual([flow.lastEvent.kind, locks.held], ['declined', []]);
    assert.deepEqual([api.dryRuns.length, api.deletions.length], [checks, 0]);
  });

  it('keep the deletion from beginning when they cannot be written', async () => {
    const locks = new WatchedLocks();
    locks.failure = Object.assign(new Error('read-only file system'), { code: 'EROFS' });
    const { flow, api } = setUp(images, locks);
    await flow.dryRun();
    const checks = api.dryRuns.length;
    await flow.delete();
    assert.deepEqual(flow.lastEvent, { kind: 'notWritten', error: locks.failure });
    assert.equal(flow.phase, 'reviewing');
    assert.deepEqual([api.dryRuns.length, api.deletions.length], [checks, 0]);
  });
});
