import assert from 'node:assert/strict';
import { checkReview } from '../../../../src/hub/deletion/check';
import { isSameCollateral } from '../../../../src/hub/deletion/collateral';
import { CollateralSurvey } from '../../../../src/hub/deletion/collateralSurvey';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import type { PlanFacts } from '../../../../src/hub/deletion/plan';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { Verification } from '../../../../src/hub/deletion/verification';
import type { PlannedImage } from '../../../../src/hub/deletionRequest';
import { HubError, type HubErrorKind } from '../../../../src/hub/errors';
import { IncompleteInventoryError, type Inventory } from '../../../../src/hub/listing/inventory';
import type { Image } from '../../../../src/hub/model';
import { warningOf } from '../../../support/approvedPlan';
import { FakeImageApi, refusal } from '../../../support/fakeImageApi';
import { digestOf, imageOf, plannedImage, planOf } from '../../../support/images';

const current = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: true }));
const former = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: false }));
const one = plannedImage('acme/api', 'one', { tags: current('latest') });
const elsewhere = plannedImage('acme/web', 'two');
const wasLatest = imageOf('was latest', { tags: former('latest') });
const latest = warningOf(one, 'current_tag', 'latest');

interface Setting {
  readonly images?: readonly PlannedImage[];
  readonly plan?: Partial<PlanFacts>;
  readonly reuse?: readonly Inventory[];
  readonly batchSize?: number;
}

async function check(
  api: FakeImageApi,
  { images = [one], plan, reuse = [], batchSize = 25 }: Setting = {},
): Promise<{ review: DeletionReview; progress: readonly string[] }> {
  const review = new DeletionReview(planOf(images, plan));
  const progress: string[] = [];
  await checkReview(review, {
    api,
    batchSize,
    pageSize: 100,
    wasSeen: false,
    reuse,
    signal: new AbortController().signal,
    onProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  return { review, progress };
}

function hub(...images: readonly Image[]): FakeImageApi {
  const api = new FakeImageApi(images);
  api.answerDryRun = ({ digests }) =>
    refusal({ warnings: [latest].filter(({ digest }) => digests.includes(digest)) });
  return api;
}

describe('a check that cannot list a repository', () => {
  const failing = (kind: HubErrorKind) => {
    const api = hub(one.image);
    api.getSummary = () => Promise.reject(new HubError(kind, { method: 'GET', path: '/' }));
    return api;
  };
  const alongOf = ({ review }: { review: DeletionReview }) => review.entries[0]?.collateral?.collateral;

  for (const kind of ['forbidden', 'gone', 'protocol'] as const) {
    it(`does not know what is deleted along where the list is ${kind}`, async () => {
      assert.deepEqual(alongOf(await check(failing(kind))), { kind: 'unknown' });
    });
  }

  it('fails for any other reason', async () => {
    for (const kind of ['network', 'unauthenticated', 'cancelled'] as const) {
      await assert.rejects(check(failing(kind)), ({ kind: own }: HubError) => own === kind);
    }
  });

  it('fails in any case for a plan by criteria', async () => {
    const { activeFrom } = planOf([one]);
    const inventories = [{ repository: one.repository, activeFrom, images: [one.image] }];
    const plan = { scope: 'matching', criteria: {}, inventories } as const;
    await assert.rejects(check(failing('forbidden'), { plan }), HubError);
  });
});

describe('a list that a check compares with the dry run', () => {
  const listOf = (...images: readonly Image[]): Inventory => ({
    repository: one.repository,
    activeFrom: planOf([one]).activeFrom,
    images,
  });
  /** How often the repository is listed where this list is at hand. */
  const lists = async (list: Inventory, setting: Setting = {}): Promise<number> => {
    const api = hub(one.image, wasLatest);
    let count = 0;
    const listImages = api.listImages.bind(api);
    api.listImages = (...args) => {
      count += 1;
      return listImages(...args);
    };
    await check(api, { reuse: [list], ...setting });
    return count;
  };

  it('is used where it has the tags that are deleted', async () => {
    assert.equal(await lists(listOf(one.image, wasLatest)), 0);
  });

  const outdated: readonly (readonly [string, readonly Image[]])[] = [
    ['does not have the image', [wasLatest]],
    ['has another tag of it', [{ ...one.image, tags: current('other') }]],
    ['has the tag as a former one', [{ ...one.image, tags: former('latest') }]],
    ['has the tag of another image', [{ ...one.image, tags: [] }, imageOf('x', { tags: current('latest') })]],
  ];
  for (const [name, images] of outdated) {
    it(`is read again where it ${name}`, async () => {
      assert.equal(await lists(listOf(...images)), 1);
    });
  }

  it('need not have the tags of another repository', async () => {
    assert.equal(await lists(listOf(one.image, wasLatest), { images: [one, elsewhere] }), 0);
    const other = plannedImage('acme/web', 'three');
    const api = hub(one.image);
    api.answerDryRun = ({ repository, digests }) =>
      refusal({
        warnings: digests.map((digest) => ({ ...latest, repository: repository.name, digest })),
      });
    await assert.rejects(
      check(api, {
        images: [one, other],
        plan: {
          scope: 'matching',
          criteria: {},
          inventories: [listOf(one.image), { ...listOf(), repository: other.repository }],
        },
      }),
      (error) => error instanceof IncompleteInventoryError && error.repository.name === 'web',
    );
  });
});

describe('progress of a check', () => {
  it('counts the images that have an answer', async () => {
    const images = ['a', 'b', 'c'].map((seed) => plannedImage('acme/api', seed));
    const { progress } = await check(hub(), { images, batchSize: 2 });
    assert.deepEqual(progress, ['0/3', '2/3', '3/3']);
  });
});

describe('collateral', () => {
  it('is another where one of several images is', () => {
    const known = (...seeds: readonly string[]) => ({
      kind: 'known' as const,
      images: seeds.map((seed) => ({ image: imageOf(seed), formerTags: [] })),
    });
    assert.equal(isSameCollateral(known('a', 'b'), known('a', 'c')), false);
    assert.equal(isSameCollateral(known('a', 'b'), known('b', 'a')), true);
  });

  it('is not known of the image whose parts are not', () => {
    const images = [imageOf('a', { arePartsUnknown: true }), imageOf('b')];
    const survey = new CollateralSurvey(
      images.map(({ digest }) => [digest, []]),
      images,
    );
    assert.deepEqual(
      images.map(({ digest }) => survey.isUnknown(digest)),
      [true, false],
    );
    assert.equal(survey.isUnknown(digestOf('not listed')), false);
    assert.deepEqual(survey.deletedAlongWith(digestOf('not listed')), []);
  });
});

describe('verification after a deletion', () => {
  const options = {
    activeFrom: new Date('2026-01-01T00:00:00Z'),
    pageSize: 100,
    onProgress: () => undefined,
  };
  const { repository } = one;

  it('finds parts that are listed below their image', async () => {
    const part = imageOf('part');
    const api = new FakeImageApi([imageOf('index', { parts: [part] })]);
    const digests = ['index', 'part', 'missing'].map(digestOf);
    const found = await Verification.of(
      digests.map((digest) => ({ repository, digest })),
      { ...options, api },
    );
    assert.deepEqual(
      digests.map((digest) => found.exists(repository, digest)),
      [true, true, false],
    );
  });

  describe('while others delete and push, so that an image moves to a page that was read before', () => {
    const seeds = ['a', 'b', 'c', 'd'];
    const paged = { ...options, pageSize: 2 };
    /** After the first page, `a` goes and another image comes. */
    class ChangingApi extends FakeImageApi {
      pages = 0;

      override async listImages(...args: Parameters<FakeImageApi['listImages']>) {
        const page = await super.listImages(...args);
        this.pages += 1;
        if (this.pages === 1) {
          this.images = [...this.images.slice(1), imageOf('new')];
        }
        return page;
      }
    }

    it('finds an image in a second list that the first one lacks', async () => {
      const api = new ChangingApi(seeds.map((seed) => imageOf(seed)));
      const found = await Verification.of([{ repository, digest: digestOf('c') }], { ...paged, api });
      assert.equal(found.exists(repository, digestOf('c')), true);
      assert.equal(api.pages, 4);
    });

    it('believes the first list of an image that the server has deleted', async () => {
      const api = new ChangingApi(seeds.map((seed) => imageOf(seed)));
      const question = { repository, digest: digestOf('c'), isExpectedGone: true };
      const found = await Verification.of([question], { ...paged, api });
      assert.equal(found.exists(repository, digestOf('c')), false);
      assert.equal(api.pages, 2);
    });

    it('believes a list that fits on one page', async () => {
      const api = new FakeImageApi(seeds.map((seed) => imageOf(seed)));
      let lists = 0;
      const list = api.listImages.bind(api);
      api.listImages = (...args) => {
        lists += 1;
        return list(...args);
      };
      const question = { repository, digest: digestOf('missing') };
      const found = await Verification.of([question], { ...options, pageSize: 4, api });
      assert.equal(found.exists(repository, digestOf('missing')), false);
      assert.equal(lists, 1);
    });
  });

  it('asks a server that can tell about each image, and believes no list then', async () => {
    const asked: string[] = [];
    const digests = ['a', 'b', 'c'].map(digestOf);
    const [a, b] = digests;
    assert.ok(a && b);
    const api = Object.assign(new FakeImageApi([imageOf('b')]), {
      existing: (_repository: unknown, all: readonly string[]) => {
        asked.push(...all);
        return Promise.resolve(
          new Map([
            [a, true],
            [b, false],
          ]),
        );
      },
    });
    const found = await Verification.of(
      [...digests, a].map((digest) => ({ repository, digest })),
      { ...options, api },
    );
    assert.deepEqual(asked, digests, 'each once');
    assert.deepEqual(
      digests.map((digest) => found.exists(repository, digest)),
      [true, false, undefined],
    );
    assert.equal(found.exists(elsewhere.repository, a), undefined);
  });
});

describe('locks in memory', () => {
  it('are released once, so that a second release takes nobody else’s', async () => {
    const locks = new MemoryRepositoryLocks();
    const place = { origin: 'https://hub.example', repositories: [one.repository] };
    const acquire = async () => {
      const result = await locks.acquire(place);
      return result.kind === 'locked' ? result : undefined;
    };
    const first = await acquire();
    await first?.release();
    const second = await acquire();
    assert.ok(first && second);
    await first.release();
    assert.equal(await acquire(), undefined);
    await second.release();
    assert.ok(await acquire());
  });
});
