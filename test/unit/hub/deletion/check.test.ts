import assert from 'node:assert/strict';
import { checkReview } from '../../../../src/hub/deletion/check';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { IncompleteInventoryError, type Inventory } from '../../../../src/hub/listing/inventory';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { FakeImageApi, nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';

const tagged = [{ name: 'latest', isCurrent: true }];
const planned = plannedImage('acme/api', 'one', { tags: tagged });
const formerLatest = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });

/** A Hub that lists so, and whose dry run tells of the tag `latest`. */
function hubThatLists(...images: readonly Image[]): FakeImageApi {
  const api = new FakeImageApi(images);
  api.answerDryRun = ({ repository, digests }) =>
    refusal({
      warnings: digests.map((digest) => ({
        repository: repository.name,
        digest,
        warning: 'current_tag',
        tags: ['latest'],
      })),
    });
  return api;
}

async function check(
  review: DeletionReview,
  api: FakeImageApi,
  reuse: readonly Inventory[] = [],
): Promise<void> {
  const { signal } = new AbortController();
  await checkReview(review, {
    api,
    batchSize: 25,
    pageSize: 100,
    wasSeen: false,
    reuse,
    signal,
    onProgress: () => undefined,
  });
}

describe('check of a review', () => {
  it('finds what falls with a tag', async () => {
    const review = new DeletionReview(planOf([planned]));
    await check(review, hubThatLists(planned.image, formerLatest));
    assert.equal(review.counts.collateralImages, 1);
  });

  it('does not know what falls where the list leaves out a tag that the dry run told', async () => {
    const review = new DeletionReview(planOf([planned]));
    await check(review, hubThatLists({ ...planned.image, tags: [] }, { ...formerLatest, tags: [] }));
    assert.deepEqual(review.entries[0]?.collateral?.collateral, { kind: 'unknown' });
  });

  it('refuses a plan over a whole repository then', async () => {
    const api = hubThatLists({ ...planned.image, tags: [] });
    const { activeFrom } = planOf([planned]);
    const inventory = { repository: planned.repository, activeFrom, images: [planned.image] };
    const review = new DeletionReview(
      planOf([planned], { activeFrom, scope: 'matching', criteria: {}, inventories: [inventory] }),
    );
    await assert.rejects(
      check(review, api),
      (error) => error instanceof IncompleteInventoryError && error.check === 'agreesWithDryRun',
    );
  });

  it('shows no longer what fell with a tag that is gone', async () => {
    const review = new DeletionReview(planOf([planned]));
    const api = hubThatLists(planned.image, formerLatest);
    await check(review, api);
    api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
    await check(review, api);
    assert.equal(review.counts.collateralImages, 0);
  });

  it('lists a repository in which no tag goes only for a plan with criteria', async () => {
    for (const [facts, pages] of [
      [{}, 0],
      [{ scope: 'matching', criteria: { tagging: 'untagged' } }, 1],
    ] as const) {
      const untagged = plannedImage('acme/api', 'one');
      const { activeFrom } = planOf([untagged]);
      const inventories = [{ repository: untagged.repository, activeFrom, images: [untagged.image] }];
      const api = hubThatLists({ ...untagged.image, tags: tagged });
      api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
      let read = 0;
      const list = api.listImages.bind(api);
      api.listImages = (...args) => {
        read += 1;
        return list(...args);
      };
      const review = new DeletionReview(planOf([untagged], { ...facts, inventories }));
      await check(review, api);
      assert.equal(read, pages);
      assert.equal(review.isComplete, pages === 0, 'the list has a tag');
    }
  });

  describe('with a listing that was made before', () => {
    /** A plan of the image, its repository as it was listed before, and a Hub that counts the pages it is asked for. */
    function setUp(...images: readonly Image[]) {
      const plan = planOf([planned]);
      const { activeFrom } = plan;
      const listing: Inventory = { repository: planned.repository, activeFrom, images };
      const api = hubThatLists(planned.image, formerLatest);
      let pages = 0;
      const list = api.listImages.bind(api);
      api.listImages = (...args) => {
        pages += 1;
        return list(...args);
      };
      return { api, listing, review: new DeletionReview(plan), pages: () => pages };
    }

    it('lists nothing again', async () => {
      const { api, listing, review, pages } = setUp(planned.image, formerLatest);
      await check(review, api, [listing]);
      assert.equal(review.counts.collateralImages, 1);
      assert.equal(pages(), 0);
    });

    it('lists again where it lacks a tag that the dry run told', async () => {
      const { api, listing, review, pages } = setUp({ ...planned.image, tags: [] });
      await check(review, api, [listing]);
      assert.equal(review.counts.collateralImages, 1);
      assert.equal(pages(), 1);
    });

    it('lists again where it is of another repository, or stands against another instant', async () => {
      const { api, listing, review, pages } = setUp(planned.image);
      await check(review, api, [
        { ...listing, repository: parseRepositoryRef('acme/other') },
        { ...listing, activeFrom: new Date(0) },
      ]);
      assert.equal(review.counts.collateralImages, 1);
      assert.equal(pages(), 1);
    });
  });
});
