import assert from 'node:assert/strict';
import { MemoryTokenStore } from '../../../src/auth/memoryTokenStore';
import { exportFormats, exportText } from '../../../src/history/documents/exportFormats';
import { historyText } from '../../../src/history/documents/historyText';
import { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { planDeletion } from '../../../src/hub/deletion/plan';
import { acceptanceKinds } from '../../../src/hub/findings';
import { readInventory } from '../../../src/hub/listing/inventory';
import { ManagementImageApi } from '../../../src/hub/management/managementImageApi';
import { parseRepositoryRef } from '../../../src/hub/names';
import { HubSession } from '../../../src/hub/session/session';
import { parseImageKey } from '../../../src/journal/journalFormat';
import { readRunFile } from '../../../src/journal/journalReader';
import { JournalStore } from '../../../src/journal/journalStore';
import { reconcileRun } from '../../../src/journal/reconcileRun';
import { reconstructRun } from '../../../src/journal/run';
import { type RecordedRun, RunHistory } from '../../../src/journal/runHistory';
import { FakeDisk } from '../../support/journalFiles';
import { createTestClient } from '../../support/hubHttp';
import { writer } from '../../support/runs';
import { withSandbox } from '../../support/sandbox';
import { defaultActiveFrom, now, owner, smallWorld } from '../sandbox/smallWorld';

const repository = parseRepositoryRef('team/app');
const pageSize = 10;

describe('journal of a whole deletion', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => now }));

  const windowOn = (disk: FakeDisk, instance: string) => {
    const self = { ...writer, instance };
    const store = new JournalStore({
      files: disk,
      self,
      now: () => now,
      onDidFinish: () => undefined,
      onDidRelease: () => undefined,
    });
    return { store, liveness: { self, now: () => now, isRunning: () => false } };
  };

  const signIn = async () => {
    const tokens = new MemoryTokenStore();
    const { http } = createTestClient(hub.url, {
      accessToken: async () => (await tokens.get())?.token,
      now: () => now,
    });
    await new HubSession(http, tokens).signIn(owner);
    const { token = '' } = (await tokens.get()) ?? {};
    return { api: new ManagementImageApi(http), origin: http.origin, token };
  };

  /** Deletes all of team/app, one image a request. */
  const deleteAll = async (disk: FakeDisk, onDidBegin: (flow: DeletionFlow) => void = () => undefined) => {
    const { api, origin, token } = await signIn();
    let requested = 0;
    const deleteImages = api.deleteImages.bind(api);
    api.deleteImages = (...args) => {
      requested += 1;
      return deleteImages(...args);
    };
    const inventory = await readInventory(api, repository, { activeFrom: defaultActiveFrom, pageSize });
    const flow = new DeletionFlow({
      plan: planDeletion({
        origin,
        scope: 'chosen',
        activeFrom: defaultActiveFrom,
        images: inventory.images.map((image) => ({ repository, image })),
        inventories: [inventory],
      }),
      api,
      username: owner.username,
      journal: windowOn(disk, 'first').store.journal('hub'),
      locks: new MemoryRepositoryLocks(),
      batchSize: 1,
      pageSize,
      now: () => now,
      delay: () => new Promise(() => undefined),
      confirm: () => Promise.resolve(true),
      onDidChange: () => undefined,
      onDidDelete: () => undefined,
    });
    await flow.dryRun();
    acceptanceKinds.forEach((kind) => {
      flow.acceptAll(kind, true);
    });
    onDidBegin(flow);
    await flow.delete();
    flow.close();
    return { flow, api, origin, token, requested };
  };

  const deletions = () => hub.exchanges.filter(({ requestBody }) => isDeletion(requestBody)).length;
  const isThere = (digest: string) => hub.world.repository('team/app').get(digest) !== undefined;

  const runOn = (disk: FakeDisk): RecordedRun => {
    const [name = '', file] = [...disk.files][0] ?? [];
    const content = readRunFile(file?.bytes ?? new Uint8Array());
    return {
      id: name.replace('.jsonl', '') as RecordedRun['id'],
      file: content,
      run: reconstructRun(content),
    };
  };

  it('states of every image what the flow stated', async () => {
    const disk = new FakeDisk();
    const { flow } = await deleteAll(disk);
    const { run } = runOn(disk);
    assert.deepEqual(
      run?.images.map(({ image, outcome }) => [image.key, outcome]).sort(),
      [...flow.lastOutcomes].sort(),
    );
    assert.equal(run.state, 'finished');
    assert.equal(run.requests.length, deletions());
  });

  it('holds no secret, and neither does anything made of it', async () => {
    const disk = new FakeDisk();
    const { token } = await deleteAll(disk);
    const recorded = runOn(disk);
    const texts = [
      disk.text,
      ...exportFormats.map((format) => exportText(format, [recorded], now)),
      await historyText(new RunHistory(disk).runs(), { folder: '/', now }),
    ];
    for (const text of texts) {
      assert.ok(text.includes(owner.username), 'the run is in it');
      for (const secret of [token, owner.password, 'eyJ', 'JWT ', 'Authorization']) {
        assert.equal(text.includes(secret), false);
      }
    }
  });

  for (const requests of [0, 1, 3]) {
    it(`asks for no deletion that is stopped while it is written down, after ${requests} others`, async () => {
      const disk = new FakeDisk();
      const append = disk.append.bind(disk);
      let appended = 0;
      const { requested } = await deleteAll(disk, (flow) => {
        disk.append = (name) => {
          appended += 1;
          if (appended === 2 * requests + 1) {
            flow.cancel(); // the request before which this is written has not left
          }
          return append(name);
        };
      });
      assert.equal(requested, requests);
      assert.equal(deletions(), requests);
      const { run } = runOn(disk);
      assert.equal(run?.state, 'finished');
      const sent = run.images.filter(({ outcome }) => outcome === 'deleted');
      assert.equal(sent.length, requests);
      assert.ok(run.images.every(({ outcome }) => outcome === 'deleted' || outcome === 'notSent'));
      for (const { image, outcome } of run.images) {
        assert.equal(isThere(parseImageKey(image.key).digest), outcome === 'notSent', image.key);
      }
    });
  }

  const records = 1 + 2 * 4 + 2; // the plan, four requests with their answers, the outcomes, the end
  for (let record = 0; record < records; record += 1) {
    for (const free of [0, 30]) {
      it(`stops the deletion where the disk is full ${free} bytes into record ${record}, and tells later what became of each image`, async () => {
        const disk = new FullDisk(record, free);
        const { flow, api, origin } = await deleteAll(disk);
        assert.equal(flow.lastEvent.kind, 'notWritten');
        // a request leaves only when its own record is whole
        assert.equal(deletions(), Math.min(4, Math.floor(record / 2)));
        if (record === 0) {
          assert.equal(disk.files.size, 0);
          return;
        }
        disk.makeRoom();
        const { id } = runOn(disk);
        const look = { api, origin, pageSize };
        const { signal } = new AbortController();
        await reconcileRun(id, { ...windowOn(disk, 'second'), files: disk, look, signal });
        const { run } = runOn(disk);
        assert.equal(run?.state, 'finished');
        for (const { image, outcome } of run.images) {
          const isGone = outcome === 'deleted' || outcome === 'alreadyGone';
          assert.equal(isGone, !isThere(parseImageKey(image.key).digest), `${image.key} ${outcome}`);
        }
      });
    }
  }
});

/** Has room for so many lines and a part of the next. */
class FullDisk extends FakeDisk {
  #lines: number;
  readonly #part: number;

  constructor(lines: number, part: number) {
    super();
    this.#lines = lines;
    this.#part = part;
  }

  makeRoom(): void {
    this.#lines = Infinity;
    this.free = Infinity;
  }

  override create(name: string) {
    this.#count();
    return super.create(name);
  }

  override append(name: string) {
    this.#count();
    return super.append(name);
  }

  #count(): void {
    if (this.#lines === 0) {
      this.free = this.#part;
    }
    this.#lines -= 1;
  }
}

function isDeletion(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'dry_run' in body && body.dry_run === false;
}
