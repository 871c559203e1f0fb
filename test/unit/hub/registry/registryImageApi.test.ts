import assert from 'node:assert/strict';
import type { ReviewedRequest } from '../../../../src/hub/deletionRequest';
import type { Digest } from '../../../../src/hub/digest';
import { IncompleteInventoryError } from '../../../../src/hub/incompleteInventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { HubError } from '../../../../src/hub/errors';
import { approvedPlan } from '../../../support/approvedPlan';
import { digestOf } from '../../../support/images';
import { type HubImages, ListedHub } from '../../../support/listedHub';
import { rejectsWith } from '../../../support/rejects';
import { hubError } from '../../../support/removalRepository';

const app = parseRepositoryRef('demo/app');
const other = parseRepositoryRef('demo/other');
const activeFrom = new Date('2026-01-01T00:00:00Z');
const oci = 'application/vnd.oci.image.manifest.v1+json';
const two: HubImages = { a: { tags: ['1.0'] }, b: {} };
const whole: HubImages = { whole: { parts: ['p'] }, p: {} };
const firstPage = { page: 1, pageSize: 1, activeFrom };
const routeIsGone = () => ({ status: 404, body: { message: '404: page not found' } });
const request = (...seeds: readonly string[]) => ({
  repository: app,
  activeFrom,
  digests: seeds.map(digestOf),
});
const settle = () => new Promise(setImmediate);

/** Agrees to whatever has to be read about these images. */
async function readNeeded({ api }: ListedHub, ...seeds: readonly string[]): Promise<void> {
  await (await api.neededReading(app, seeds.map(digestOf)))?.read({});
}

/** Everything that a check finds is approved. */
async function approve(
  { api }: ListedHub,
  seeds: readonly string[],
  { repository = app, check }: { readonly repository?: typeof app; readonly check?: symbol } = {},
): Promise<ReviewedRequest> {
  const digests = seeds.map(digestOf);
  const answer = await api.dryRun({ ...request(...seeds), repository }, undefined, check);
  const images = await api.readAtOnce(repository, { activeFrom, check });
  const planned = digests.map((digest) => ({
    repository,
    image: images.find((image) => image.digest === digest) ?? assert.fail('no such image'),
  }));
  const [approved] = approvedPlan(planned, {
    warnings: answer.kind === 'refused' ? answer.warnings : [],
    lists: { [`${repository.namespace}/${repository.name}`]: images },
    plan: { activeFrom },
  }).requests(25);
  return approved ?? assert.fail('no request');
}

const seedsOf = (found: ReadonlyMap<Digest, boolean>, ...seeds: readonly string[]) =>
  Object.fromEntries(seeds.map((seed) => [seed, found.get(digestOf(seed))]));
const existing = ({ api }: ListedHub, ...seeds: readonly string[]) =>
  api.existing(app, seeds.map(digestOf), { activeFrom, pageSize: 100 });

describe('the reading that a listing uses', () => {
  it('is the same for the counts and the first page, in either order', async () => {
    const hub = new ListedHub(two);
    const counts = await hub.api.getSummary(app, { activeFrom });
    assert.deepEqual(counts, { activeFrom, total: 2, active: 0, inactive: 2, unknown: 0 });
    const page = await hub.api.listImages(app, firstPage);
    assert.deepEqual([page.count, page.images.length, page.hasNext], [2, 1, true]);
    assert.equal(hub.readings, 1);
    const second = new ListedHub(two);
    await second.api.listImages(app, firstPage);
    await second.api.getSummary(app, { activeFrom });
    assert.equal(second.readings, 1);
  });

  it('is a new one where the same is asked for again', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    await hub.api.listImages(app, firstPage);
    assert.equal(hub.readings, 2);
    await hub.api.getSummary(app, { activeFrom });
    await hub.api.getSummary(app, { activeFrom });
    assert.equal(hub.readings, 3);
  });

  it('is a new one for the other of both after five seconds', async () => {
    for (const [ms, readings] of [
      [4_999, 1],
      [5_000, 2],
    ] as const) {
      const hub = new ListedHub(two);
      await hub.api.listImages(app, firstPage);
      hub.now += ms;
      await hub.api.getSummary(app, { activeFrom });
      assert.equal(hub.readings, readings);
    }
  });

  it('is shared by all that ask while it is under way', async () => {
    const hub = new ListedHub(two);
    const release = hub.hold('list manifests');
    const counts = [1, 2].map(() => hub.api.getSummary(app, { activeFrom }));
    await settle();
    hub.now += 60_000;
    const page = hub.api.listImages(app, firstPage);
    release();
    assert.deepEqual(
      (await Promise.all(counts)).map(({ total }) => total),
      [2, 2],
    );
    assert.equal((await page).count, 2);
    assert.equal(hub.readings, 1);
  });

  it('is that of each repository', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    await hub.api.getSummary(other, { activeFrom });
    assert.equal(hub.readings, 2);
  });

  it('is the last one for later pages, however old it is', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    hub.images = {};
    hub.now += 3_600_000;
    const page = await hub.api.listImages(app, { ...firstPage, page: 2 });
    assert.deepEqual([page.count, page.images.length, page.hasNext], [2, 1, false]);
    assert.equal(hub.readings, 1);
    await hub.api.getSummary(app, { activeFrom });
    assert.equal(hub.readings, 2, 'and a page is not the counts');
  });

  it('is still that for a first page after a later one', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, { ...firstPage, page: 2 });
    await hub.api.listImages(app, firstPage);
    assert.equal(hub.readings, 1);
  });

  it('is a new one for a later page if there is none, or the last one failed', async () => {
    const hub = new ListedHub(two);
    hub.answers.set('list manifests', () => ({ status: 403 }));
    await rejectsWith('forbidden', hub.api.listImages(app, { ...firstPage, page: 2 }));
    hub.answers.clear();
    assert.equal((await hub.api.listImages(app, { ...firstPage, page: 2 })).count, 2);
    assert.equal(hub.readings, 2);
  });

  it('is a new one for a first page if the last one failed', async () => {
    const hub = new ListedHub(two);
    hub.answers.set('list manifests', () => ({ status: 403 }));
    await rejectsWith('forbidden', hub.api.getSummary(app, { activeFrom }));
    hub.answers.clear();
    assert.equal((await hub.api.listImages(app, firstPage)).count, 2);
  });

  it('goes on as long as anybody waits for it', async () => {
    const hub = new ListedHub(two);
    const release = hub.hold('list manifests');
    const abort = new AbortController();
    const counts = hub.api.getSummary(app, { activeFrom }, abort.signal);
    const page = hub.api.listImages(app, firstPage);
    abort.abort();
    await assert.rejects(counts, { name: 'AbortError' });
    release();
    assert.equal((await page).count, 2);
    assert.equal(hub.readings, 1);
  });

  it('ends where nobody waits any more', async () => {
    const hub = new ListedHub(two);
    hub.hold('list manifests');
    const abort = new AbortController();
    const page = hub.api.listImages(app, firstPage, abort.signal);
    await settle();
    abort.abort();
    await assert.rejects(page, { name: 'AbortError' });
    hub.answers.clear();
    assert.equal((await hub.api.getSummary(app, { activeFrom })).total, 2);
    assert.equal(hub.readings, 2);
  });
});

describe('a listing', () => {
  it('takes a month before the time of the server as the beginning of activity', async () => {
    const hub = new ListedHub({
      a: { pulled: '2026-05-02T00:00:00Z' },
      b: { pulled: '2026-04-30T00:00:00Z' },
    });
    const counts = await hub.api.getSummary(app, {});
    assert.deepEqual([counts.active, counts.inactive], [1, 1]);
    assert.equal(counts.activeFrom.toISOString(), '2026-05-01T00:00:00.000Z');
    const { images } = await hub.api.listImages(app, { page: 1, pageSize: 100 });
    assert.deepEqual(
      images.map(({ status }) => status),
      ['active', 'inactive'],
    );
  });

  it('says what the lists do not show', async () => {
    const hub = new ListedHub(two);
    assert.ok(!('gaps' in (await hub.api.listImages(app, firstPage))));
    hub.answers.set('list manifests', routeIsGone);
    const page = await hub.api.listImages(app, firstPage);
    assert.deepEqual(page.gaps, ['untaggedHidden']);
    assert.ok(!('isPartial' in page));
  });

  it('is complete if the rest arrives within a moment', async () => {
    const hub = new ListedHub(two);
    const page = await hub.api.listImages(app, { ...firstPage, mayBePartial: true });
    assert.deepEqual([page.count, page.isPartial], [2, undefined]);
  });

  it('shows the first tags if the rest takes long, and then the rest', async () => {
    const hub = new ListedHub(two);
    const release = hub.hold('list manifests');
    const page = await hub.api.listImages(app, { ...firstPage, mayBePartial: true });
    assert.deepEqual([page.count, page.isPartial, 'gaps' in page], [1, true, false]);
    const rest = hub.api.listImages(app, firstPage);
    release();
    assert.equal((await rest).count, 2);
    assert.equal(hub.readings, 1);
  });

  it('is never partial where that was not asked for, nor on a later page', async () => {
    const hub = new ListedHub(two);
    const release = hub.hold('list manifests');
    const pages = [
      hub.api.listImages(app, firstPage),
      hub.api.listImages(app, { ...firstPage, mayBePartial: false }),
      hub.api.listImages(app, { ...firstPage, page: 2, mayBePartial: true }),
    ];
    await hub.api.listImages(app, { ...firstPage, mayBePartial: true });
    release();
    assert.deepEqual(
      (await Promise.all(pages)).map(({ isPartial }) => isPartial),
      [undefined, undefined, undefined],
    );
  });

  it('that fails is an error, also where it may be partial', async () => {
    const hub = new ListedHub(two);
    hub.answers.set('list tags', () => ({ status: 403 }));
    await rejectsWith('forbidden', hub.api.listImages(app, { ...firstPage, mayBePartial: true }));
  });
});

describe('all images of a repository', () => {
  it('are read again each time, and the progress is reported', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    const progress: unknown[] = [];
    const onProgress = (done: number, total: number) => void progress.push([done, total]);
    const images = await hub.api.readAtOnce(app, { activeFrom, onProgress });
    assert.deepEqual(new Set(images.map(({ digest }) => digest)), new Set(['a', 'b'].map(digestOf)));
    assert.equal(progress.length, 2);
    assert.deepEqual(progress.at(-1), [3, 3]);
    await hub.api.readAtOnce(app, { activeFrom });
    assert.equal(hub.readings, 3);
  });

  it('are those of the check that they are read for', async () => {
    const hub = new ListedHub(two);
    const check = Symbol('check');
    await hub.api.dryRun(request('b'), undefined, check);
    await hub.api.readAtOnce(app, { activeFrom, check });
    assert.equal(hub.readings, 1);
    await hub.api.readAtOnce(app, { activeFrom, check: Symbol('another') });
    await hub.api.readAtOnce(app, { activeFrom });
    await hub.api.readAtOnce(other, { activeFrom, check });
    assert.equal(hub.readings, 4);
  });

  it('are read again if the reading of the check failed', async () => {
    const hub = new ListedHub(two);
    const check = Symbol('check');
    hub.answers.set('list tags', () => ({ status: 403 }));
    await rejectsWith('forbidden', hub.api.dryRun(request('b'), undefined, check));
    hub.answers.clear();
    assert.equal((await hub.api.readAtOnce(app, { activeFrom, check })).length, 2);
  });

  it('are those of a listing, with what the registry has said since', async () => {
    const hub = new ListedHub(whole);
    const check = Symbol('check');
    await hub.api.dryRun(request('whole'), undefined, check);
    assert.equal((await hub.api.readAtOnce(app, { activeFrom, check })).length, 2);
    await readNeeded(hub, 'whole');
    assert.equal((await hub.api.readAtOnce(app, { activeFrom, check })).length, 1);
  });

  it('are not returned if the lists contradict each other', async () => {
    const hub = new ListedHub(two);
    hub.answers.set('list tags', () => ({
      body: { count: 1, results: [{ name: '9.9', digest: digestOf('unlisted') }] },
    }));
    hub.stored['unlisted'] = { tags: ['9.9'] };
    await assert.rejects(hub.api.readAtOnce(app, { activeFrom }), IncompleteInventoryError);
  });

  it('can be aborted', async () => {
    const hub = new ListedHub(two);
    const signal = AbortSignal.abort();
    await assert.rejects(hub.api.readAtOnce(app, { activeFrom, signal }), { name: 'AbortError' });
  });
});

describe('what has to be read for a plan', () => {
  it('is nothing where no index is unread', async () => {
    const hub = new ListedHub(two);
    assert.equal(await hub.api.neededReading(app, [digestOf('a')]), undefined);
  });

  it('is the content of an index, by a reading of the lists of the last minute', async () => {
    for (const [ms, readings] of [
      [59_999, 1],
      [60_000, 2],
    ] as const) {
      const hub = new ListedHub(whole);
      await hub.api.listImages(app, firstPage);
      hub.now += ms;
      const needed = await hub.api.neededReading(app, [digestOf('whole')]);
      assert.ok(needed !== undefined && needed.requests > 0);
      assert.equal(hub.readings, readings);
    }
  });

  it('is found out without a listing before', async () => {
    const hub = new ListedHub(whole);
    assert.notEqual(await hub.api.neededReading(app, [digestOf('whole')]), undefined);
    const signal = AbortSignal.abort();
    await assert.rejects(hub.api.neededReading(app, [digestOf('whole')], signal), { name: 'AbortError' });
  });
});

describe('a dry run', () => {
  it('finds nothing, or every objection', async () => {
    const hub = new ListedHub(two);
    assert.deepEqual(await hub.api.dryRun(request('b')), {
      kind: 'completed',
      metrics: { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 },
      withParts: new Set(),
    });
    const of = { repository: 'app' };
    assert.deepEqual(await hub.api.dryRun(request('a', 'b', 'c')), {
      kind: 'refused',
      blockers: [{ ...of, digest: digestOf('c'), error: 'not_found' }],
      warnings: [{ ...of, digest: digestOf('a'), warning: 'current_tag', tags: ['1.0'] }],
      txnid: undefined,
      withParts: new Set(),
    });
    hub.mayDelete = false;
    const denied = await hub.api.dryRun(request('b'));
    assert.deepEqual(denied.kind === 'refused' && denied.blockers, [
      { ...of, digest: digestOf('b'), error: 'unauthorized' },
    ]);
    hub.deletionRight = 'readOnlyToken';
    const readOnly = await hub.api.dryRun(request('b'));
    assert.deepEqual(readOnly.kind === 'refused' && readOnly.blockers, [
      { ...of, digest: digestOf('b'), error: 'unauthorized', isTokenLacking: true },
    ]);
    assert.ok(!hub.requests.some((each) => each.startsWith('delete')));
  });

  it('tells to which images others belong, or may belong', async () => {
    const hub = new ListedHub({ ...whole, a: {} });
    const unread = await hub.api.dryRun(request('whole', 'a'));
    assert.deepEqual(unread.withParts, new Set([digestOf('whole')]));
    await readNeeded(hub, 'whole');
    const read = await hub.api.dryRun(request('whole', 'a'));
    assert.deepEqual([read.kind, read.withParts], ['completed', new Set([digestOf('whole')])]);
  });

  it('reads the lists again, however recent the last reading is', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    await hub.api.dryRun(request('b'));
    await hub.api.dryRun(request('b'));
    assert.equal(hub.readings, 3);
  });

  it('reads them once for one check, also after the reading', async () => {
    const hub = new ListedHub(two);
    const check = Symbol('check');
    await hub.api.dryRun(request('b'), undefined, check);
    await hub.api.dryRun(request('a'), undefined, check);
    assert.equal(hub.readings, 1);
    await hub.api.dryRun(request('a'), undefined, Symbol('another'));
    assert.equal(hub.readings, 2);
  });

  it('shares a reading without a check only as long as that is under way', async () => {
    const hub = new ListedHub(two);
    const check = Symbol('check');
    await Promise.all([hub.api.dryRun(request('b')), hub.api.dryRun(request('a'))]);
    assert.equal(hub.readings, 1);
    await Promise.all([hub.api.dryRun(request('b')), hub.api.dryRun(request('a'), undefined, check)]);
    assert.equal(hub.readings, 3, 'it may be older than the check');
  });

  it('judges an image by the whole plan', async () => {
    const hub = new ListedHub({ x: { mediaType: oci }, y: { mediaType: oci } });
    await readNeeded(hub, 'x');
    hub.takeRequests();
    await hub.api.dryRun({ ...request('x'), planned: new Set(['x', 'y'].map(digestOf)) });
    const alone = hub.takeRequests();
    assert.ok(!alone.includes('referrers y'), alone.join());
  });

  it('does not call an image unattached where more than a hundred were pushed since that was found out', async () => {
    const more = (count: number): HubImages =>
      Object.fromEntries(Array.from({ length: count }, (_, number) => [`more ${number}`, {}]));
    const hub = new ListedHub({ x: { mediaType: oci }, y: { mediaType: oci }, z: {} });
    await readNeeded(hub, 'x', 'y');
    assert.ok(hub.requests.includes('referrers z'));
    hub.images = { ...hub.listed, ...more(100) };
    assert.equal((await hub.api.dryRun(request('x', 'y'))).kind, 'completed', 'a hundred are asked about');
    hub.images = { ...hub.listed, ...more(201) };
    const answer = await hub.api.dryRun(request('x', 'y'));
    assert.deepEqual(answer.kind === 'refused' && answer.blockers.map(({ error }) => error), [
      'undetermined',
      'undetermined',
    ]);
  });

  it('can be aborted', async () => {
    const hub = new ListedHub(two);
    await assert.rejects(hub.api.dryRun(request('b'), AbortSignal.abort()), { name: 'AbortError' });
  });
});

describe('a deletion', () => {
  it('begins with the reading of the check if that is not older than a minute', async () => {
    for (const [ms, readings] of [
      [0, 0],
      [59_999, 0],
      [60_000, 1],
    ] as const) {
      const hub = new ListedHub(two);
      const approved = await approve(hub, ['b'], { check: Symbol('check') });
      hub.now += ms;
      hub.takeRequests();
      const answer = await hub.api.deleteImages(approved);
      assert.equal(hub.readings, readings);
      assert.deepEqual(hub.requests.slice(-1), ['delete b']);
      assert.deepEqual(answer.kind === 'completed' && answer.results, new Map([[digestOf('b'), 'removed']]));
    }
  });

  it('reads the lists if there was no check, or it failed', async () => {
    const approved = await approve(new ListedHub(two), ['b']);
    const hub = new ListedHub(two);
    await hub.api.deleteImages(approved);
    assert.equal(hub.readings, 1);
    const failed = new ListedHub(two);
    failed.answers.set('list tags', () => ({ status: 403 }));
    await rejectsWith('forbidden', failed.api.dryRun(request('b')));
    failed.answers.clear();
    await failed.api.deleteImages(approved);
    assert.equal(failed.readings, 2);
  });

  it('reads them once for all requests of a run', async () => {
    const hub = new ListedHub({ ...two, c: {} });
    const run = Symbol('run');
    const [first, second] = [await approve(hub, ['b']), await approve(hub, ['c'])];
    hub.takeRequests();
    await hub.api.deleteImages(first, undefined, run);
    await hub.api.deleteImages(second, undefined, run);
    assert.equal(hub.readings, 0);
    assert.deepEqual(
      hub.requests.filter((each) => each.startsWith('delete')),
      ['delete b', 'delete c'],
    );
  });

  it('reads them again for another run, and for another repository', async () => {
    const hub = new ListedHub({ ...two, c: {} });
    const run = Symbol('run');
    const [first, second] = [await approve(hub, ['b']), await approve(hub, ['c'])];
    const elsewhere = await approve(new ListedHub({ ...two, c: {} }), ['c'], { repository: other });
    hub.takeRequests();
    await hub.api.deleteImages(first, undefined, run);
    await hub.api.deleteImages(elsewhere, undefined, run);
    assert.equal(hub.readings, 1);
    hub.images = hub.listed;
    await hub.api.deleteImages(second, undefined, Symbol('another'));
    assert.equal(hub.readings, 2);
    const unnamed = await approve(hub, ['a']);
    hub.takeRequests();
    await hub.api.deleteImages(unnamed);
    await hub.api.deleteImages(unnamed);
    assert.equal(hub.readings, 1, 'each request without a run is one of its own');
  });

  it('deletes nothing if a warning was not accepted', async () => {
    const hub = new ListedHub({ a: { tags: ['1.0'] }, b: { tags: ['2.0'] } });
    const approved = await approve(hub, ['a', 'b']);
    const ignoredWarnings = approved.ignoredWarnings.filter(({ digest }) => digest === digestOf('b'));
    assert.deepEqual(await hub.api.deleteImages({ ...approved, ignoredWarnings }), {
      kind: 'refused',
      blockers: [],
      warnings: [{ repository: 'app', digest: digestOf('a'), warning: 'current_tag', tags: ['1.0'] }],
      txnid: undefined,
    });
    assert.ok(!hub.requests.some((each) => each.startsWith('delete')));
  });

  it('deletes nothing if the account may not', async () => {
    const hub = new ListedHub(two);
    const approved = await approve(hub, ['b']);
    hub.mayDelete = false;
    const answer = await hub.api.deleteImages(approved);
    assert.deepEqual(answer.kind === 'refused' && answer.blockers, [
      { repository: 'app', digest: digestOf('b'), error: 'unauthorized' },
    ]);
  });

  it('was not sent if what comes before it fails', async () => {
    const approved = await approve(new ListedHub(two), ['b']);
    const hub = new ListedHub(two);
    hub.answers.set('list manifests', () => ({ status: 403 }));
    assert.ok((await rejectsWith('forbidden', hub.api.deleteImages(approved))).neverSent);
    hub.answers.clear();
    hub.before.set('permission', () => {
      throw hubError('unauthenticated', { method: 'GET', status: 401 });
    });
    const error = await rejectsWith('unauthenticated', hub.api.deleteImages(approved));
    assert.deepEqual([error.neverSent, error.method], [true, 'GET']);
    const aborted = await rejectsWith('cancelled', hub.api.deleteImages(approved, AbortSignal.abort()));
    assert.deepEqual([aborted.neverSent, aborted.method], [true, 'DELETE']);
  });

  it('stops when its signal aborts', async () => {
    const hub = new ListedHub({ ...two, c: {} });
    const abort = new AbortController();
    const approved = await approve(hub, ['b', 'c']);
    hub.before.set('delete b', () => {
      abort.abort();
    });
    const answer = await hub.api.deleteImages(approved, abort.signal);
    assert.ok(answer.kind === 'completed');
    assert.deepEqual([...(answer.results ?? [])].map(([, result]) => result).sort(), ['notSent', 'removed']);
  });

  it('outdates every reading before it, also where it fails', async () => {
    for (const fault of [undefined, new TypeError('fault')]) {
      const hub = new ListedHub(two);
      const check = Symbol('check');
      const approved = await approve(hub, ['b'], { check });
      await hub.api.listImages(app, firstPage);
      hub.takeRequests();
      if (fault !== undefined) {
        hub.before.set('delete b', () => {
          throw fault;
        });
        await assert.rejects(hub.api.deleteImages(approved), fault);
      } else {
        await hub.api.deleteImages(approved);
      }
      assert.equal(hub.readings, 0);
      await hub.api.getSummary(app, { activeFrom });
      assert.equal(hub.readings, 1);
      await hub.api.dryRun(request('a'), undefined, check);
      assert.equal(hub.readings, 2);
    }
  });

  it('has the registry asked about everything that it was to delete, while a list still shows it', async () => {
    const hub = new ListedHub({ ...whole, b: {} });
    await readNeeded(hub, 'whole');
    const approved = await approve(hub, ['whole']);
    hub.before.set('delete whole', () => {
      hub.stored = { b: {} };
    });
    await hub.api.deleteImages(approved);
    hub.takeRequests();
    const { images } = await hub.api.listImages(app, { ...firstPage, pageSize: 100 });
    assert.deepEqual(
      images.map(({ digest }) => digest),
      [digestOf('b')],
    );
    assert.deepEqual(hub.requests.filter((each) => each.startsWith('head')).sort(), ['head p', 'head whole']);
  });

  it('has it asked about what was approved to be deleted along, although no list says that it is', async () => {
    const hub = new ListedHub({ ...whole, b: {} });
    await readNeeded(hub, 'whole');
    const approved = await approve(hub, ['whole']);
    const unread = new ListedHub({ ...whole, b: {} });
    await unread.api.deleteImages(approved);
    unread.takeRequests();
    await unread.api.listImages(app, firstPage);
    assert.deepEqual(
      unread.requests.filter((each) => each === 'head p'),
      ['head p'],
    );
  });

  it('has it asked about known parts, although it is not known what else is deleted along', async () => {
    const hub = new ListedHub({ whole: { tags: ['1.0'], parts: ['p'] }, p: {}, b: {} });
    const approved = await approve(hub, ['whole']);
    assert.deepEqual([...approved.collateral.values()], ['unknown']);
    hub.before.set('delete whole', () => {
      hub.stored = { b: {} };
    });
    await hub.api.deleteImages(approved);
    hub.takeRequests();
    await hub.api.listImages(app, firstPage);
    assert.deepEqual(hub.requests.filter((each) => each.startsWith('head')).sort(), ['head p', 'head whole']);
  });

  it('does not need to know an image any more once it is deleted', async () => {
    const hub = new ListedHub({ b: {}, c: {} });
    const approved = await approve(hub, ['b', 'c']);
    const answers = [{ status: 400 }, { body: { count: 0, results: [] } }];
    hub.before.set('delete b', () => {
      hub.now += 5_000;
      hub.listed = { c: {} };
      hub.answers.set('list tags', () => answers.shift() ?? assert.fail('one more'));
    });
    hub.takeRequests();
    const answer = await hub.api.deleteImages(approved);
    assert.equal(hub.readings, 1, 'the look could not use the newest tags');
    assert.deepEqual(
      answer.kind === 'completed' && answer.results,
      new Map([
        [digestOf('b'), 'removed'],
        [digestOf('c'), 'removed'],
      ]),
    );
  });

  it('does not need to know what is deleted along', async () => {
    const hub = new ListedHub({ a: { tags: ['1.0'], mediaType: 'application/vnd.oci.image.index.v1+json' } });
    const approved = await approve(hub, ['a']);
    assert.deepEqual([...approved.collateral.values()], ['unknown']);
    const answer = await hub.api.deleteImages(approved);
    assert.deepEqual(answer.kind === 'completed' && answer.results, new Map([[digestOf('a'), 'removed']]));
  });
});

describe('whether images exist', () => {
  /** A hub on which these images of it were removed, and all lists know that. */
  const removed = async (images: HubImages, ...seeds: readonly string[]) => {
    const hub = new ListedHub(images);
    await readNeeded(hub, ...seeds);
    const approved = await approve(hub, seeds);
    await hub.api.deleteImages(approved);
    const left = Object.fromEntries(Object.entries(images).filter(([seed]) => !seeds.includes(seed)));
    hub.images = left;
    hub.takeRequests();
    return hub;
  };
  const heads = (hub: ListedHub) => hub.requests.filter((each) => each.startsWith('head'));

  it('is asked of a platform that was still there after its image was deleted, whatever a list shows later', async () => {
    const images = { ...whole, b: {} };
    const hub = new ListedHub(images);
    await readNeeded(hub, 'whole');
    await hub.api.deleteImages(await approve(hub, ['whole']));
    hub.stored = { p: {}, b: {} };
    hub.listed = { p: {}, b: {} };
    assert.deepEqual(seedsOf(await existing(hub, 'whole', 'p'), 'whole', 'p'), { whole: false, p: true });
    hub.listed = { b: {} };
    hub.takeRequests();
    assert.deepEqual(seedsOf(await existing(hub, 'whole', 'p'), 'whole', 'p'), { whole: false, p: true });
    assert.deepEqual(heads(hub), ['head p']);
  });

  it('is asked of an attachment that was not deleted, whatever has become of its subject', async () => {
    const signed = { a: {}, s: { tags: [`${digestOf('a').replace(':', '-')}.sig`] }, b: {} };
    const hub = new ListedHub(signed);
    const approved = await approve(hub, ['a']);
    hub.before.set('delete s', () => {
      throw new HubError('server', { method: 'DELETE', path: '/', status: 500 });
    });
    await hub.api.deleteImages(approved);
    hub.listed = { b: {} };
    hub.takeRequests();
    assert.deepEqual(seedsOf(await existing(hub, 'a', 's'), 'a', 's'), { a: false, s: true });
    assert.deepEqual(heads(hub), ['head s']);
  });

  it('is asked of an attachment that only a later request would delete', async () => {
    const signed = { a: {}, s: { tags: [`${digestOf('a').replace(':', '-')}.sig`] }, b: {} };
    const hub = new ListedHub(signed);
    const approved = await approve(hub, ['a']);
    await hub.api.deleteImages({ ...approved, attachments: [] });
    hub.listed = { b: {} };
    hub.takeRequests();
    assert.deepEqual(seedsOf(await existing(hub, 'a', 's'), 'a', 's'), { a: false, s: true });
    assert.deepEqual(heads(hub), ['head s']);
  });

  it('is proved by a list for an attachment that was deleted by itself', async () => {
    const signed = { a: {}, s: { tags: [`${digestOf('a').replace(':', '-')}.sig`] }, b: {} };
    const hub = new ListedHub(signed);
    await hub.api.deleteImages(await approve(hub, ['a']));
    hub.listed = { b: {} };
    hub.takeRequests();
    assert.deepEqual(seedsOf(await existing(hub, 'a', 's'), 'a', 's'), { a: false, s: false });
    assert.deepEqual(heads(hub), []);
  });

  it('is proved by a list that has shown them, and whose deletion was accepted', async () => {
    const hub = await removed(two, 'b');
    assert.deepEqual(seedsOf(await existing(hub, 'b'), 'b'), { b: false });
    assert.deepEqual(heads(hub), []);
    assert.equal(hub.readings, 1);
  });

  it('is proved so for what was deleted along', async () => {
    const hub = await removed({ ...whole, b: {} }, 'whole');
    hub.images = { b: {} };
    assert.deepEqual(seedsOf(await existing(hub, 'whole', 'p'), 'whole', 'p'), { whole: false, p: false });
    assert.deepEqual(heads(hub), []);
  });

  it('is asked of the registry where the list has not shown them, or no deletion was accepted', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    hub.images = { a: { tags: ['1.0'] } };
    hub.takeRequests();
    assert.deepEqual(seedsOf(await existing(hub, 'b', 'never'), 'b', 'never'), { b: false, never: false });
    assert.deepEqual(heads(hub), ['head b', `head ${digestOf('never')}`]);
  });

  it('is asked of the registry where a deletion was refused', async () => {
    const hub = new ListedHub(two);
    const approved = await approve(hub, ['b']);
    hub.before.set('delete b', () => {
      throw hubError('network');
    });
    await hub.api.deleteImages(approved);
    hub.images = { a: { tags: ['1.0'] } };
    hub.takeRequests();
    await existing(hub, 'b');
    assert.deepEqual(heads(hub), ['head b']);
  });

  it('is asked of the registry where the list of manifests is missing or may lack some', async () => {
    for (const answer of [
      routeIsGone,
      () => ({
        body: { manifests: [{ manifest_digest: digestOf('a') }], last_evaluated_key: 'circle' },
      }),
    ]) {
      const hub = await removed(two, 'b');
      hub.answers.set('list manifests', answer);
      assert.deepEqual(seedsOf(await existing(hub, 'b'), 'b'), { b: false });
      assert.ok(heads(hub).includes('head b'));
    }
  });

  it('is asked of the registry for what a list still shows, and only once', async () => {
    const hub = new ListedHub(two);
    hub.stored = { a: { tags: ['1.0'] } };
    assert.deepEqual(seedsOf(await existing(hub, 'a', 'b'), 'a', 'b'), { a: true, b: false });
    assert.deepEqual(heads(hub).sort(), ['head a', 'head b']);
  });

  it('stays unknown where the registry does not answer', async () => {
    const hub = new ListedHub({});
    const offline = hubError('network');
    hub.before.set(`head ${digestOf('x')}`, () => {
      throw offline;
    });
    const found = await existing(hub, 'x', 'y');
    assert.deepEqual([...found], [[digestOf('y'), false]]);
    assert.deepEqual(hub.warnings, [offline.message]);
  });

  it('is not found out once the user has cancelled it, nor after a fault', async () => {
    for (const error of [hubError('cancelled'), new TypeError('fault')]) {
      const hub = new ListedHub({});
      hub.before.set(`head ${digestOf('x')}`, () => {
        throw error;
      });
      await assert.rejects(existing(hub, 'x'), error);
    }
    const options = { activeFrom, pageSize: 100, signal: AbortSignal.abort() };
    await assert.rejects(new ListedHub(two).api.existing(app, [], options), { name: 'AbortError' });
  });

  it('is found out by a new reading, whose progress is reported', async () => {
    const hub = new ListedHub(two);
    await hub.api.listImages(app, firstPage);
    const progress: unknown[] = [];
    await hub.api.existing(app, [digestOf('a')], {
      activeFrom,
      pageSize: 100,
      onProgress: (done, total) => void progress.push([done, total]),
    });
    assert.equal(hub.readings, 2);
    assert.deepEqual(progress.at(-1), [3, 3]);
    assert.equal((await hub.api.listImages(app, firstPage)).count, 2);
    assert.equal(hub.readings, 2, 'a listing may use it');
  });
});
