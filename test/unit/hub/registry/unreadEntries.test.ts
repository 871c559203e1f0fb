import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import type { Image } from '../../../../src/hub/model';
import { HubError } from '../../../../src/hub/errors';
import { IncompleteInventoryError } from '../../../../src/hub/incompleteInventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { approvedPlan } from '../../../support/approvedPlan';
import { digestOf } from '../../../support/images';
import { type Entry, type HubImages, ListedHub } from '../../../support/listedHub';

const app = parseRepositoryRef('demo/app');
const activeFrom = new Date('2026-01-01T00:00:00Z');
const seeds = ['good', 'other', 'bare', 'whole', 'part', 'odd'];
const seedOf = (digest: Digest) => seeds.find((seed) => digestOf(seed) === digest) ?? digest;

const images: HubImages = {
  good: { tags: ['1.0'] },
  other: { tags: ['2.0'] },
  bare: {},
  whole: { tags: ['3.0'], parts: ['part'] },
  part: {},
};

type Change = (entry: Entry) => unknown;

/** The entry that is about one image or tag is changed, the others stay as they are. */
const changing = (name: 'manifest_digest' | 'name', value: string, change: Change) => (entries: Entry[]) =>
  entries.map((entry) => (entry[name] === value ? change(entry) : entry));

async function read(hub: ListedHub): Promise<readonly Image[]> {
  return (await hub.api.listImages(app, { page: 1, pageSize: 100, activeFrom })).images;
}

/** What cannot be said of each image, by its seed. */
async function doubts(hub: ListedHub) {
  return Object.fromEntries((await read(hub)).map(({ digest, doubt }) => [seedOf(digest), doubt]));
}

/** The objections of a dry run that cannot be accepted, after everything was read that a plan needs. */
async function blockersOf(hub: ListedHub, ...wanted: readonly string[]) {
  const digests = wanted.map(digestOf);
  await (await hub.api.neededReading(app, digests))?.read({});
  const answer = await hub.api.dryRun({ repository: app, activeFrom, digests });
  return answer.kind === 'refused' ? answer.blockers.map(({ error }) => error) : [];
}

const badTags: Readonly<Record<string, Change>> = {
  'an empty digest': (entry) => ({ ...entry, digest: '' }),
  'a digest that is a number': (entry) => ({ ...entry, digest: 5 }),
  'a time without a zone': (entry) => ({ ...entry, tag_last_pulled: '2026-01-01T00:00:00' }),
  'a negative size': (entry) => ({ ...entry, full_size: -1 }),
  'a null part': (entry) => ({ ...entry, images: [null] }),
  'a part with a negative size': (entry) => ({ ...entry, images: [{ size: -1 }] }),
  'parts that are no list': (entry) => ({ ...entry, images: {} }),
};
const badManifests: Readonly<Record<string, Change>> = {
  'a null tag': (entry) => ({ ...entry, tags: [null] }),
  'tags that are no list': (entry) => ({ ...entry, tags: 'latest' }),
  'a time without a zone': (entry) => ({ ...entry, last_pulled: '2026-01-01T00:00:00' }),
  'a negative size': (entry) => ({ ...entry, total_size: -1 }),
};

describe('a value in a list that cannot be read (row 12)', () => {
  for (const [what, change] of Object.entries(badTags)) {
    it(`in the entry of a tag, ${what}, leaves its image in doubt, and the others as they are`, async () => {
      const hub = new ListedHub(images);
      hub.entries.set('list tags', changing('name', '2.0', change));
      assert.deepEqual(await doubts(hub), {
        ...(await doubts(new ListedHub(images))),
        other: 'unreadable',
      });
      assert.deepEqual(await blockersOf(hub, 'good'), []);
      assert.deepEqual(await blockersOf(hub, 'other'), ['unreadable']);
    });
  }

  for (const [what, change] of Object.entries(badManifests)) {
    it(`in the entry of a manifest, ${what}, leaves it in doubt, and the others as they are`, async () => {
      const hub = new ListedHub(images);
      hub.entries.set('list manifests', changing('manifest_digest', digestOf('other'), change));
      assert.deepEqual(await doubts(hub), {
        ...(await doubts(new ListedHub(images))),
        other: 'unreadable',
      });
      assert.deepEqual(await blockersOf(hub, 'good'), []);
      assert.deepEqual(await blockersOf(hub, 'other'), ['unreadable']);
    });
  }

  it('is counted, named with its place, and reported as a gap', async () => {
    const hub = new ListedHub(images);
    hub.entries.set(
      'list tags',
      changing('name', '2.0', () => null),
    );
    hub.entries.set(
      'list manifests',
      changing('manifest_digest', digestOf('bare'), (entry) => ({ ...entry, total_size: -1 })),
    );
    const page = await hub.api.listImages(app, { page: 1, pageSize: 100, activeFrom });
    assert.deepEqual(page.gaps?.includes('entriesUnread'), true);
    assert.deepEqual(page.unread, [
      { position: 2, count: 1, reason: 'manifests: total_size: expected no negative number' },
      { position: 1, count: 1, reason: 'tags: expected an object' },
    ]);
    assert.equal((await hub.api.getSummary(app, { activeFrom })).unread, 2);
  });

  for (const list of ['list tags', 'list manifests'] as const) {
    it(`in ${list.slice(5)} makes the list incomplete for a plan, and says how many entries`, async () => {
      const hub = new ListedHub(images);
      hub.entries.set(list, (entries) => [...entries, null]);
      await assert.rejects(
        hub.api.readAtOnce(app, { activeFrom }),
        (error) =>
          error instanceof IncompleteInventoryError && error.check === 'allReadable' && error.expected === 1,
      );
      const accepted = await hub.api.readAtOnce(app, { activeFrom, acceptsUnread: true });
      assert.equal(accepted.length, (await read(new ListedHub(images))).length);
    });
  }

  it('in the entry of a platform leaves the images that contain it in doubt', async () => {
    const hub = new ListedHub(images);
    hub.entries.set(
      'list manifests',
      changing('manifest_digest', digestOf('part'), (entry) => ({ ...entry, tags: [null] })),
    );
    assert.equal((await doubts(hub))['whole'], 'unreadable');
    assert.deepEqual(await blockersOf(hub, 'whole'), ['unreadable']);
    assert.deepEqual(await blockersOf(hub, 'good'), []);
  });

  it('keeps a platform of an index whose entry cannot be read from being deleted as an image of its own', async () => {
    const hub = new ListedHub(images);
    hub.entries.set(
      'list tags',
      changing('name', '3.0', (entry) => ({ ...entry, images: [null] })),
    );
    const digests = [digestOf('part')];
    const answer = await hub.api.dryRun({ repository: app, activeFrom, digests });
    assert.deepEqual(answer.kind === 'refused' && answer.blockers.map(({ error }) => error), [
      'undetermined',
    ]);
  });
});

describe('an entry of which nothing can be read (row 12)', () => {
  const nothing: Readonly<Record<string, unknown>> = {
    null: null,
    'a text': 'latest',
    'an empty object': {},
  };

  for (const [what, entry] of Object.entries(nothing)) {
    it(`among the tags, ${what}, is looked up in the registry by the names that it lists`, async () => {
      const hub = new ListedHub(images);
      hub.entries.set(
        'list tags',
        changing('name', '2.0', () => entry),
      );
      assert.equal((await doubts(hub))['other'], 'unreadable');
      assert.deepEqual(await blockersOf(hub, 'good'), []);
      assert.deepEqual(await blockersOf(hub, 'other'), ['unreadable']);
    });

    it(`among the tags, ${what}, may be about any image if the registry lists no names`, async () => {
      const hub = new ListedHub(images);
      hub.listsTagNames = false;
      hub.entries.set(
        'list tags',
        changing('name', '2.0', () => entry),
      );
      assert.deepEqual(await blockersOf(hub, 'good'), ['unreadable']);
      assert.deepEqual(await blockersOf(hub, 'bare'), ['unreadable']);
    });

    it(`among the manifests, ${what}, may be an index that contains an untagged image`, async () => {
      const hub = new ListedHub(images);
      hub.entries.set(
        'list manifests',
        changing('manifest_digest', digestOf('whole'), () => entry),
      );
      assert.deepEqual(await blockersOf(hub, 'bare'), ['unreadable']);
      assert.deepEqual(await blockersOf(hub, 'good'), []);
    });
  }

  it('does not show that an image is gone', async () => {
    const hub = new ListedHub(images);
    hub.entries.set(
      'list manifests',
      changing('manifest_digest', digestOf('bare'), () => null),
    );
    assert.deepEqual(await blockersOf(hub, 'bare'), ['unreadable']);
    const { api } = hub;
    const found = await api.existing(app, [digestOf('bare')], { activeFrom, pageSize: 100 });
    assert.equal(found.get(digestOf('bare')), true);
  });
});

describe('an entry that cannot be read any more when an image is about to be deleted (row 12)', () => {
  /** The request for one image, approved while everything could be read. */
  async function approve(hub: ListedHub, seed: string) {
    const digest = digestOf(seed);
    await (await hub.api.neededReading(app, [digest]))?.read({});
    const answer = await hub.api.dryRun({ repository: app, activeFrom, digests: [digest] });
    const listed = await hub.api.readAtOnce(app, { activeFrom });
    const image = listed.find((each) => each.digest === digest) ?? assert.fail('no such image');
    const [request] = approvedPlan([{ repository: app, image }], {
      warnings: answer.kind === 'refused' ? answer.warnings : [],
      lists: { 'demo/app': listed },
      plan: { activeFrom },
    }).requests(25);
    return request ?? assert.fail('no request');
  }

  const cases: Readonly<Record<string, (hub: ListedHub) => void>> = {
    'its own tag': (hub) => {
      hub.entries.set(
        'list tags',
        changing('name', '1.0', (entry) => ({ ...entry, digest: '' })),
      );
    },
    'a tag of which not even the name can be read': (hub) => {
      hub.entries.set('list tags', (entries) => [...entries, null]);
      hub.listsTagNames = false;
    },
    'everything about it': (hub) => {
      hub.entries.set(
        'list manifests',
        changing('manifest_digest', digestOf('good'), () => null),
      );
      hub.entries.set(
        'list tags',
        changing('name', '1.0', () => null),
      );
      hub.listsTagNames = false;
    },
    'a new tag on it, of which not even the name can be read': (hub) => {
      hub.stored['good'] = { tags: ['1.0', 'new'] };
      hub.entries.set('list tags', (entries) => [null, ...entries]);
    },
  };
  for (const [what, change] of Object.entries(cases)) {
    it(`${what}: the image stays, and no tag of it is deleted`, async () => {
      const hub = new ListedHub(images);
      const request = await approve(hub, 'good');
      hub.now += 30_000; // so that the run looks for changes
      change(hub);
      hub.takeRequests();
      const answer = await hub.api.deleteImages(request);
      assert.deepEqual(
        hub.takeRequests().filter((each) => each.startsWith('delete')),
        [],
      );
      assert.notEqual(answer.kind, 'failed');
    });
  }

  it('of another tag whose name the registry knows: the image is deleted', async () => {
    const hub = new ListedHub(images);
    const request = await approve(hub, 'good');
    hub.now += 30_000;
    hub.entries.set(
      'list tags',
      changing('name', '2.0', () => null),
    );
    hub.takeRequests();
    await hub.api.deleteImages(request);
    assert.deepEqual(
      hub.takeRequests().filter((each) => each.startsWith('delete')),
      ['delete tag 1.0', 'delete good'],
    );
  });
});

describe('an index that is not what the list says (row 16)', () => {
  const ociIndex = 'application/vnd.oci.image.index.v1+json';
  const oddTypes = [
    'application/vnd.acme.index.v1+json',
    'application/vnd.oci.image.index.config.v1+json',
    'application/vnd.cncf.helm.chart.index',
  ];

  for (const tags of [[], ['3.0']]) {
    it(`listed ${tags.length === 0 ? 'without' : 'with'} a tag, but not in the registry: no other image is in doubt`, async () => {
      const hub = new ListedHub({ good: { tags: ['1.0'] }, bare: {}, whole: { tags, mediaType: ociIndex } });
      delete hub.stored['whole'];
      assert.deepEqual(await blockersOf(hub, 'bare'), []);
      assert.deepEqual(await blockersOf(hub, 'good'), []);
      assert.deepEqual(await blockersOf(hub, 'whole'), ['not_found']);
    });
  }

  it('listed with platforms, but not in the registry: its platforms stand for themselves', async () => {
    const hub = new ListedHub(images);
    delete hub.stored['whole'];
    assert.deepEqual(await blockersOf(hub, 'part'), []);
  });

  it('not found by something that is not the registry: the others stay in doubt', async () => {
    const hub = new ListedHub({ bare: {}, whole: { mediaType: ociIndex } });
    delete hub.stored['whole'];
    hub.before.set('head whole', () => {
      throw new HubError('gone', { method: 'HEAD', path: '/v2/demo/app', status: 404 });
    });
    assert.deepEqual(await blockersOf(hub, 'bare'), ['undetermined']);
  });

  for (const mediaType of oddTypes)
    it(`an artifact of the type ${mediaType}: no other image is in doubt once it was read`, async () => {
      const hub = new ListedHub({ bare: {}, odd: { mediaType } });
      assert.deepEqual(await blockersOf(hub, 'bare'), []);
    });
});
