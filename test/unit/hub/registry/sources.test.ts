import assert from 'node:assert/strict';
import { selectImages } from '../../../../src/hub/deletion/imageSelection';
import { type Digest, parseDigest } from '../../../../src/hub/digest';
import type { ImageApi } from '../../../../src/hub/imageApi';
import { readInventory } from '../../../../src/hub/listing/inventory';
import { type Image, partsOf } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import {
  digestOf,
  type Push,
  type RepositoryOptions,
  sandboxAccounts,
  SandboxWorld,
} from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { digestsOf, listed, readNeeded, registryImageApi } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const old = new Date('2025-08-01T00:00:00Z');
const recent = new Date('2026-01-30T12:00:00Z');
const repository = parseRepositoryRef('demo/app');
const digest = (seed: string) => parseDigest(digestOf(seed));
const attachmentTag = (seed: string, suffix = '.sig') =>
  `sha256-${digestOf(seed).slice('sha256:'.length)}${suffix}`;

type Seed = Omit<Push, 'digest'> & { readonly name: string };

describe('what is known from several sources', () => {
  let pushes: readonly Seed[] = [];
  let options: RepositoryOptions = {};
  let hasReferrers = true;
  let now = start;
  const hub = withSandbox(() => {
    const world = new SandboxWorld();
    world.addUser(sandboxAccounts.demo);
    const app = world.addRepository('demo/app', options);
    for (const { name, ...push } of pushes) {
      app.push({ digest: digest(name), at: old, ...push });
    }
    return { world, now: () => now, routes: 'today' as const, hasReferrers };
  });

  beforeEach(() => {
    now = start;
  });

  const given = (seeds: readonly Seed[], more: RepositoryOptions = {}, withReferrers = true): void => {
    before(() => {
      pushes = seeds;
      options = more;
      hasReferrers = withReferrers;
    });
  };
  const createApi = (mayReadManifests = true) => registryImageApi(hub, { now: () => now, mayReadManifests });
  const looked = async (api: ImageApi) =>
    (await readInventory(api, repository, { activeFrom, pageSize: 100 })).images;
  /** What Delete Inactive asks for where only untagged images are inactive. */
  const readForUntagged = async (api: ImageApi) =>
    readNeeded(
      api,
      repository,
      (await looked(api)).filter(({ tags }) => tags.length === 0),
    );
  const inactive = (images: readonly Image[]) =>
    digestsOf(selectImages({ repository, activeFrom, images }, { status: 'inactive' }, start).selected);
  const named = (...seeds: readonly string[]) => new Set(seeds.map(digest));
  const imageOf = (images: readonly Image[], seed: string) =>
    images.find((image) => image.digest === digest(seed));
  const findings = async (api: ImageApi, ...seeds: readonly string[]) => {
    const answer = await api.dryRun({ repository, activeFrom, digests: seeds.map(digest) });
    return answer.kind === 'refused'
      ? [...answer.blockers.map(({ error }) => error), ...answer.warnings.map(({ tags }) => tags?.join())]
      : [];
  };
  /** An image as the listing after a dry run shows it, which followed the reading that the plan needed. */
  const plannedAfterReading = async (api: ImageApi, seed: string, planned: readonly string[] = [seed]) => {
    const images = await looked(api);
    await readNeeded(
      api,
      repository,
      images.filter(({ digest: each }) => named(...planned).has(each)),
    );
    await findings(api, ...planned);
    const image = imageOf(await looked(api), seed);
    assert.ok(image);
    return image;
  };
  const reads = () => hub.exchanges.filter(({ operation }) => operation === 'GetRegistryManifest').length;

  describe('an index whose media type no list tells', () => {
    given(
      [
        { name: 'A', at: old },
        { name: 'B', at: old },
        { name: 'I', tags: ['latest'], children: [digest('A'), digest('B')] },
      ],
      { listedMediaTypes: { [digest('I')]: null } },
    );

    it('is an index by what its tag lists, so its platforms stay with it', async () => {
      const api = createApi();
      const images = await looked(api);
      assert.deepEqual(digestsOf(images), named('I'));
      assert.equal(imageOf(images, 'I')?.role, 'index');
      assert.deepEqual(await findings(api, 'A', 'B'), ['child_manifest', 'child_manifest']);
      assert.equal(reads(), 0);
    });
  });

  for (const mediaType of [null, '', 'application/vnd.example.index+json', 'text/html; charset=utf-8']) {
    describe(`an untagged index of which the list says ${JSON.stringify(mediaType)}`, () => {
      given(
        [
          { name: 'A', at: old },
          { name: 'I', children: [digest('A')] },
        ],
        { listedMediaTypes: { [digest('I')]: mediaType } },
      );

      it('may be an index until the registry tells, which is no pull', async () => {
        const api = createApi(false);
        assert.equal(imageOf(await looked(api), 'A')?.doubt, 'undetermined');
        assert.deepEqual(await findings(api, 'A'), ['undetermined']);
        assert.equal(reads(), 0);
      });

      it('explains its platform once it has been read', async () => {
        const images = await listed(createApi(), repository, activeFrom);
        assert.deepEqual(digestsOf(images), named('I'));
      });
    });
  }

  describe('a tag that only the list of tags has', () => {
    given([{ name: 'X', tags: ['1.1'] }]);

    beforeEach(() => {
      hub.faults.add({
        on: { operation: 'GetManifests' },
        times: 'always',
        fault: {
          kind: 'transformBody',
          transform: (body) => {
            const { manifests } = body as { manifests: Record<string, unknown>[] };
            return { manifests: manifests.map((one) => ({ ...one, tags: [] })) };
          },
        },
      });
    });

    it('has to be accepted before its image is deleted', async () => {
      assert.deepEqual(await findings(createApi(), 'X'), ['1.1']);
    });

    it('keeps its image out of a selection of untagged images', async () => {
      const images = await looked(createApi());
      assert.deepEqual(
        imageOf(images, 'X')?.tags.map(({ name }) => name),
        ['1.1'],
      );
    });
  });

  describe('a tag on which the lists disagree', () => {
    given([
      { name: 'A', tags: ['latest', 'a'] },
      { name: 'B', tags: ['b'] },
      { name: 'C', tags: ['c'] },
    ]);

    const tagsSay = (tag: string, seed: string) =>
      hub.faults.add({
        on: { operation: 'GetTags' },
        times: 'always',
        fault: {
          kind: 'transformBody',
          transform: (body) => {
            const page = body as { results: { name: string }[] };
            const results = page.results.map((each) =>
              each.name === tag ? { ...each, digest: digest(seed), images: [] } : each,
            );
            return { ...page, results };
          },
        },
      });

    it('makes all images involved disputed, and none of the others', async () => {
      tagsSay('latest', 'B');
      const api = createApi();
      const images = await looked(api);
      assert.deepEqual(
        images.map(({ digest: each, doubt }) => [each, doubt]),
        [
          [digest('A'), 'disputed'],
          [digest('B'), 'disputed'],
          [digest('C'), undefined],
        ],
      );
      assert.deepEqual(inactive(images), named('C'));
      assert.deepEqual(await findings(api, 'A', 'B', 'C'), ['disputed', 'disputed', 'c']);
      const { gaps } = await api.listImages(repository, { activeFrom, page: 1, pageSize: 10 });
      assert.deepEqual(gaps, ['tagsDisputed']);
    });

    it('is no longer disputed once a new reading agrees', async () => {
      const end = tagsSay('latest', 'B');
      const api = createApi();
      await looked(api);
      end();
      assert.deepEqual(await findings(api, 'B'), ['b']);
    });
  });

  describe('a signature that names its subject', () => {
    const signature = {
      name: 'S',
      subject: digest('A'),
      artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
    };
    given([{ name: 'A', tags: ['v1'] }, signature, { name: 'other' }]);

    it('is never taken for an image that nobody needs', async () => {
      const api = createApi();
      const images = await looked(api);
      assert.equal(imageOf(images, 'S')?.doubt, 'undetermined');
      assert.deepEqual(inactive(images), named('A'));
      assert.deepEqual(await findings(api, 'S'), ['undetermined']);
    });

    it('is found by asking for the attachments of what stays, where that takes fewer requests', async () => {
      const api = createApi();
      assert.ok(await readForUntagged(api));
      const images = await looked(api);
      assert.deepEqual(
        imageOf(images, 'A')?.parts?.map(({ digest: each, role }) => [each, role]),
        [[digest('S'), 'signature']],
      );
      assert.equal(imageOf(images, 'other')?.doubt, undefined);
      assert.deepEqual(await findings(api, 'S'), ['child_manifest']);
      assert.deepEqual(await findings(api, 'other'), []);
      assert.equal(reads(), 0);
    });

    it('is found by reading the candidate, where that takes fewer', async () => {
      const app = hub.world.repository('demo/app');
      for (let number = 0; number < 5; number += 1) {
        app.push({ digest: digest(`tagged ${number}`), tags: [`t${number}`], at: old });
      }
      const api = createApi();
      assert.ok(await readForUntagged(api));
      assert.deepEqual(await findings(api, 'S'), ['child_manifest']);
      assert.equal(reads(), 2);
    });

    it('may go once its subject is gone', async () => {
      const api = createApi();
      await readForUntagged(api);
      assert.equal(imageOf(await looked(api), 'A')?.parts?.length, 1);
      hub.world.repository('demo/app').remove([digest('A')]);
      assert.deepEqual(await findings(api, 'S'), []);
    });

    it('needs no reading where nothing stays that it could belong to', async () => {
      const api = createApi();
      await readNeeded(api, repository, await looked(api));
      assert.equal(hub.exchanges.filter(({ path }) => path.includes('/referrers/')).length + reads(), 0);
      const digests = ['A', 'S', 'other'].map(digest);
      const answer = await api.dryRun({ repository, activeFrom, digests, planned: new Set(digests) });
      assert.deepEqual(answer.kind === 'refused' && answer.blockers, []);
    });

    it('is asked about again where an image was pushed since', async () => {
      const api = createApi();
      await readForUntagged(api);
      hub.world.repository('demo/app').push({ digest: digest('B'), tags: ['v2'], at: start });
      const before = hub.exchanges.length;
      assert.deepEqual(await findings(api, 'other'), []);
      assert.ok(hub.exchanges.slice(before).some(({ path }) => path.endsWith(`/referrers/${digest('B')}`)));
    });
  });

  describe('attachments of attachments', () => {
    given([
      { name: 'A', tags: ['v1'] },
      { name: 'SBOM', subject: digest('A') },
      { name: 'signature of the SBOM', subject: digest('SBOM') },
    ]);

    it('are shown below their subject at any depth', async () => {
      const api = createApi();
      await readForUntagged(api);
      const images = await looked(api);
      assert.deepEqual(digestsOf(images), named('A'));
      const [image] = images;
      assert.ok(image);
      assert.deepEqual(digestsOf(partsOf(image)), named('SBOM', 'signature of the SBOM'));
    });
  });

  describe('a registry without the referrers API', () => {
    given([{ name: 'A', tags: ['v1'] }, { name: 'S', subject: digest('A') }, { name: 'T' }], {}, false);

    it('is read candidate by candidate', async () => {
      const api = createApi();
      await readForUntagged(api);
      assert.deepEqual(await findings(api, 'S'), ['child_manifest']);
      assert.deepEqual(await findings(api, 'T'), []);
    });

    it('is read for a plan of an image that others may be attached to', async () => {
      const api = createApi();
      const image = await plannedAfterReading(api, 'A');
      assert.deepEqual(digestsOf(image.parts ?? []), named('S'));
      assert.equal(image.arePartsUnknown, undefined);
      assert.equal(reads(), 2);
    });

    it('leaves unknown what goes along with an image of the plan, where nothing may be read', async () => {
      const api = createApi(false);
      const image = await plannedAfterReading(api, 'A');
      assert.equal(image.arePartsUnknown, true);
      assert.equal(image.parts, undefined);
      assert.equal(imageOf(await looked(api), 'T')?.arePartsUnknown, undefined);
    });

    it('is read again for a manifest that was pushed since', async () => {
      const api = createApi();
      await plannedAfterReading(api, 'A');
      hub.world.repository('demo/app').push({ digest: digest('U'), subject: digest('A'), at: start });
      assert.deepEqual(await findings(api, 'A'), ['v1']);
      const image = imageOf(await looked(api), 'A');
      assert.deepEqual(digestsOf(image?.parts ?? []), named('S', 'U'));
      assert.equal(image?.arePartsUnknown, undefined);
      assert.equal(reads(), 3);
    });
  });

  describe('a registry without the referrers API, where every manifest is known not to be attached', () => {
    given(
      [
        { name: 'A', tags: ['v1'] },
        { name: 'T', mediaType: 'application/vnd.docker.distribution.manifest.v2+json' },
      ],
      {},
      false,
    );

    it('needs no reading, and nothing goes along', async () => {
      const api = createApi();
      const image = await plannedAfterReading(api, 'A');
      assert.equal(image.arePartsUnknown, undefined);
      assert.equal(reads(), 0);
    });
  });

  describe('more planned images than are asked about without a question', () => {
    const planned = Array.from({ length: 26 }, (_, index) => `A${index}`);
    given([
      ...planned.map((name, index) => ({ name, tags: [`v${index}`] })),
      { name: 'S', subject: digest('A3') },
    ]);

    it('leave unknown what goes along, where nothing may be read', async () => {
      const api = createApi(false);
      await findings(api, ...planned);
      const images = await looked(api);
      assert.ok(planned.every((name) => imageOf(images, name)?.arePartsUnknown === true));
    });

    it('are known with the reading of the one manifest that may be attached', async () => {
      const api = createApi();
      assert.deepEqual(digestsOf((await plannedAfterReading(api, 'A3', planned)).parts ?? []), named('S'));
      assert.ok((await looked(api)).every(({ arePartsUnknown }) => arePartsUnknown === undefined));
      assert.equal(reads(), 1);
    });
  });

  describe('many planned images beside others without a tag', () => {
    const planned = Array.from({ length: 40 }, (_, index) => `old ${index}`);
    const others = Array.from({ length: 12 }, (_, index) => `new ${index}`);
    given([
      ...planned.map((name, index) => ({ name, tags: index % 3 === 0 ? [`v${index}`] : [] })),
      ...others.map((name, index) => ({ name, tags: index % 3 === 0 ? [`w${index}`] : [], at: start })),
    ]);

    it('have nothing unknown that goes along as soon as the contents are read', async () => {
      const api = createApi();
      const unclear = async () => (await looked(api)).filter(({ arePartsUnknown }) => arePartsUnknown).length;
      await api.neededReading?.(repository, planned.map(digest));
      assert.equal(await unclear(), planned.length);
      await (await api.neededReading?.(repository, planned.map(digest)))?.read({});
      assert.equal(await unclear(), 0);
      assert.deepEqual(await findings(api, 'old 1'), []);
      assert.equal(await unclear(), 0);
    });
  });

  describe('a repository of which neither a list of manifests nor attachments can be had', () => {
    given(
      [
        { name: 'A', tags: ['v1'] },
        { name: 'S', subject: digest('A') },
      ],
      {},
      false,
    );

    it('leaves unknown what goes along, without a question that would not help', async () => {
      hub.faults.add({
        on: { operation: 'GetManifests' },
        times: 'always',
        fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
      });
      const api = createApi();
      assert.equal((await plannedAfterReading(api, 'A')).arePartsUnknown, true);
      assert.equal(reads(), 0);
    });
  });

  describe('tags that contain the digest of a subject', () => {
    given([
      { name: 'A', tags: ['v1'] },
      { name: 'sig', tags: [attachmentTag('A')] },
      { name: 'att', tags: [attachmentTag('A', '.att')] },
      { name: 'vex', tags: [attachmentTag('A', '.vex-2')] },
      { name: 'list', tags: [attachmentTag('A', '')] },
      { name: 'soci', tags: [attachmentTag('A', '-soci')] },
      { name: 'orphan', tags: [attachmentTag('nothing')] },
      { name: 'wanted', tags: [attachmentTag('A', '.x'), 'release'] },
    ]);

    it('make attachments whatever their suffix', async () => {
      const images = await looked(createApi());
      assert.deepEqual(digestsOf(images), named('A', 'orphan', 'wanted'));
    });
  });

  describe('platforms that the list of tags does not name', () => {
    given(
      [
        { name: 'A' },
        { name: 'B' },
        { name: 'attestation', platform: { os: 'unknown', architecture: 'unknown' } },
        { name: 'I', tags: ['latest'], children: ['A', 'B', 'attestation'].map(digest) },
      ],
      { unlistedParts: [digest('B'), digest('attestation')] },
    );

    it('are in doubt, and in no bulk plan, until the index is read', async () => {
      const api = createApi();
      const images = await looked(api);
      assert.equal(imageOf(images, 'B')?.doubt, 'undetermined');
      assert.deepEqual(inactive(images), named('I'));
      assert.equal(reads(), 0);
    });

    it('belong to the index once it has been read', async () => {
      const images = await listed(createApi(), repository, activeFrom);
      assert.deepEqual(digestsOf(images), named('I'));
      assert.equal(imageOf(images, 'I')?.arePartsUnknown, undefined);
    });

    it('are not known where reading is switched off, which has to be accepted', async () => {
      const api = createApi(false);
      assert.equal(imageOf(await looked(api), 'I')?.arePartsUnknown, true);
      assert.deepEqual(await findings(api, 'I'), ['latest']);
      assert.deepEqual(await findings(api, 'B'), ['undetermined']);
    });
  });

  describe('platforms that the list of tags names of another push', () => {
    given([{ name: 'A' }, { name: 'X' }, { name: 'I', tags: ['latest'], children: [digest('A')] }], {
      listedParts: { latest: [digest('X')] },
    });

    it('are not remembered as what the index contains', async () => {
      const api = createApi();
      assert.deepEqual(digestsOf(await listed(api, repository, activeFrom)), named('I'));
      hub.world.repository('demo/app').removeTag('latest');
      assert.deepEqual(digestsOf(await listed(api, repository, activeFrom)), named('I', 'X'));
    });
  });

  describe('pulls of which no source tells', () => {
    given([{ name: 'tagged', tags: ['1.0'] }, { name: 'untagged' }, { name: 'fresh', at: recent }], {
      listsWithoutPulls: ['manifests', 'tags', 'parts'],
    });

    it('leave the activity unknown, unless the push is recent', async () => {
      const images = await looked(createApi());
      assert.deepEqual(
        new Map(images.map((image) => [image.digest, image.status])),
        new Map([
          [digest('tagged'), 'unknown'],
          [digest('untagged'), 'unknown'],
          [digest('fresh'), 'active'],
        ]),
      );
      assert.deepEqual(inactive(images), named());
    });

    it('are counted as unknown', async () => {
      const { active, inactive: count, unknown } = await createApi().getSummary(repository, { activeFrom });
      assert.deepEqual([active, count, unknown], [1, 0, 2]);
    });
  });

  describe('tags beyond what the list of tags shows', () => {
    given(
      [
        { name: 'A', tags: ['0', '1'] },
        { name: 'B', tags: ['2'] },
      ],
      { listsWithoutPulls: ['manifests'] },
    );

    it('may have been pulled', async () => {
      hub.faults.add({
        on: { operation: 'GetTags' },
        times: 'always',
        fault: {
          kind: 'transformBody',
          transform: (body) => {
            const page = body as { results: { name: string }[] };
            return { ...page, count: 2, results: page.results.filter(({ name }) => name !== '1') };
          },
        },
      });
      const images = await looked(createApi());
      assert.equal(imageOf(images, 'A')?.status, 'unknown');
      assert.equal(imageOf(images, 'B')?.status, 'inactive');
    });
  });

  describe('the reads of the extension itself', () => {
    given([{ name: 'A' }, { name: 'I', tags: ['latest'], children: [digest('A')] }]);

    it('are no activity within the hour in which Docker Hub updates its times', async () => {
      const api = createApi();
      const images = await listed(api, repository, activeFrom);
      assert.ok(reads() > 0);
      assert.equal(imageOf(images, 'I')?.status, 'inactive');
    });

    it('hide no pull after that hour, and none before', async () => {
      const api = createApi();
      await listed(api, repository, activeFrom);
      now = new Date(start.getTime() + 3 * 60 * 60 * 1000);
      hub.world.repository('demo/app').pull(digest('I'), new Date(start.getTime() + 2 * 60 * 60 * 1000));
      assert.equal(imageOf(await looked(api), 'I')?.status, 'active');
      const other = createApi();
      assert.equal(imageOf(await listed(other, repository, activeFrom), 'I')?.status, 'active');
    });
  });

  describe('an index that lists a manifest for several platforms', () => {
    given([
      { name: 'A' },
      {
        name: 'I',
        tags: ['latest'],
        children: [
          { digest: digest('A'), platform: { os: 'linux', architecture: 'arm', variant: 'v6' } },
          { digest: digest('A'), platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
        ],
      },
    ]);

    it('has it once, with all of them', async () => {
      const images = await listed(createApi(), repository, activeFrom);
      const parts: readonly (readonly [Digest, string | undefined])[] | undefined = imageOf(
        images,
        'I',
      )?.parts?.map((part) => [part.digest, part.platform]);
      assert.equal(parts?.length, 1);
      assert.match(parts[0]?.[1] ?? '', /linux\/arm\/v6, linux\/arm\/v7/);
    });
  });

  describe('1,400 tags', () => {
    given(
      Array.from({ length: 1_400 }, (_, number) => ({
        name: `image ${number}`,
        tags: [`t${number}`],
        at: new Date(old.getTime() + number * 1000),
      })),
      { listsWithoutPulls: ['manifests'] },
    );

    it('are all read by an account that is signed in', async () => {
      const { count, gaps } = await createApi().listImages(repository, { activeFrom, page: 1, pageSize: 10 });
      assert.equal(count, 1_400);
      assert.equal(gaps, undefined);
      const { inactive: count2, unknown } = await createApi().getSummary(repository, { activeFrom });
      assert.deepEqual([count2, unknown], [1_400, 0]);
    });

    it('leave a gap where the eleventh page is refused, and what is not shown is unknown', async () => {
      hub.faults.add({
        on: { operation: 'GetTags', when: ({ query }) => Number(query['page']) > 10 },
        times: 'always',
        fault: {
          kind: 'status',
          status: 403,
          body: { message: 'pagination offset too large for anonymous requests; sign in to page further' },
        },
      });
      const api = createApi();
      const images = await looked(api);
      assert.equal(inactive(images).size, 1_000);
      const { gaps } = await api.listImages(repository, { activeFrom, page: 1, pageSize: 10 });
      assert.deepEqual(gaps, ['tagsCut']);
      const { inactive: count, unknown } = await api.getSummary(repository, { activeFrom });
      assert.deepEqual([count, unknown], [1_000, 400]);
    });
  });

  describe('a repository whose list of manifests the server does not offer', () => {
    given([
      { name: 'A', tags: ['v1'] },
      { name: 'S', subject: digest('A') },
      { name: 'T', subject: digest('S') },
    ]);

    beforeEach(() => {
      hub.faults.add({
        on: { operation: 'GetManifests' },
        times: 'always',
        fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
      });
    });

    it('shows what the registry names as attached to a planned image, at any depth', async () => {
      const api = createApi();
      assert.deepEqual(await findings(api, 'A'), ['v1']);
      const image = imageOf(await looked(api), 'A');
      assert.ok(image);
      assert.deepEqual(digestsOf(partsOf(image)), named('S', 'T'));
    });

    it('shows no attachment that the registry does not name any more', async () => {
      const api = createApi();
      await findings(api, 'A');
      hub.world.repository('demo/app').remove([digest('S'), digest('T')]);
      await findings(api, 'A');
      const image = imageOf(await looked(api), 'A');
      assert.ok(image);
      assert.deepEqual(digestsOf(partsOf(image)), named());
    });

    for (const body of [[], {}, 'none', { schemaVersion: 2 }]) {
      it(`plans nothing where the answer about attachments is ${JSON.stringify(body)}`, async () => {
        hub.faults.add({ on: { operation: 'GetReferrers' }, fault: { kind: 'status', status: 200, body } });
        await assert.rejects(findings(createApi(), 'A'), { kind: 'protocol' });
      });
    }
  });

  describe('an index in another one, of which the list does not tell the media type', () => {
    given(
      [
        { name: 'A' },
        { name: 'N', children: [digest('A')] },
        { name: 'I', tags: ['latest'], children: [digest('N')] },
      ],
      { listedMediaTypes: { [digest('N')]: null } },
    );

    it('is read for a plan of the outer one, whose deletion takes its platforms along', async () => {
      const api = createApi();
      const outer = async () => (await looked(api)).filter(({ tags }) => tags.length > 0);
      await readNeeded(api, repository, await outer());
      const [image] = await outer();
      assert.ok(image);
      assert.deepEqual(digestsOf(partsOf(image)), named('N', 'A'));
      assert.equal(image.arePartsUnknown, undefined);
    });
  });
});
