import assert from 'node:assert/strict';
import { RepositoryContents } from '../../../src/catalog/repositoryContents';
import { createConnection } from '../../../src/connection/createConnection';
import type { HubConnection } from '../../../src/connection/hubConnection';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { selectImages } from '../../../src/hub/deletion/imageSelection';
import { planDeletion, type PlanFacts } from '../../../src/hub/deletion/plan';
import { acceptanceKinds } from '../../../src/hub/findings';
import type { HubLog } from '../../../src/hub/http/http';
import { readInventory } from '../../../src/hub/listing/inventory';
import type { ImagesSummary } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import { pinActiveFrom, type WindowServices } from '../../../src/planning/activeFrom';
import { shownInventories } from '../../../src/planning/shownInventories';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { connectionOptions } from '../../support/connectionOptions';
import { MemoryJournal } from '../../support/memoryJournal';
import { withSandbox } from '../../support/sandbox';

const now = new Date('2026-03-31T12:00:00Z');
const repository = parseRepositoryRef('demo/app');
const pageSize = 100;
const batchSize = 25;
const inactiveCount = 250;
const pages = 3;

/** 250 inactive images, of which one has a tag, and one that is active. */
function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app');
  for (let number = 0; number < inactiveCount; number += 1) {
    const tags = number === 0 ? ['1.0'] : [];
    app.push({ digest: digestOf(`old ${number}`), tags, at: new Date('2025-10-01T00:00:00Z') });
  }
  app.push({ digest: digestOf('new'), tags: ['latest'], at: new Date('2026-03-30T00:00:00Z') });
  return world;
}

/** Takes the line that the client writes for each answer. */
function logTo(answers: string[]): HubLog {
  const silent = (): void => undefined;
  return { debug: (line) => void answers.push(line), info: silent, warn: silent };
}

describe('requests of an action', () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now }));
  const open: (HubConnection | DeletionFlow)[] = [];

  afterEach(() => {
    open.splice(0).forEach((each) => {
      if (each instanceof DeletionFlow) {
        each.close();
      } else {
        each.dispose();
      }
    });
  });

  /** Somebody who is signed in, with the counts in the tree that the rows in view have brought. */
  async function setUp(imageApi: ImageApiKind, wasShown = true) {
    const answers: string[] = [];
    const connection = createConnection(connectionOptions(hub.url, { imageApi, log: logTo(answers) }));
    open.push(connection);
    const { username, accessTokens } = sandboxAccounts.demo;
    await connection.session.signIn({ username, password: accessTokens[0] });
    const summary: ImagesSummary | undefined = wasShown
      ? await connection.images.getSummary(repository, {})
      : undefined;
    const services: WindowServices = {
      connections: { require: () => connection },
      settings: { activityWindowDays: undefined },
      viewOptions: { get: () => ({ status: undefined, ordering: 'digest', activityWindowDays: undefined }) },
      catalog: { contents: () => ({ summary }) },
      now: () => now,
    };
    await connection.session.bearerToken(); // an access token is exchanged when it is wanted
    const before = answers.length;
    return { connection, services, sent: () => answers.slice(before) };
  }

  function flowOf(connection: HubConnection, facts: Omit<PlanFacts, 'origin'>): DeletionFlow {
    const flow = new DeletionFlow({
      plan: planDeletion({ origin: connection.origin, ...facts }),
      api: connection.images,
      username: 'demo',
      journal: new MemoryJournal(),
      locks: new MemoryRepositoryLocks(),
      batchSize,
      pageSize,
      now: () => now,
      delay: () => new Promise(() => undefined),
      confirm: () => Promise.resolve(true),
      onDidChange: () => undefined,
      onDidDelete: () => undefined,
    });
    open.push(flow);
    return flow;
  }

  /** As the command does, up to the review. */
  async function reviewInactive({ connection, services }: Awaited<ReturnType<typeof setUp>>) {
    const activeFrom = await pinActiveFrom(services, [repository]);
    const criteria = { status: 'inactive' } as const;
    const list = () =>
      readInventory(connection.images, repository, { activeFrom, pageSize, now: services.now });
    const first = await list();
    const digests = first.images.filter(({ status }) => status === 'inactive').map(({ digest }) => digest);
    const needed = await connection.images.neededReading?.(repository, digests);
    await needed?.read({});
    const inventory = needed === undefined ? first : await list();
    const { selected } = selectImages(inventory, criteria, now);
    const images = selected.map((image) => ({ repository, image }));
    assert.equal(images.length, inactiveCount);
    const facts = { activeFrom, images, inventories: [inventory] };
    const flow = flowOf(connection, { scope: 'matching', criteria, ...facts });
    await flow.dryRun();
    assert.equal(flow.lastEvent.kind, 'checked');
    assert.equal(flow.review.counts.acceptances.current_tag.total, 1);
    return flow;
  }

  async function reviewTagged({ connection, services }: Awaited<ReturnType<typeof setUp>>) {
    const activeFrom = await pinActiveFrom(services, [repository]);
    const images = [{ repository, image: await taggedImage(connection) }];
    const flow = flowOf(connection, { scope: 'chosen', activeFrom, images });
    return flow;
  }

  /** Of the tree, where it was chosen. */
  async function taggedImage(connection: HubConnection) {
    const listing = { activeFrom: new Date('2026-02-28T12:00:00Z'), page: 1, pageSize };
    const { images } = await connection.images.listImages(repository, {
      ...listing,
      ordering: '-last_activity',
    });
    const image = images.find(({ tags }) => tags.some(({ name }) => name === 'latest'));
    assert.ok(image);
    return image;
  }

  it('Delete Inactive Images: the pages, the summary and the batches of the dry run', async () => {
    const setting = await setUp('management');
    await reviewInactive(setting);
    assert.equal(setting.sent().length, pages + 1 + inactiveCount / batchSize);
  });

  it('the same where no row has shown the counts: one more for the beginning of the month', async () => {
    const setting = await setUp('management', false);
    await reviewInactive(setting);
    assert.equal(setting.sent().length, 1 + pages + 1 + inactiveCount / batchSize);
  });

  it('its deletion: dry runs and the list once more, the deletions with one look at the newest images before the one that takes a tag, and the list afterwards', async () => {
    const setting = await setUp('management');
    const flow = await reviewInactive(setting);
    acceptanceKinds.forEach((kind) => {
      flow.acceptAll(kind, true);
    });
    const before = setting.sent().length;
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    const batches = inactiveCount / batchSize;
    assert.equal(setting.sent().length - before, batches + (pages + 1) + batches + 1 + 2);
  });

  it('a dry run of one tagged image: one request, and the list for what falls with it', async () => {
    const setting = await setUp('management');
    const flow = await reviewTagged(setting);
    const before = setting.sent().length;
    await flow.dryRun();
    assert.equal(flow.lastEvent.kind, 'checked');
    assert.equal(setting.sent().length - before, 1 + pages + 1);
  });

  it('the same where the tree has shown every image on one page within the last minute: the dry run alone', async () => {
    const most = Array.from({ length: 200 }, (_, index) => digestOf(`old ${inactiveCount - 1 - index}`));
    hub.world.repository('demo/app').remove(most);
    const setting = await setUp('management');
    const { connection, services } = setting;
    const contents = new RepositoryContents({
      api: connection.images,
      repository,
      query: () => ({ status: undefined, ordering: '-last_activity', activeFrom: undefined, pageSize }),
      now: services.now,
      onDidReadSummary: () => undefined,
      onDidReadImagesAgain: () => undefined,
      onDidReadRest: () => undefined,
    });
    await contents.loadSummary();
    await contents.load();
    const shown = { ...services, catalog: { contents: () => contents } };
    const activeFrom = await pinActiveFrom(shown, [repository]);
    const images = [{ repository, image: await taggedImage(connection) }];
    const before = setting.sent().length;
    const inventories = shownInventories(shown, [repository]);
    const flow = flowOf(connection, { scope: 'chosen', activeFrom, images, inventories });
    await flow.dryRun();
    contents.dispose();
    assert.equal(flow.lastEvent.kind, 'checked');
    assert.equal(setting.sent().length - before, 1);
    acceptanceKinds.forEach((kind) => {
      flow.acceptAll(kind, true);
    });
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    const lists = setting.sent().filter((answer) => /^GET \S*\/images 200 /.test(answer));
    assert.ok(lists.length >= 2 + 2, 'the check before the deletion and the look afterwards list anew');
  });

  it('nothing is taken from the tree once it is a minute old, nor by the registry', () => {
    const inventory = { repository, activeFrom: now, images: [], readAt: new Date(now.getTime() - 60_000) };
    const shown = (imageApi: ImageApiKind, readAt: Date) =>
      shownInventories(
        {
          now: () => now,
          connections: { require: () => ({ imageApiKind: () => imageApi }) },
          catalog: { contents: () => ({ inventory: { ...inventory, readAt } }) },
        },
        [repository],
      ).length;
    assert.equal(shown('management', new Date(now.getTime() - 59_000)), 1);
    assert.equal(shown('management', inventory.readAt), 0);
    assert.equal(shown('registry', now), 0);
  });

  describe('by the registry', () => {
    const lists = pages + 1;
    const isList = (answer: string) => /^GET \S*\/(manifests|tags) 200 /.test(answer);

    it('Delete Inactive Images: both lists before and after a question, and for the check', async () => {
      const setting = await setUp('registry', false);
      await reviewInactive(setting);
      assert.equal(setting.sent().filter(isList).length, 3 * lists);
      // one grant, and the attachments of the one image that stays
      assert.equal(setting.sent().length, 3 * lists + 2);
    });

    it('a dry run of one tagged image: both lists, one grant, and the attachments of the image', async () => {
      const setting = await setUp('registry');
      const flow = await reviewTagged(setting);
      const before = setting.sent().length;
      await flow.dryRun();
      assert.equal(flow.lastEvent.kind, 'checked');
      assert.equal(setting.sent().length - before, lists + 2);
    });

    it('the check right before the deletion reads both lists anew, once', async () => {
      const setting = await setUp('registry');
      const flow = await reviewTagged(setting);
      await flow.dryRun();
      acceptanceKinds.forEach((kind) => {
        flow.acceptAll(kind, true);
      });
      const before = setting.sent().length;
      await flow.delete();
      assert.equal(flow.phase, 'finished');
      const after = setting.sent().slice(before);
      const deletion = after.findIndex((answer) => answer.startsWith('DELETE '));
      assert.ok(deletion > 0);
      assert.equal(after.slice(0, deletion).filter(isList).length, lists);
    });
  });
});

describe('listing', () => {
  const hub = withSandbox(() => {
    const world = new SandboxWorld();
    world.addUser(sandboxAccounts.demo);
    for (let number = 0; number < 2_000; number += 1) {
      world.addRepository(`demo/repository-${String(number).padStart(4, '0')}`);
    }
    for (let number = 0; number < 1_234; number += 1) {
      world.repository('demo/repository-0000').push({ digest: digestOf(`${number}`), at: now });
    }
    return { world, now: () => now };
  });
  let connection: HubConnection;
  let answers: string[];

  beforeEach(async () => {
    answers = [];
    connection = createConnection(
      connectionOptions(hub.url, { imageApi: 'management', log: logTo(answers) }),
    );
    await connection.session.signIn(sandboxAccounts.demo);
  });
  afterEach(() => {
    connection.dispose();
  });

  it('n images takes a request for each hundred, and the summary', async () => {
    const before = answers.length;
    const large = parseRepositoryRef('demo/repository-0000');
    const { images } = await readInventory(connection.images, large, { activeFrom: now, pageSize });
    assert.equal(images.length, 1_234);
    assert.equal(answers.length - before, Math.ceil(1_234 / 100) + 1);
  });

  it('2,000 repositories takes 20 requests', async () => {
    const before = answers.length;
    const { items } = await connection.directory.listRepositories(repository.namespace);
    assert.equal(items.length, 2_000);
    assert.equal(answers.length - before, 20);
  });
});
