import assert from 'node:assert/strict';
import type { PlanRecord, RunRecord } from '../../../src/hub/deletion/journal';
import { HubError } from '../../../src/hub/errors';
import type { ImageApi } from '../../../src/hub/imageApi';
import { parseRepositoryRef } from '../../../src/hub/names';
import { findAbandonedRuns } from '../../../src/journal/abandonedRuns';
import { JournalStore } from '../../../src/journal/journalStore';
import { lateCompletionMs } from '../../../src/hub/deletion/lateCompletion';
import { reconcileRun, type ReconcileOptions, repositoriesIn } from '../../../src/journal/reconcileRun';
import { RunHistory } from '../../../src/journal/runHistory';
import type { Writer } from '../../../src/journal/writer';
import { numericSettings } from '../../../src/settingDefinitions';
import { FakeImageApi } from '../../support/fakeImageApi';
import { digestOf, imageOf } from '../../support/images';
import { FakeDisk } from '../../support/journalFiles';
import {
  completedAnswer,
  concat,
  fileOf,
  finished,
  journalImage,
  keyOf,
  outcomesOf,
  planOfImages,
  requestOf,
  runId,
  runIn,
  writer,
} from '../../support/runs';

const seeds = ['one', 'two', 'three'];
const three = planOfImages(seeds.map((seed) => journalImage(seed)));
const name = `${runId}.jsonl`;
const refused: RunRecord = {
  type: 'answer',
  at: '2026-06-01T12:00:01.000Z',
  number: 1,
  answer: { kind: 'refused', warnings: [], blockers: [] },
};

/** Counts its requests. */
class ListingApi extends FakeImageApi {
  listings = 0;
  /** As an API without it says. */
  existing: NonNullable<ImageApi['existing']> = () => Promise.resolve(undefined);

  override listImages(...args: Parameters<FakeImageApi['listImages']>) {
    this.listings += 1;
    return super.listImages(...args);
  }
}

interface World {
  readonly records: readonly RunRecord[];
  readonly plan?: PlanRecord;
  readonly listed?: readonly string[];
  readonly server?: 'hub' | 'sandbox';
  /** Processes that are still there. */
  readonly running?: readonly number[];
  readonly cut?: number;
  /** The last sign of the run is of 12:00. */
  readonly at?: string;
}

function setUp({
  records,
  plan = three,
  listed = [],
  server = 'hub',
  running = [],
  cut = 0,
  at = '12:15',
}: World) {
  const disk = new FakeDisk();
  const bytes = fileOf(plan, records, { server });
  disk.put(name, bytes.slice(0, bytes.length - cut));
  const api = new ListingApi(listed.map((seed) => imageOf(seed)));
  const now = () => new Date(`2026-06-01T${at}:00Z`);
  const underWay = new Set<string>();
  const window = (instance: string) => {
    const self: Writer = { ...writer, pid: 5000, instance };
    const liveness = {
      self,
      now,
      isRunning: (pid: number) => running.includes(pid),
      isUnderWay: (id: string) => underWay.has(id),
    };
    const store = new JournalStore({
      files: disk,
      self,
      now,
      onDidFinish: () => undefined,
      onDidRelease: () => undefined,
    });
    const look = { api, pageSize: 100, origin: plan.origin };
    const { signal } = new AbortController();
    const settle = (options: Partial<ReconcileOptions> = {}) =>
      reconcileRun(runId, { files: disk, store, liveness, look, signal, ...options });
    return { settle, find: () => findAbandonedRuns(new RunHistory(disk), liveness) };
  };
  const read = () => runIn(disk.files.get(name)?.bytes ?? new Uint8Array());
  const outcomes = () => read().images.map(({ outcome }) => outcome);
  return { disk, api, window, read, outcomes, underWay, ...window('second') };
}

describe('taking up an interrupted run', () => {
  it('tells what became of the images that were to fall with others', async () => {
    const deletedAlong = ['former', 'kept'].map((seed) => ({
      key: keyOf(seed),
      formerTags: ['latest'],
      lastPushed: null,
      lastPulled: null,
      status: 'active' as const,
    }));
    const { settle, read } = setUp({
      records: [requestOf(1, 'one')],
      listed: ['kept'],
      plan: planOfImages([journalImage('one', { acceptedCollateral: deletedAlong })]),
    });
    await settle();
    assert.deepEqual(
      read().images.map(({ outcome, collateral }) => [outcome, collateral?.map((image) => image.outcome)]),
      [['deleted', ['gone', 'stayed']]],
    );
  });

  it('leaves collateral as it was recorded whose image is settled', async () => {
    const along = { formerTags: [], lastPushed: null, lastPulled: null, status: 'active' as const };
    const images = ['one', 'two'].map((seed) =>
      journalImage(seed, { acceptedCollateral: [{ ...along, key: keyOf(`part of ${seed}`) }] }),
    );
    const recordedOutcomes = outcomesOf({ one: 'refused', two: 'unconfirmed' });
    const { settle, read, api } = setUp({
      records: [
        requestOf(1, 'one'),
        refused,
        requestOf(2, 'two'),
        {
          ...recordedOutcomes,
          collateral: [
            { key: keyOf('part of one'), outcome: 'stayed' },
            { key: keyOf('part of two'), outcome: 'stayed' },
          ],
        },
      ],
      plan: planOfImages(images),
    });
    const asked: string[] = [];
    api.existing = (_repository, digests) => {
      asked.push(...digests);
      return Promise.resolve(new Map(digests.map((digest) => [digest, false])));
    };
    await settle();
    assert.deepEqual(
      read().images.map(({ outcome, collateral }) => [outcome, collateral?.map((image) => image.outcome)]),
      [
        ['refused', ['stayed']],
        ['deleted', ['gone']],
      ],
    );
    assert.deepEqual(asked, [digestOf('two'), digestOf('part of two')]);
  });

  const cases: readonly [string, readonly RunRecord[], readonly string[], readonly string[]][] = [
    ['before the first request', [], seeds, ['notSent', 'notSent', 'notSent']],
    [
      'before the first request, and others deleted one',
      [],
      ['one', 'two'],
      ['notSent', 'notSent', 'alreadyGone'],
    ],
    [
      'with a request under way that had its effect',
      [requestOf(1, 'one')],
      ['two', 'three'],
      ['deleted', 'notSent', 'notSent'],
    ],
    [
      'with a request under way that had none',
      [requestOf(1, 'one')],
      seeds,
      ['failed', 'notSent', 'notSent'],
    ],
    [
      'after an answer',
      [requestOf(1, 'one'), completedAnswer(1, 1)],
      ['two', 'three'],
      ['deleted', 'notSent', 'notSent'],
    ],
    [
      'after an answer that was not true',
      [requestOf(1, 'one'), completedAnswer(1, 1)],
      seeds,
      ['failed', 'notSent', 'notSent'],
    ],
    ['after a refusal', [requestOf(1, 'one'), refused], seeds, ['refused', 'notSent', 'notSent']],
  ];
  for (const [when, records, listed, expected] of cases) {
    it(`says of each image what became of it, ${when}`, async () => {
      const { settle, outcomes, read } = setUp({ records, listed });
      const settled = await settle();
      assert.deepEqual(outcomes(), expected);
      assert.equal(read().finished?.reason, 'settled');
      assert.deepEqual(settled?.run, read());
    });
  }

  it('lists with the instant of the plan, and sends nothing that deletes', async () => {
    const { settle, api } = setUp({ records: [requestOf(1, 'one')], listed: seeds });
    await settle();
    assert.ok(api.listings > 0);
    assert.deepEqual([api.deletions, api.dryRuns], [[], []]);
  });

  it('leaves what is already settled as it is', async () => {
    const records = [
      requestOf(1, 'one', 'two'),
      outcomesOf({ one: 'deleted', two: 'unconfirmed', three: 'notSent' }),
    ];
    const { settle, outcomes } = setUp({ records, listed: seeds }); // somebody has pushed the first again
    await settle();
    assert.deepEqual(outcomes(), ['deleted', 'failed', 'notSent']);
  });

  it('takes up a run that ends in the middle of a line', async () => {
    const { settle, outcomes, read } = setUp({ records: [requestOf(1, 'one')], listed: seeds, cut: 9 });
    await settle();
    assert.deepEqual(outcomes(), ['notSent', 'notSent', 'notSent']);
    assert.deepEqual([read().state, read().isTorn], ['finished', true]);
  });

  it('keeps the run open where the repository cannot be listed, and says it only once on disk', async () => {
    const { settle, outcomes, read, api, disk } = setUp({ records: [requestOf(1, 'one')] });
    api.listImages = () => Promise.reject(new HubError('server', { method: 'GET', path: '/', status: 503 }));
    const settled = await settle();
    assert.deepEqual(outcomes(), ['unconfirmed', 'notSent', 'notSent']);
    assert.equal(settled?.run.finished, undefined);
    const before = disk.files.get(name)?.bytes.length;
    await settle();
    assert.equal(disk.files.get(name)?.bytes.length, before);
    assert.equal(read().state, 'unfinished');
  });

  it('says that something was not listed, where only one of its repositories was', async () => {
    const plan = planOfImages([journalImage('one'), journalImage('two', { key: keyOf('two', 'acme/web') })]);
    const { settle, api } = setUp({ plan, records: [requestOf(1, 'one')], listed: ['one', 'two'] });
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) =>
      args[0].name === 'web'
        ? Promise.reject(new HubError('server', { method: 'GET', path: '/', status: 503 }))
        : listImages(...args);
    assert.equal((await settle())?.isUnlisted, true);
  });

  it('records only its end where every outcome was known', async () => {
    const known = [requestOf(1, 'one'), completedAnswer(1, 1), outcomesOf({ one: 'deleted' })];
    const { settle, read, disk } = setUp({ plan: planOfImages([journalImage('one')]), records: known });
    const before = disk.text.split('\n').length;
    await settle();
    assert.equal(read().finished?.reason, 'settled');
    const added = disk.text.split('\n').slice(before - 1);
    assert.equal(added.filter((line) => line.includes('"outcomes"')).length, 0);
  });

  it('settles an image of which it is not known what was to fall with it', async () => {
    const plan = planOfImages([journalImage('one', { acceptedCollateral: null })]);
    const { settle, outcomes } = setUp({ plan, records: [requestOf(1, 'one')], listed: ['one'] });
    await settle();
    assert.deepEqual(outcomes(), ['failed']);
  });

  it('records that an image is gone that was to fall with others, and nothing else is new', async () => {
    const former = {
      key: keyOf('former'),
      formerTags: [],
      lastPushed: null,
      lastPulled: null,
      status: 'inactive' as const,
    };
    const known: RunRecord = {
      ...outcomesOf({ one: 'unconfirmed' }),
      collateral: [{ key: keyOf('former'), outcome: 'stayed' }],
    };
    const plan = planOfImages([journalImage('one', { acceptedCollateral: [former] })]);
    const { settle, read } = setUp({
      plan,
      records: [requestOf(1, 'one'), known],
      listed: ['one'],
      at: '12:09',
    });
    await settle();
    assert.deepEqual(
      read().images.map(({ outcome, collateral }) => [outcome, collateral?.map((image) => image.outcome)]),
      [['unconfirmed', ['gone']]],
    );
  });

  it('records nothing where it was given up in the middle', async () => {
    const { settle, outcomes, api } = setUp({ records: [requestOf(1, 'one')], listed: seeds });
    const leaving = new AbortController();
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) => {
      leaving.abort();
      return listImages(...args);
    };
    assert.equal(await settle({ signal: leaving.signal }), undefined);
    assert.deepEqual(outcomes(), ['open', 'open', 'open']);
  });

  it('asks no other server than the one of the run', async () => {
    const { settle, api, outcomes } = setUp({ records: [requestOf(1, 'one')] });
    assert.equal(await settle({ look: { api, pageSize: 100, origin: 'https://other.example' } }), undefined);
    assert.equal(api.listings, 0);
    assert.deepEqual(outcomes(), ['open', 'open', 'open']);
  });

  it('ends a run of a sandbox that is gone without asking anybody', async () => {
    const { settle, api, outcomes, read } = setUp({ records: [requestOf(1, 'one')], server: 'sandbox' });
    await settle({ look: 'sandboxGone' });
    assert.equal(api.listings, 0);
    assert.deepEqual(outcomes(), ['unconfirmed', 'notSent', 'notSent']);
    assert.equal(read().finished?.reason, 'sandboxGone');
  });

  it('ends a run that a person does not want to be looked into any more', async () => {
    const { settle, read } = setUp({ records: [requestOf(1, 'one')] });
    await settle({ look: 'givenUp' });
    assert.equal(read().finished?.reason, 'givenUp');
    assert.equal(await settle(), undefined);
  });

  it('leaves alone a run that is over', async () => {
    const { settle, find, api } = setUp({ records: [finished] });
    assert.equal(await settle(), undefined);
    assert.deepEqual(await find(), { runs: [], isMoreExpected: false, unreadable: [] });
    assert.equal(api.listings, 0);
  });

  it('leaves alone a run of a living process, and expects more of it', async () => {
    const { settle, find, api } = setUp({ records: [requestOf(1, 'one')], running: [writer.pid] });
    assert.equal(await settle(), undefined);
    assert.deepEqual(await find(), { runs: [], isMoreExpected: true, unreadable: [] });
    assert.equal(api.listings, 0);
  });

  it('finds a run whose process has gone', async () => {
    const { find, read } = setUp({ records: [requestOf(1, 'one')] });
    const { runs, isMoreExpected } = await find();
    assert.deepEqual(
      runs.map(({ id, run }) => ({ id, run })),
      [{ id: runId, run: read() }],
    );
    assert.equal(isMoreExpected, false);
  });

  it('gives a request that was just under way a moment to have its effect', async () => {
    const { find, disk } = setUp({ records: [requestOf(1, 'one')] });
    const bytes = disk.files.get(name)?.bytes ?? new Uint8Array();
    disk.put(name, bytes, new Date('2026-06-01T12:14:55Z'));
    assert.deepEqual(await find(), { runs: [], isMoreExpected: true, unreadable: [] });
    disk.put(name, bytes, new Date('2026-06-02T12:15:00Z')); // a clock that was a day ahead does not make it wait a day
    assert.equal((await find()).runs.length, 1);
  });

  describe('is looked into without anybody asking', () => {
    const unconfirmed = outcomesOf({ one: 'unconfirmed', two: 'notSent', three: 'notSent' });
    const failed = outcomesOf({ one: 'failed', two: 'notSent', three: 'notSent' });
    const answered = [requestOf(1, 'one'), completedAnswer(1, 1)];
    const cases: readonly [when: string, records: readonly RunRecord[], at: string, isFound: boolean][] = [
      ['at once where nothing was sent', [], '12:00', true],
      ['at once where every request was answered', answered, '12:00', true],
      [
        'at once where every outcome is known',
        [...answered, outcomesOf({ one: 'deleted', two: 'notSent', three: 'notSent' })],
        '12:00',
        true,
      ],
      ['not at once where a request has no answer', [requestOf(1, 'one')], '12:00', false],
      ['soon where a request has no answer', [requestOf(1, 'one')], '12:01', true],
      [
        'soon where one image was listed and another was not',
        [requestOf(1, 'one', 'two'), outcomesOf({ one: 'failed' })],
        '12:01',
        true,
      ],
      ['late where its images were listed', [requestOf(1, 'one'), unconfirmed], '12:09', false],
      ['late where an earlier version has listed its images', [requestOf(1, 'one'), failed], '12:09', false],
    ];
    it('soon where the request of its only image has no answer', async () => {
      const one = planOfImages([journalImage('one')]);
      const records = [requestOf(1, 'one')];
      assert.equal((await setUp({ plan: one, records, at: '12:00' }).find()).runs.length, 0);
      assert.equal((await setUp({ plan: one, records, at: '12:01' }).find()).runs.length, 1);
    });

    it('at once where its only request was answered, though its image could not be listed', async () => {
      const one = planOfImages([journalImage('one')]);
      const records = [...answered, outcomesOf({ one: 'unconfirmed' })];
      assert.equal((await setUp({ plan: one, records, at: '12:00' }).find()).runs.length, 1);
    });

    for (const [when, records, at, isFound] of cases) {
      it(when, async () => {
        const { runs, isMoreExpected } = await setUp({ records, at }).find();
        assert.deepEqual([runs.length, isMoreExpected], [isFound ? 1 : 0, !isFound]);
      });
    }

    it('not where it is over, though something that cannot be read follows', async () => {
      const { find, disk } = setUp({ records: [finished] });
      disk.put(name, concat([fileOf(three, [finished]), new TextEncoder().encode('?')]));
      assert.deepEqual(await find(), { runs: [], isMoreExpected: false, unreadable: [] });
    });
  });

  it('leaves alone a run whose plan cannot be read', async () => {
    const { settle, find, disk } = setUp({ records: [] });
    disk.put(name, '?\n');
    assert.equal(await settle(), undefined);
    assert.deepEqual(await find(), {
      runs: [],
      isMoreExpected: false,
      unreadable: [{ id: runId, unreadable: 'damaged' }],
    });
    assert.deepEqual([...disk.files.keys()], [name]);
  });

  it('is not taken from a silent process on another machine where the time of its file cannot be found out', async () => {
    const { settle, disk } = setUp({ records: [requestOf(1, 'one')], at: '12:15' });
    const elsewhere = { ...writer, host: 'lap' };
    disk.put(
      name,
      fileOf(three, [requestOf(1, 'one')], { writer: elsewhere }),
      new Date('2026-05-01T12:00:00Z'),
    );
    const list = disk.list.bind(disk);
    disk.list = async () => (await list()).filter((file) => file.name !== name);
    assert.equal(await settle(), undefined);
    disk.list = list;
    assert.ok(await settle());
  });

  it('goes by the last sign of the run itself, not of another', async () => {
    const { settle, read, disk } = setUp({ records: [requestOf(1, 'one')], listed: seeds, at: '12:15' });
    const bytes = fileOf(three, [requestOf(1, 'one')]);
    disk.files.clear();
    disk.put('20260601T130000000Z-0a1b2c3d.jsonl', bytes, new Date('2026-06-01T12:00:00Z'));
    disk.put(name, bytes, new Date('2026-06-01T12:14:00Z'));
    await settle();
    assert.equal(read().finished, undefined); // its request may still have an effect
  });

  it('records what became of images that were to fall with others, also where nothing else is new', async () => {
    const accepted = ['former', 'kept', 'gone'].map((seed) => ({
      key: keyOf(seed),
      formerTags: [],
      lastPushed: null,
      lastPulled: null,
      status: 'inactive' as const,
    }));
    const plan = planOfImages([
      journalImage('one', { acceptedCollateral: accepted }),
      journalImage('two', { acceptedCollateral: null }),
    ]);
    const known: RunRecord = {
      type: 'outcomes',
      at: '2026-06-01T12:00:01.000Z',
      outcomes: [
        { key: keyOf('one'), outcome: 'failed' },
        { key: keyOf('two'), outcome: 'notSent' },
      ],
      collateral: [
        { key: keyOf('former'), outcome: 'stayed' },
        { key: keyOf('gone'), outcome: 'gone' },
      ],
    };
    const records = [requestOf(1, 'one'), known];
    const { settle, read, disk } = setUp({ records, plan, listed: ['one', 'kept', 'gone'], at: '12:09' });
    await settle();
    assert.deepEqual(
      read().images.map(({ outcome, collateral }) => [outcome, collateral?.map((image) => image.outcome)]),
      [
        ['unconfirmed', ['gone', 'stayed', 'gone']], // what is gone stays gone, though somebody pushed it again
        ['notSent', undefined],
      ],
    );
    const before = disk.text;
    await settle();
    assert.equal(disk.text, before);
  });

  describe('whose answer was lost', () => {
    const lost: RunRecord = {
      type: 'answer',
      at: '2026-06-01T12:00:01.000Z',
      number: 1,
      answer: { kind: 'lost', reason: 'timeout' },
    };
    const unconfirmed = outcomesOf({ one: 'unconfirmed', two: 'notSent', three: 'notSent' });
    const failed = outcomesOf({ one: 'failed', two: 'notSent', three: 'notSent' });
    for (const [when, records] of [
      ['no answer is recorded', [requestOf(1, 'one')]],
      ['its loss is recorded', [requestOf(1, 'one'), lost]],
      ['its images were listed already', [requestOf(1, 'one'), lost, unconfirmed]],
      ['an earlier version has listed its images', [requestOf(1, 'one'), lost, failed]],
    ] as const) {
      it(`stays open for a while though its images are still listed, where ${when}`, async () => {
        const { settle, outcomes, read } = setUp({ records, listed: seeds, at: '12:09' });
        const settled = await settle();
        assert.deepEqual(outcomes(), ['unconfirmed', 'notSent', 'notSent']);
        assert.deepEqual([settled?.run.finished, read().state], [undefined, 'unfinished']);
        assert.equal(settled?.isUnlisted, false);
      });

      it(`is reported to have had its effect late, where ${when}`, async () => {
        const { settle, outcomes, api, read } = setUp({ records, listed: seeds, at: '12:09' });
        await settle();
        api.images = api.images.filter(({ digest }) => digest !== imageOf('one').digest);
        await settle();
        assert.deepEqual(outcomes(), ['deleted', 'notSent', 'notSent']);
        assert.equal(read().finished?.reason, 'settled');
      });

      it(`is over when a listing after the longest wait has them, where ${when}`, async () => {
        const { settle, outcomes, read } = setUp({ records, listed: seeds, at: '12:10' });
        await settle();
        assert.deepEqual(outcomes(), ['failed', 'notSent', 'notSent']);
        assert.equal(read().finished?.reason, 'settled');
      });
    }

    it('waits as long as the longest time-out that can be set', () => {
      assert.equal(lateCompletionMs, numericSettings.requestTimeoutSeconds.maximum * 1000);
    });

    it('is not listed again by itself before its time has come', async () => {
      const records = [requestOf(1, 'one'), lost, failed];
      assert.deepEqual(await setUp({ records, at: '12:09' }).find(), {
        runs: [],
        isMoreExpected: true,
        unreadable: [],
      });
      assert.equal((await setUp({ records, at: '12:10' }).find()).runs.length, 1);
    });

    it('leaves an image alone whose answer came, though it is still listed', async () => {
      const records = [requestOf(1, 'one'), completedAnswer(1, 1)];
      const { settle, read } = setUp({ records, listed: seeds, at: '12:01' });
      await settle();
      assert.equal(read().finished?.reason, 'settled');
    });
  });

  describe('of this very process', () => {
    const records = [
      requestOf(1, 'one'),
      completedAnswer(1, 1),
      outcomesOf({ one: 'unconfirmed', two: 'notSent', three: 'notSent' }),
    ];
    const instance = writer.instance;

    it('is settled once its deletion has ended', async () => {
      const { window, outcomes, read } = setUp({ records, at: '12:01' });
      assert.ok(await window(instance).settle());
      assert.deepEqual(outcomes(), ['deleted', 'notSent', 'notSent']);
      assert.equal(read().resumedBy[0]?.writer?.instance, instance);
    });

    it('is left alone while its deletion is under way, and nobody waits for it', async () => {
      const { window, underWay, api, disk } = setUp({ records: [requestOf(1, 'one')] });
      underWay.add(runId);
      const before = disk.text;
      assert.equal(await window(instance).settle(), undefined);
      assert.deepEqual(await window(instance).find(), { runs: [], isMoreExpected: false, unreadable: [] });
      assert.deepEqual([api.listings, disk.text], [0, before]);
    });

    it('is left alone where nobody knows whether its deletion is under way', async () => {
      const { disk, api } = setUp({ records });
      const self: Writer = { ...writer, instance };
      const now = () => new Date('2026-06-01T12:15:00Z');
      const store = new JournalStore({
        files: disk,
        self,
        now,
        onDidFinish: () => undefined,
        onDidRelease: () => undefined,
      });
      const look = { api, pageSize: 100, origin: three.origin };
      const { signal } = new AbortController();
      const settled = reconcileRun(runId, { files: disk, store, liveness: { self, now }, look, signal });
      assert.equal(await settled, undefined);
      assert.equal(api.listings, 0);
    });

    it('is not listed again by itself right after its deletion', async () => {
      const early = setUp({ records, at: '12:01' }).window(instance);
      assert.deepEqual(await early.find(), { runs: [], isMoreExpected: true, unreadable: [] });
      assert.equal((await setUp({ records }).window(instance).find()).runs.length, 1);
    });
  });

  it('is done by one window only, where two find the run', async () => {
    const { window, api, read } = setUp({ records: [requestOf(1, 'one')], listed: seeds });
    const results = await Promise.all([
      window('second').settle(),
      window('third').settle(),
      window('fourth').settle(),
    ]);
    assert.equal(results.filter((settled) => settled !== undefined).length, 1);
    assert.equal(api.listings, 1);
    assert.equal(read().resumedBy.length, 1);
  });

  it('releases its lock, also where it fails', async () => {
    const { settle, disk } = setUp({ records: [requestOf(1, 'one')], listed: seeds });
    for (const free of [0, 10, 200]) {
      disk.free = free; // for nothing, for a part of the lock, for no more than the lock
      await assert.rejects(settle(), { code: 'ENOSPC' });
      assert.deepEqual([...disk.files.keys()], [name]);
    }
    disk.free = Infinity;
    assert.ok(await settle());
    assert.deepEqual([...disk.files.keys()], [name]);
  });

  const lock = `${runId}.settling-1`;
  it('waits for a lock whose holder lives or is not known', async () => {
    for (const content of [JSON.stringify({ ...writer, pid: 9 }), '']) {
      const { settle, disk, api } = setUp({ records: [], running: [9] });
      disk.put(lock, content, new Date('2026-06-01T12:04:00Z'));
      assert.equal(await settle(), undefined);
      assert.equal(api.listings, 0);
    }
  });

  it('passes over a lock whose holder has gone, one window only', async () => {
    const { window, disk, api, read } = setUp({ records: [requestOf(1, 'one')], listed: seeds });
    disk.put(lock, JSON.stringify(writer));
    const results = await Promise.all([window('second').settle(), window('third').settle()]);
    assert.equal(results.filter((settled) => settled !== undefined).length, 1);
    assert.equal(api.listings, 1);
    assert.equal(read().state, 'finished');
  });

  it('passes over a lock without a holder that is a day old', async () => {
    const { settle, disk } = setUp({ records: [], listed: seeds });
    disk.put(lock, '', new Date('2026-05-31T12:00:00Z'));
    assert.ok(await settle());
  });
});

describe('the repositories of a run', () => {
  it('are those of its images, each once', () => {
    const keys = [keyOf('one'), keyOf('two', 'acme/web'), keyOf('three')];
    const { images } = runIn(fileOf(planOfImages(keys.map((key) => journalImage('any', { key })))));
    assert.deepEqual(repositoriesIn(images), ['acme/api', 'acme/web'].map(parseRepositoryRef));
  });
});
