import assert from 'node:assert/strict';
import type { RequestResult } from '../../../../src/hub/deletion/outcome';
import { settleExecution } from '../../../../src/hub/deletion/settleDeletion';
import { imageKey, type ReviewedRequest } from '../../../../src/hub/deletionRequest';
import type { Image } from '../../../../src/hub/model';
import { approvedPlan, warningOf } from '../../../support/approvedPlan';
import { FakeImageApi, nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage } from '../../../support/images';

const one = plannedImage('acme/api', 'one', { tags: [{ name: 'latest', isCurrent: true }] });
const two = plannedImage('acme/api', 'two');
const former = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });
const part = imageOf('part');
const index = imageOf('index', { role: 'index', parts: [part] });
const kept = [imageOf('kept 1'), imageOf('kept 2')];
const all = [one.image, two.image, former, index, ...kept];
const keyOf = ({ digest }: Image) => imageKey(one.repository, digest);

type Result = (request: ReviewedRequest) => RequestResult;
const completed: Result = (request) => ({
  kind: 'answered',
  request,
  answer: { kind: 'completed', metrics: nothingRemoved },
});
const refused: Result = (request) => ({ kind: 'answered', request, answer: refusal({}) });
const failed: Result = (request) => ({ kind: 'failed', request, error: new Error('reply lost') });

/** Settles a deletion of two images, each by its own request, with pages of one image. */
async function settle(
  after: readonly Image[] | Error,
  { ofTwo = completed, ofOne = completed, before = (): readonly Image[] | undefined => all } = {},
) {
  const plan = approvedPlan([one, two], {
    warnings: [warningOf(one, 'current_tag', 'latest')],
    lists: { 'acme/api': all },
  });
  const results = plan
    .requests(1)
    .map((request) => (request.digests.includes(one.image.digest) ? ofOne : ofTwo)(request));
  const api = new FakeImageApi(after instanceof Error ? [] : after);
  let readings = 0;
  const listImages = api.listImages.bind(api);
  api.listImages = (...args) => {
    readings += args[1].page === 1 ? 1 : 0;
    return after instanceof Error ? Promise.reject(after) : listImages(...args);
  };
  const options = { api, pageSize: 1, onProgress: () => undefined };
  const settled = await settleExecution(plan, results, options, before);
  return { ...settled, readings };
}

describe('images that are missing after a deletion', () => {
  it('are unexpected if they were neither planned nor accepted, each with its parts', async () => {
    const { unexpected, listingError } = await settle(kept);
    assert.deepEqual(unexpected, [index, part].map(keyOf));
    assert.equal(listingError, undefined);
  });

  it('are not unexpected if the list before the deletion is not known', async () => {
    assert.deepEqual((await settle(kept, { before: () => undefined })).unexpected, []);
  });

  it('are not unexpected if there is no list after the deletion, and the reason is reported', async () => {
    const error = new Error('no connection');
    const { unexpected, listingError, images } = await settle(error);
    assert.deepEqual(unexpected, []);
    assert.equal(listingError, error);
    assert.deepEqual(
      images.map(({ outcome }) => outcome),
      ['unconfirmed', 'unconfirmed'],
    );
  });
});

describe('the list after a deletion', () => {
  const rows: readonly (readonly [string, readonly Image[], { ofOne?: Result; ofTwo?: Result }, number])[] = [
    ['only what the server said it deleted is missing', kept, {}, 1],
    ['an image is missing whose request was refused', kept, { ofTwo: refused }, 2],
    ['an image is missing whose request has no answer', kept, { ofTwo: failed }, 2],
    ['all images are there', all, { ofOne: failed, ofTwo: failed }, 1],
    [
      'collateral is missing although one of the requests has no answer',
      [two.image, ...kept],
      { ofTwo: failed },
      2,
    ],
  ];
  for (const [name, after, results, count] of rows) {
    it(`is read ${count === 1 ? 'once' : 'twice'} if ${name}`, async () => {
      assert.equal((await settle(after, results)).readings, count);
    });
  }
});
