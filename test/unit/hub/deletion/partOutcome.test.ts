import assert from 'node:assert/strict';
import { partOutcome, type PartOutcome } from '../../../../src/hub/deletion/partOutcome';
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

function outcomes(
  planned: readonly Image[],
  inventory: readonly Image[] | undefined,
): readonly PartOutcome[] {
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
  return (index.parts ?? []).map((part) => partOutcome(part, entry, review));
}

describe('partOutcome', () => {
  it('is not known before a dry run has answered', () => {
    assert.deepEqual(outcomes([index], undefined), ['unknown', 'unknown']);
  });

  it('is not known without a complete list', () => {
    assert.deepEqual(outcomes([index], []), ['unknown', 'unknown']);
  });

  it('is not known before it was found out what falls', () => {
    const review = new DeletionReview(planOf([{ repository, image: index }]));
    review.record(review.images, { kind: 'completed', metrics: nothingRemoved }, false);
    const [entry] = review.entries;
    assert.ok(entry);
    assert.equal(partOutcome(own, entry, review), 'unknown');
    review.recordSurvey(repository, { repository, activeFrom: new Date(0), images: [index] }, false);
    const [surveyed] = review.entries;
    assert.ok(surveyed);
    assert.equal(partOutcome(own, surveyed, review), 'deletedAlong');
    review.uncheck([]);
    assert.equal(partOutcome(own, surveyed, review), 'unknown');
  });

  it('tells what goes with the image from what another image needs', () => {
    assert.deepEqual(outcomes([index], [index, other]), ['deletedAlong', 'stays']);
    assert.deepEqual(outcomes([index, other], [index, other]), ['deletedAlong', 'deletedAlong']);
  });

  it('names what is in the plan itself', () => {
    assert.deepEqual(outcomes([index, own], [index, other, own]), ['planned', 'stays']);
  });
});
