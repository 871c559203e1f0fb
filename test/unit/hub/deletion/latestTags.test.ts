import assert from 'node:assert/strict';
import {
  formerTagsOf,
  latestTagsOf,
  tagChangesOf,
  type TaggedEntry,
  tagsInAnswer,
} from '../../../../src/hub/deletion/latestTags';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { imageKey } from '../../../../src/hub/deletionRequest';
import type { Blocker } from '../../../../src/hub/findings';
import type { Image } from '../../../../src/hub/model';
import { approvedPlan, checkedReview, warningOf } from '../../../support/approvedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';

const current = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: true }));
const former = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: false }));
const planned = plannedImage('acme/api', 'one', { tags: [...current('2.0', 'stable'), ...former('1.0')] });
const { repository, image } = planned;
const key = imageKey(repository, image.digest);
const activeFrom = new Date('2026-01-01T00:00:00Z');
const now = (...tags: readonly string[]) => warningOf(planned, 'current_tag', ...tags);
const blocked: Blocker = { repository: repository.name, digest: image.digest, error: 'unauthorized' };

describe('the tags in the answer of a dry run', () => {
  const of = (...all: readonly ReturnType<typeof warningOf>[]) => all.map((warning) => ({ warning }));
  const untold = warningOf(planned, 'is_active');
  const cases: readonly [string, ...Parameters<typeof tagsInAnswer>, readonly string[] | undefined][] = [
    ['those of the warning', of(warningOf(planned, 'is_active'), now('a', 'b')), [], ['a', 'b']],
    ['none if there is no such warning', of(warningOf(planned, 'is_active')), [], []],
    ['none if there is no finding', [], [], []],
    ['not known of a blocked image', [], [blocked], undefined],
    ['those of the warning about a blocked image', of(now('a')), [blocked], ['a']],
    ['not known if the warning has none', of({ ...untold, warning: 'current_tag' }), [], undefined],
  ];
  for (const [name, warnings, blockers, expected] of cases) {
    it(`are ${name}`, () => {
      assert.deepEqual(tagsInAnswer(warnings, blockers), expected);
    });
  }
});

describe('tags that differ from those of the plan', () => {
  const entryWith = (latestTags: readonly string[] | undefined): TaggedEntry => ({ planned, latestTags });
  const holder = imageOf('holder', { tags: current('2.0') });
  const cases: readonly [string, readonly string[] | undefined, readonly Image[] | undefined, unknown][] = [
    ['are none if they were not read since', undefined, [holder], { added: [], moved: [], lost: [] }],
    ['are none in another order', ['stable', '2.0'], [holder], { added: [], moved: [], lost: [] }],
    ['may be new', ['2.0', 'stable', 'x'], undefined, { added: ['x'], moved: [], lost: [] }],
    ['have moved if another image has them', ['stable'], [holder], { added: [], moved: ['2.0'], lost: [] }],
    [
      'have moved if a part of another image has them',
      ['stable'],
      [imageOf('index', { parts: [holder] })],
      { added: [], moved: ['2.0'], lost: [] },
    ],
    ['are lost if no image has them', ['stable'], [], { added: [], moved: [], lost: ['2.0'] }],
    ['are lost if nothing was listed', ['stable'], undefined, { added: [], moved: [], lost: ['2.0'] }],
    ['are lost if an older list has them here', ['stable'], [image], { added: [], moved: [], lost: ['2.0'] }],
  ];
  for (const [name, tags, listed, expected] of cases) {
    it(name, () => {
      assert.deepEqual(tagChangesOf(entryWith(tags), listed), expected);
    });
  }

  it('are former tags if they no longer point at the image', () => {
    assert.deepEqual(formerTagsOf(entryWith(undefined)), ['1.0']);
    assert.deepEqual(formerTagsOf(entryWith(['2.0', '1.0'])), ['stable']);
    assert.deepEqual(latestTagsOf(entryWith(undefined)), ['2.0', 'stable']);
    assert.deepEqual(latestTagsOf(entryWith([])), []);
  });
});

describe('the latest tags of an image in a review', () => {
  it('are not known before a dry run has answered', () => {
    assert.equal(new DeletionReview(planOf([planned])).get(key)?.latestTags, undefined);
  });

  it('are those of the last dry run, whatever an earlier list says', () => {
    const review = checkedReview([planned], { warnings: [now('2.0')], lists: { 'acme/api': [image] } });
    assert.deepEqual(review.get(key)?.latestTags, ['2.0']);
    review.record([planned], { kind: 'completed', metrics: nothingRemoved }, true);
    assert.deepEqual(review.get(key)?.latestTags, []);
  });

  it('are those of the list if the dry run does not tell', () => {
    const review = new DeletionReview(planOf([planned]));
    review.record([planned], refusal({ blockers: [blocked] }), false);
    assert.equal(review.get(key)?.latestTags, undefined);
    const images = [{ ...image, tags: current('moved') }];
    review.recordSurvey(repository, { repository, activeFrom, images }, false);
    assert.deepEqual(review.get(key)?.latestTags, ['moved']);
  });

  it('remain those read last if a later dry run does not tell', () => {
    const review = checkedReview([planned], { warnings: [now('2.0')] });
    review.record([planned], refusal({ blockers: [blocked] }), true);
    assert.deepEqual(review.get(key)?.latestTags, ['2.0']);
  });

  it('remain where a refused deletion does not repeat what was accepted', () => {
    const review = checkedReview([planned], { warnings: [now('2.0')] });
    review.accept(key, 'current_tag', true);
    review.recordRefusal([planned], refusal({ warnings: [warningOf(planned, 'is_active')] }));
    assert.deepEqual(review.get(key)?.latestTags, ['2.0']);
    review.recordRefusal([planned], refusal({ warnings: [now('2.0', 'new')] }));
    assert.deepEqual(review.get(key)?.latestTags, ['2.0', 'new']);
  });

  it('are those of a list after a deletion, which changes nothing that is approved', () => {
    const facts = { warnings: [now('2.0')] };
    const review = checkedReview([planned], facts);
    review.acceptAll('current_tag', true);
    review.noteListing(repository, [{ ...image, tags: current('stable') }, imageOf('other')]);
    assert.deepEqual(review.get(key)?.latestTags, ['stable']);
    assert.equal(review.lastListedImages(repository)?.length, 2);
    assert.equal(
      ReviewedPlan.of(review, { kind: 'off' }).fingerprint,
      approvedPlan([planned], facts).fingerprint,
    );
  });

  it('lose those that were deleted or have moved', () => {
    const review = new DeletionReview(planOf([planned]));
    review.noteLostTags(key, ['2.0']);
    assert.deepEqual(review.get(key)?.latestTags, ['stable']);
    review.noteLostTags(key, []);
    assert.deepEqual(review.get(key)?.latestTags, ['stable']);
  });
});
