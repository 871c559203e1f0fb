import assert from 'node:assert/strict';
import { type ChangeKind, changesBetween } from '../../../../src/hub/deletion/reviewChanges';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import type { Blocker, DeletionWarning } from '../../../../src/hub/findings';
import type { Image } from '../../../../src/hub/model';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { warningOf } from '../../../support/approvedPlan';
import { refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const active = warningOf(one, 'is_active');
const tagged = (...tags: readonly string[]) => warningOf(one, 'current_tag', ...tags);
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);
const former = (seed: string) => imageOf(seed, { tags: [{ name: 'a', isCurrent: false }] });

interface Check {
  readonly warnings?: readonly DeletionWarning[];
  readonly errors?: readonly Blocker['error'][];
  /** `undefined`: the repository could not be listed in full. */
  readonly list?: readonly Image[] | undefined;
}

function entriesAfter({ warnings = [], errors = [], ...check }: Check, ...images: readonly PlannedImage[]) {
  const review = new DeletionReview(planOf(images));
  const { repository } = one;
  const blockers = errors.map((error) => ({ repository: repository.name, digest: one.image.digest, error }));
  review.record(images, refusal({ warnings, blockers }), false);
  if ('list' in check) {
    const { activeFrom } = review.plan;
    review.recordSurvey(repository, check.list && { repository, activeFrom, images: check.list }, false);
  }
  return review.entries;
}

describe('changes between two checks', () => {
  const list = [one.image];
  const along = { warnings: [tagged('a')], list: [...list, former('x')] };
  const rows: readonly (readonly [string, Check, Check, readonly ChangeKind[]])[] = [
    ['nothing', { warnings: [active] }, { warnings: [active] }, []],
    ['an image that is active now', {}, { warnings: [active] }, ['pulled']],
    ['an image that has a tag now', {}, { warnings: [tagged('a')] }, ['tagged']],
    ['an image with another tag', { warnings: [tagged('a')] }, { warnings: [tagged('b')] }, ['tagged']],
    ['tags in another order', { warnings: [tagged('a', 'b')] }, { warnings: [tagged('b', 'a')] }, []],
    ['an image that is active and tagged', {}, { warnings: [tagged('a'), active] }, ['pulled', 'tagged']],
    ['an image that is not active any more', { warnings: [active] }, {}, ['cleared']],
    ['one of two warnings', { warnings: [active, tagged('a')] }, { warnings: [active] }, ['cleared']],
    ['one warning for another', { warnings: [active] }, { warnings: [tagged('a')] }, ['tagged']],
    ['an image that is blocked now', {}, { warnings: [active], errors: ['not_found'] }, ['blocked']],
    ['an image that stays blocked', { errors: ['not_found'] }, { errors: ['unauthorized', 'not_found'] }, []],
    ['an image that is not blocked any more', { errors: ['not_found'] }, {}, []],
    ['something that goes along', { warnings: [tagged('a')], list }, along, ['collateral']],
    ['nothing that goes along any more', along, { warnings: [tagged('a')], list }, ['collateral']],
    ['the same that goes along', along, along, []],
    ['something else that goes along', along, { ...along, list: [...list, former('y')] }, ['collateral']],
    ['not knowing what goes along', along, { ...along, list: undefined }, ['collateral']],
    [
      'more than one kind',
      { warnings: [active], list },
      { warnings: [active, tagged('a')], list: [...list, former('x')] },
      ['tagged', 'collateral'],
    ],
  ];
  for (const [name, before, after, kinds] of rows) {
    it(`are ${kinds.join(' and ') || 'none'} for ${name}`, () => {
      assert.deepEqual(
        changesBetween(entriesAfter(before, one), entriesAfter(after, one)),
        kinds.map((kind) => ({ key: keyOf(one), kind })),
      );
    });
  }

  it('are none of an image that was not there before', () => {
    const before = entriesAfter({}, two);
    assert.deepEqual(changesBetween(before, entriesAfter({ warnings: [active] }, one, two)), []);
  });

  it('are those of each image in the order of the plan', () => {
    const warnings = [active, warningOf(two, 'is_active')];
    assert.deepEqual(
      changesBetween(entriesAfter({}, two, one), entriesAfter({ warnings }, one, two)).map(({ key }) => key),
      [keyOf(one), keyOf(two)],
    );
  });
});
