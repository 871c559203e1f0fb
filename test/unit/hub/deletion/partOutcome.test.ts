import assert from 'node:assert/strict';
import { fateOfPart, type PartFate } from '../../../../src/hub/deletion/partOutcome';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { imageKey } from '../../../../src/hub/deletionRequest';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { nothingRemoved } from '../../../support/fakeImageApi';
import { imageOf, planOf } from '../../../support/images';

const repository = parseRepositoryRef('acme/api');
const shared = imageOf('shared', { platform: 'linux/arm64' });
const own = imageOf('own', { platform: 'linux/amd64' });
const index = imageOf('index', { role: 'index', parts: [own, shared] });
const other = imageOf('other', { role: 'index', parts: [shared] });

function fates(planned: readonly Image[], inventory: readonly Image[] | undefined): readonly PartFate[] {
  const review = new DeletionReview(planOf(planned.map((image) => ({ repository, image }))));
  if (inventory !== undefined) {
    review.record(review.images, { kind: 'completed', metrics: nothingRemoved }, false);
    review.recordSurvey(
      repository,
      inventory.length === 0
        ? undefined
        : { repository, activeFrom: review.plan.activeFrom, images: inventory },
      false,
    );
  }
  const entry = review.get(imageKey(repository, index.digest));
  assert.ok(entry);
  return (index.parts ?? []).map((part) => fateOfPart(part, entry, review));
}

describe('fateOfPart', () => {
  it('is not known before a dry run has answered', () => {
    assert.deepEqual(fates([index], undefined), ['unknown', 'unknown']);
  });

  it('is not known without a complete list', () => {
    assert.deepEqual(fates([index], []), ['unknown', 'unknown']);
  });

  it('is not known before it was found out what falls', () => {
    const review = new DeletionReview(planOf([{ repository, image: index }]));
    review.record(review.images, { kind: 'completed', metrics: nothingRemoved }, false);
    const [entry] = review.entries;
    assert.ok(entry);
    assert.equal(fateOfPart(own, entry, review), 'unknown');
    review.recordSurvey(repository, { repository, activeFrom: new Date(0), images: [index] }, false);
    const [surveyed] = review.entries;
    assert.ok(surveyed);
    assert.equal(fateOfPart(own, surveyed, review), 'falls');
    review.uncheck([]);
    assert.equal(fateOfPart(own, surveyed, review), 'unknown');
  });

  it('tells what goes with the image from what another image needs', () => {
    assert.deepEqual(fates([index], [index, other]), ['falls', 'stays']);
    assert.deepEqual(fates([index, other], [index, other]), ['falls', 'falls']);
  });

  it('names what is in the plan itself', () => {
    assert.deepEqual(fates([index, own], [index, other, own]), ['planned', 'stays']);
  });
});
