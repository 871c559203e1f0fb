import assert from 'node:assert/strict';
import type { RepositoryList } from '../../../src/catalog/serverContents';
import { HubError } from '../../../src/hub/errors';
import type { ImagesSummary, Repository } from '../../../src/hub/model';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { type KnownContents, NamespaceOverview } from '../../../src/namespaceOverview/namespaceOverview';
import {
  countedRepository,
  repositoriesMessage,
  stateMessage,
} from '../../../src/namespaceOverview/namespaceOverviewMessages';
import { isToWebview } from '../../../src/namespaceOverview/protocol';
import { imageOf } from '../../support/images';

const namespace = parseNamespaceName('acme');
const activeFrom = new Date('2026-05-01T00:00:00Z');
const listedAt = new Date('2026-06-01T12:00:00Z');
const summary: ImagesSummary = { activeFrom, total: 5, active: 3, inactive: 2 };
const unreachable = new HubError('network', { method: 'GET', path: '/' });

function listOf(names: readonly string[], facts: Partial<RepositoryList> = {}): RepositoryList {
  return {
    entries: names.map((name) => ({
      repository: { ...parseRepositoryRef(`acme/${name}`), isPrivate: false, storageBytes: 7 },
      isRemovable: false,
    })),
    error: undefined,
    unread: [],
    mayMissPrivate: false,
    ...facts,
  };
}

/** Counts when it is told to. */
class FakeServer {
  list: RepositoryList | undefined = listOf(['a', 'b', 'c', 'd', 'e']);
  readonly known = new Map<string, KnownContents>();
  lists = 0;
  /** Names of the repositories that were to be counted, in order. */
  readonly asked: string[] = [];
  readonly #waiting: ((answer: ImagesSummary | Error) => void)[] = [];

  readonly count = ({ name }: { readonly name: string }): Promise<ImagesSummary> => {
    this.asked.push(name);
    return new Promise((resolve, reject) => {
      this.#waiting.push((answer) => {
        if (answer instanceof Error) {
          reject(answer);
        } else {
          resolve(answer);
        }
      });
    });
  };

  /** Answers so many in the order in which they were asked, and waits until that has had its effect. */
  async answer(number: number, answer: ImagesSummary | Error = summary): Promise<void> {
    this.#waiting.splice(0, number).forEach((settle) => {
      settle(answer);
    });
    await settled();
  }
}

describe('the overview of a namespace', () => {
  let server: FakeServer;
  let overview: NamespaceOverview;
  let listed: number;
  let counted: string[];

  beforeEach(() => {
    server = new FakeServer();
    listed = 0;
    counted = [];
    overview = new NamespaceOverview({
      namespace,
      atOnce: 2,
      list: () => {
        server.lists += 1;
        return Promise.resolve(server.list);
      },
      count: server.count,
      known: ({ name }) => server.known.get(name),
      now: () => listedAt,
      clock: () => 0,
      onDidChange: () => undefined,
      onDidList: () => (listed += 1),
      onDidCount: (name) => counted.push(name),
    });
  });

  afterEach(() => {
    overview.dispose();
  });

  const state = (isListed = true) => {
    const message = stateMessage(overview, { isSandbox: false, isListed, describe: () => 'The reason.' });
    assert.ok(isToWebview(message));
    return message;
  };
  const repository = (name: string): Repository => {
    const found = overview.repositories.get(name);
    assert.ok(found !== undefined);
    return found;
  };
  const countOf = (name: string) => countedRepository(overview, repository(name), () => 'The reason.');

  describe('while it is listed', () => {
    it('says so, and then how many repositories there are', async () => {
      const reading = overview.read();
      assert.deepEqual(
        [state().phase, state().status, state().listedAt],
        ['listing', 'Listing repositories.', null],
      );
      await reading;
      assert.deepEqual(
        [state().phase, state().status, state().listedAt],
        ['ready', '5 repositories were listed.', listedAt.toISOString()],
      );
      assert.equal(listed, 1);
      assert.deepEqual(
        repositoriesMessage(overview).rows.map(({ name, storageBytes }) => [name, storageBytes]),
        ['a', 'b', 'c', 'd', 'e'].map((name) => [name, 7]),
      );
    });

    it('counts nothing before a row is in view', async () => {
      await overview.read();
      assert.deepEqual(server.asked, []);
      assert.deepEqual(countOf('a'), { name: 'a', counts: null, failure: null });
    });

    it('says what it does not know instead of taking it for none', async () => {
      const unknown = { ...parseRepositoryRef('acme/a'), isPrivate: undefined };
      server.list = { ...listOf([]), entries: [{ repository: unknown, isRemovable: true }] };
      await overview.read();
      assert.deepEqual(repositoriesMessage(overview).rows, [
        { name: 'a', isPrivate: null, storageBytes: null, lastPushed: null, pulls: null },
      ]);
    });

    it('says why it failed, and keeps what is known', async () => {
      server.list = listOf(['a'], { error: unreachable });
      await overview.read();
      assert.equal(state().phase, 'failed');
      assert.equal(state().status, 'The repositories could not be listed.');
      assert.deepEqual(state().notices, [{ severity: 'error', text: 'The reason.' }]);
      assert.equal(repositoriesMessage(overview).rows.length, 1);
    });

    it('takes a server that lists no repositories for no failure', async () => {
      server.list = listOf(['a'], { error: new HubError('gone', { method: 'GET', path: '/', status: 404 }) });
      await overview.read();
      assert.equal(state().phase, 'ready');
      assert.deepEqual(
        state().notices.map(({ severity }) => severity),
        ['info'],
      );
    });

    it('says what may be missing', async () => {
      const part = { position: 0, reason: 'x' };
      server.list = listOf(['a'], { unread: [{ ...part, count: 2 }], mayMissPrivate: true });
      await overview.read();
      assert.match(state().notices[0]?.text ?? '', /^2 repositories could not be read/);
      assert.match(state().notices[1]?.text ?? '', /^Private repositories may be missing/);
      server.list = listOf(['a'], { unread: [{ ...part, count: undefined }] });
      await overview.read();
      assert.match(state(false).notices[0]?.text ?? '', /^Only the repositories that you added/);
      assert.match(state(false).notices[1]?.text ?? '', /^Some repositories could not be read/);
    });

    it('lists once more if that was asked for meanwhile, and no more often', async () => {
      const reading = overview.read();
      await Promise.all([overview.read(), overview.read()]);
      await reading;
      assert.equal(server.lists, 2);
    });
  });

  describe('of which rows are in view', () => {
    beforeEach(() => overview.read());

    it('counts those, so many at a time, and each once', async () => {
      overview.show(['b', 'a', 'c']);
      await settled();
      assert.deepEqual(server.asked, ['b', 'a']);
      await server.answer(2);
      assert.deepEqual(server.asked, ['b', 'a', 'c']);
      await server.answer(1);
      overview.show(['a', 'b', 'c']);
      await settled();
      assert.deepEqual(server.asked, ['b', 'a', 'c']);
      assert.deepEqual(counted, ['b', 'a', 'c']);
      assert.deepEqual(countOf('a'), {
        name: 'a',
        failure: null,
        counts: {
          total: 5,
          active: 3,
          inactive: 2,
          unknown: null,
          undetermined: 0,
          unread: 0,
          untagged: null,
          lastPulled: null,
        },
      });
    });

    it('counts none that has left the view before its turn', async () => {
      overview.show(['a', 'b', 'c']);
      await settled();
      overview.show(['d']);
      await server.answer(2);
      assert.deepEqual(server.asked, ['a', 'b', 'd']);
    });

    it('ignores names that are not listed', async () => {
      overview.show(['x', 'a']);
      await settled();
      assert.deepEqual(server.asked, ['a']);
    });

    it('says why one could not be counted, and tries again only when asked to', async () => {
      overview.show(['a']);
      await settled();
      await server.answer(1, unreachable);
      assert.deepEqual(countOf('a'), { name: 'a', counts: null, failure: 'The reason.' });
      overview.show(['b', 'a']);
      await settled();
      assert.deepEqual(server.asked, ['a', 'b']);
      overview.follow({ kind: 'failuresCleared' });
      await server.answer(1);
      assert.deepEqual(server.asked, ['a', 'b', 'a']);
    });

    it('takes what the tree has counted already, and asks for nothing', async () => {
      server.known.set('a', { summary, summaryError: undefined, isSummaryFresh: true, inventory: undefined });
      server.known.set('b', {
        summary,
        summaryError: undefined,
        isSummaryFresh: false,
        inventory: undefined,
      });
      await overview.read();
      overview.show(['a', 'b']);
      await settled();
      assert.deepEqual(server.asked, ['b']);
      assert.equal(countOf('a').counts?.total, 5);
    });

    it('knows untagged images and the last pull where every image was read', () => {
      const images = [
        imageOf('x', {
          lastPulled: new Date('2026-05-03T00:00:00Z'),
          tags: [{ name: 't', isCurrent: true }],
        }),
        imageOf('y', {
          lastPulled: new Date('2026-05-02T00:00:00Z'),
          tags: [{ name: 't', isCurrent: false }],
        }),
      ];
      const inventory = { repository: parseRepositoryRef('acme/a'), activeFrom, images };
      server.known.set('a', { summary, summaryError: undefined, isSummaryFresh: true, inventory });
      overview.follow({ kind: 'repositoryChanged', repository: parseRepositoryRef('acme/a') });
      assert.equal(countOf('a').counts?.untagged, 1);
      assert.equal(countOf('a').counts?.lastPulled, '2026-05-03T00:00:00.000Z');
    });

    it('does not know the last pull where one image may have been pulled later', () => {
      const images = [
        imageOf('x', { lastPulled: new Date('2026-05-03T00:00:00Z') }),
        imageOf('y', { arePullsUnknown: true }),
      ];
      const inventory = { repository: parseRepositoryRef('acme/a'), activeFrom, images };
      server.known.set('a', { summary, summaryError: undefined, isSummaryFresh: true, inventory });
      overview.follow({ kind: 'repositoryChanged', repository: parseRepositoryRef('acme/a') });
      assert.equal(countOf('a').counts?.lastPulled, null);
    });
  });

  describe('of which all repositories are counted', () => {
    beforeEach(() => overview.read());

    it('says how far that is, and asks for none that is counted', async () => {
      overview.show(['c']);
      await settled();
      await server.answer(1);
      assert.deepEqual(
        overview.uncounted.map(({ name }) => String(name)),
        ['a', 'b', 'd', 'e'],
      );
      const counting = overview.countAll();
      await settled();
      assert.deepEqual(state().progress, { done: 0, total: 4, pace: null });
      assert.equal(state().status, 'Counting the images of all repositories.');
      await server.answer(2);
      assert.equal(state().progress?.done, 2);
      await server.answer(2);
      await counting;
      assert.deepEqual(server.asked, ['c', 'a', 'b', 'd', 'e']);
      assert.equal(state().progress, null);
      assert.equal(state().status, 'Counted the images of all repositories.');
      assert.deepEqual(overview.uncounted, []);
    });

    it('says how many could not be counted', async () => {
      const counting = overview.countAll();
      await settled();
      await server.answer(2, unreachable);
      await server.answer(2);
      await server.answer(1);
      await counting;
      assert.equal(state().status, 'The images of 2 repositories could not be counted.');
    });

    it('can be cancelled, and goes on where it stopped', async () => {
      const counting = overview.countAll();
      await settled();
      overview.cancel();
      await server.answer(2);
      await counting;
      assert.deepEqual(server.asked, ['a', 'b']);
      assert.equal(state().status, 'Counting was canceled. To continue, select Count All.');
      void overview.countAll();
      await settled();
      assert.deepEqual(server.asked, ['a', 'b', 'c', 'd']);
      assert.deepEqual(state().progress, { done: 0, total: 3, pace: null });
    });

    it('counts first what comes into view', async () => {
      void overview.countAll();
      await settled();
      overview.show(['e']);
      await server.answer(1);
      assert.deepEqual(server.asked, ['a', 'b', 'e']);
    });

    it('waits for what was in view and is being counted', async () => {
      overview.show(['a']);
      await settled();
      const counting = overview.countAll();
      await settled();
      for (let answered = 0; answered < 5; answered += 1) {
        await server.answer(1);
      }
      await counting;
      assert.deepEqual(server.asked, ['a', 'b', 'c', 'd', 'e']);
      assert.deepEqual(overview.uncounted, []);
    });

    it('ends without a claim to be complete when everything is read again meanwhile', async () => {
      const counting = overview.countAll();
      await settled();
      overview.refresh();
      await server.answer(2);
      await counting;
      assert.equal(state().status, 'Counting was canceled. To continue, select Count All.');
      assert.equal(state().uncounted, 5);
    });

    it('is under way once at most', async () => {
      void overview.countAll();
      await overview.countAll();
      assert.equal(overview.progress?.total, 5);
    });
  });

  describe('that changes elsewhere', () => {
    beforeEach(async () => {
      await overview.read();
      overview.show(['a', 'b']);
      await settled();
      await server.answer(2);
    });

    it('counts what is in view again after a refresh, and shows what was known until then', async () => {
      server.list = listOf(['a', 'b', 'z']);
      overview.refresh();
      await settled();
      assert.deepEqual(server.asked.slice(2), ['a', 'b']);
      assert.equal(countOf('a').counts?.total, 5);
      assert.ok(overview.repositories.has('z'));
      await server.answer(2, { ...summary, total: 9 });
      assert.equal(countOf('a').counts?.total, 9);
    });

    it('no longer knows the counts that are not in view after a refresh, and offers to count them', async () => {
      overview.show(['b']);
      overview.refresh();
      await settled();
      assert.equal(countOf('a').counts, null);
      assert.equal(countOf('b').counts?.total, 5);
      await server.answer(1);
      assert.equal(state().uncounted, 4);
    });

    it('asks for nothing after its server or account was left, whatever is refreshed', async () => {
      overview.show(['a', 'c']);
      overview.leave(true);
      overview.refresh();
      await settled();
      const asked = server.asked.length;
      await server.answer(1);
      overview.show(['d']);
      await settled();
      assert.equal(server.asked.length, asked);
    });

    it('takes no counts that were asked for before the refresh', async () => {
      overview.show(['c']);
      await settled();
      overview.refresh();
      await server.answer(1, { ...summary, total: 9 });
      assert.equal(countOf('c').counts, null);
    });

    it('counts again against another activity window', async () => {
      overview.follow({ kind: 'windowChanged' });
      await settled();
      assert.deepEqual(server.asked.slice(2), ['a', 'b']);
      assert.equal(server.lists, 1);
    });

    it('takes the counts that the tree has read after a deletion', () => {
      const fewer = { ...summary, total: 1 };
      server.known.set('a', {
        summary: fewer,
        summaryError: undefined,
        isSummaryFresh: true,
        inventory: undefined,
      });
      overview.follow({ kind: 'repositoryChanged', repository: parseRepositoryRef('acme/a') });
      overview.follow({ kind: 'repositoryChanged', repository: parseRepositoryRef('other/b') });
      assert.equal(countOf('a').counts?.total, 1);
      assert.equal(countOf('b').counts?.total, 5);
    });

    for (const event of [
      { kind: 'addedChanged' },
      { kind: 'failuresCleared' },
      { kind: 'repositoriesListed', namespace, entries: [] },
    ] as const) {
      it(`is listed again, which costs a request only if it is out of date: ${event.kind}`, async () => {
        overview.follow(event);
        await settled();
        assert.equal(server.lists, 2);
      });
    }

    it('is not listed for the lists of other namespaces', async () => {
      overview.follow({ kind: 'repositoriesListed', namespace: parseNamespaceName('demo'), entries: [] });
      await settled();
      assert.equal(server.lists, 1);
    });
  });

  describe('of another account', () => {
    beforeEach(() => overview.read());

    it('asks for nothing more, and says so', async () => {
      void overview.countAll();
      await settled();
      overview.leave(true);
      overview.show(['c']);
      await overview.countAll();
      await server.answer(2);
      assert.deepEqual(server.asked, ['a', 'b']);
      assert.equal(state().phase, 'left');
      assert.match(state().notices[0]?.text ?? '', /^You have signed out or switched/);
    });

    it('is read anew when it is in use again', async () => {
      overview.leave(true);
      overview.leave(false);
      await settled();
      assert.equal(state().phase, 'ready');
      assert.equal(server.lists, 2);
    });
  });
});

/** Resolves when everything that waits for nothing else has gone on. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
