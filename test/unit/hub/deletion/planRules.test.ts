import assert from 'node:assert/strict';
import type { SelectionCriteria } from '../../../../src/hub/deletion/imageSelection';
import { Protection } from '../../../../src/hub/deletion/protection';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import type { Blocker, DeletionWarning } from '../../../../src/hub/findings';
import type { Inventory } from '../../../../src/hub/listing/inventory';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { foundReferences, referenceAt } from '../../../support/foundReferences';
import { refusal } from '../../../support/fakeImageApi';
import { imageOf, planOf } from '../../../support/images';

const repository = parseRepositoryRef('acme/api');
const activeFrom = new Date('2026-01-01T00:00:00Z'); // of `planOf`
const readAt = new Date('2026-06-01T00:00:00Z');
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const current = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: true }));
const former = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: false }));

/** The plan holds it; it was pushed in June 2025 and is inactive. */
const old = imageOf('old');
const tagged = imageOf('tagged', { tags: current('1.0') });

const listOf = (...images: readonly Image[]): Inventory => ({ repository, activeFrom, images, readAt });
const planned = (image: Image): PlannedImage => ({ repository, image });

interface Setting {
  readonly criteria?: SelectionCriteria;
  /** The protection in force, by the number of the check from 0. */
  readonly protection?: (check: number) => Protection;
}

function reviewOf(images: readonly Image[], { criteria, protection = () => Protection.none }: Setting) {
  let checks = -1;
  const review = new DeletionReview(
    planOf(images.map(planned), {
      ...(criteria !== undefined && { scope: 'matching', criteria, inventories: [listOf(...images)] }),
      protectionInForce: () => protection(Math.max(0, checks)),
    }),
  );
  /** A check whose dry run and list say this. */
  const check = (list: Inventory | undefined, ...warnings: readonly DeletionWarning[]): void => {
    checks += 1;
    review.beginCheck();
    review.record(images.map(planned), refusal({ warnings }), true);
    review.recordSurvey(repository, list, true);
  };
  const blockersOf = (image: Image) => review.get(imageKey(repository, image.digest))?.blockers;
  return { review, check, blockersOf };
}

function warn(
  image: Image,
  warning: DeletionWarning['warning'],
  ...tags: readonly string[]
): DeletionWarning {
  const of = { repository: repository.name, digest: image.digest, warning };
  return warning === 'current_tag' ? { ...of, tags } : of;
}

const blocked = (image: Image, error: Blocker['error'], deletedAlong?: Image): readonly Blocker[] => [
  { repository: repository.name, digest: image.digest, error, ...(deletedAlong && { deletedAlong }) },
];

describe('protection of a planned image', () => {
  const gains =
    (...patterns: readonly string[]) =>
    (check: number) =>
      check === 0 ? Protection.none : new Protection(patterns);

  it('applies from the next check on when it changes, and blocks whatever was accepted', () => {
    const { review, check, blockersOf } = reviewOf([tagged], { protection: gains('acme/api:1.*') });
    check(listOf(tagged), warn(tagged, 'current_tag', '1.0'));
    review.acceptAll('current_tag', true);
    assert.equal(review.isComplete, true);
    check(listOf(tagged), warn(tagged, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(tagged), blocked(tagged, 'protected'));
    assert.equal(review.isComplete, false);
  });

  it('applies from the beginning of a check on, to images whose answer of the dry run is used again as well', () => {
    let isProtected = false;
    const protectionInForce = () => (isProtected ? new Protection(['acme/*']) : Protection.none);
    const review = new DeletionReview(planOf([planned(old)], { protectionInForce }));
    review.beginCheck();
    review.record([planned(old)], refusal({}), false);
    assert.equal(review.isComplete, true);
    isProtected = true;
    review.record([planned(old)], refusal({}), false);
    assert.equal(review.isComplete, true, 'in the middle of a check it stays as it was');
    review.beginCheck();
    assert.equal(review.isComplete, false);
  });

  it('is lifted at the next check when it is taken back', () => {
    const protection = (check: number) => (check === 0 ? new Protection(['acme/api:1.0']) : Protection.none);
    const { check, blockersOf } = reviewOf([tagged], { protection });
    check(listOf(tagged), warn(tagged, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(tagged), blocked(tagged, 'protected'));
    check(listOf(tagged), warn(tagged, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(tagged), []);
  });

  it('goes by a tag that only the list tells, too', () => {
    const { check, blockersOf } = reviewOf([old], { protection: () => new Protection(['acme/api:prod']) });
    check(listOf({ ...old, tags: current('prod') }));
    assert.deepEqual(blockersOf(old), blocked(old, 'protected'));
  });

  it('by any tag does not apply to an image that has none', () => {
    const { check, blockersOf } = reviewOf([old], { protection: () => new Protection(['acme/api:*']) });
    check(undefined);
    assert.deepEqual(blockersOf(old), []);
  });

  it('changes nothing where it does not apply', () => {
    const { review, check } = reviewOf([old], { protection: () => new Protection(['acme/web']) });
    check(listOf(old));
    const before = review.changes;
    review.beginCheck();
    assert.equal(review.changes, before);
  });

  it('leaves what the server objects to', () => {
    const { review, blockersOf } = reviewOf([old], { protection: () => new Protection(['acme/api']) });
    const unauthorized: Blocker = { ...blocked(old, 'unauthorized')[0] } as Blocker;
    review.record([planned(old)], refusal({ blockers: [unauthorized] }), true);
    review.recordSurvey(repository, listOf(old), true);
    assert.deepEqual(
      blockersOf(old)?.map(({ error }) => error),
      ['unauthorized', 'protected'],
    );
  });
});

describe('protection of what is deleted along', () => {
  const signature = imageOf('signature', { role: 'signature', tags: current('sha256-1.sig') });
  const platform = imageOf('platform', { platform: 'linux/arm64' });
  const signed = imageOf('signed', { tags: current('1.0'), parts: [signature] });
  const index = imageOf('index', { role: 'index', parts: [{ ...platform, parts: [signature] }] });
  const protection = () => new Protection(['acme/api:*.sig']);

  it('blocks the planned image that it goes with, and names it', () => {
    for (const image of [signed, index]) {
      const { review, check, blockersOf } = reviewOf([image, old], { protection });
      check(listOf(image, old));
      review.acceptAll('collateral', true);
      assert.deepEqual(blockersOf(image), blocked(image, 'protected', signature));
      assert.deepEqual(blockersOf(old), []);
      assert.equal(review.isComplete, false);
    }
  });

  it('blocks it where nobody knows what goes, if it belonged to the image when the plan was made', () => {
    const { check, blockersOf } = reviewOf([signed, tagged], { protection });
    check(undefined, warn(tagged, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(signed), blocked(signed, 'protected', signature));
    assert.deepEqual(blockersOf(tagged), []);
  });

  it('does not block where the part stays', () => {
    const other = imageOf('other', { parts: [signature] });
    const { check, blockersOf } = reviewOf([signed], { protection });
    check(listOf(signed, other));
    assert.deepEqual(blockersOf(signed), []);
  });

  it('blocks once the part has become one that goes, because an image has left the plan', () => {
    const { review, check, blockersOf } = reviewOf([signed, signature], { protection: () => protection() });
    check(listOf(signed, signature));
    assert.deepEqual(blockersOf(signed), [], 'it is in the plan itself');
    assert.deepEqual(blockersOf(signature), blocked(signature, 'protected'));
    review.removeBlocked();
    assert.deepEqual(blockersOf(signed), blocked(signed, 'protected', signature));
  });
});

describe('criteria of a plan', () => {
  const inactive = { status: 'inactive' } as const;
  const pulled: Partial<Image> = { status: 'active', lastPulled: day('2026-05-30') };
  type Row = readonly [
    name: string,
    criteria: SelectionCriteria,
    list: readonly Image[],
    isBlocked: boolean,
    ...warnings: readonly DeletionWarning[],
  ];
  const rows: readonly Row[] = [
    ['that matches as before', inactive, [old], false],
    ['that was pulled', inactive, [{ ...old, ...pulled }], true],
    ['that was pulled, as the dry run alone tells', inactive, [old], true, warn(old, 'is_active')],
    [
      'that was pulled and has got a tag, as the dry run alone tells',
      inactive,
      [old],
      true,
      warn(old, 'is_active'),
      warn(old, 'current_tag', 'new'),
    ],
    ['whose activity nobody knows any more', inactive, [{ ...old, lastPushed: undefined }], true],
    ['whose activity is in the future', inactive, [{ ...old, lastPulled: day('2026-07-01') }], true],
    [
      'that was pushed again',
      { pushedBefore: day('2025-12-01') },
      [{ ...old, lastPushed: day('2025-12-02') }],
      true,
    ],
    ['that is as old as it was', { pushedBefore: day('2025-12-01') }, [old], false],
    ['that has got a tag', { tagging: 'untagged' }, [{ ...old, tags: current('new') }], true],
    [
      'that has got a tag, as the dry run alone tells',
      { tagging: 'untagged' },
      [old],
      true,
      warn(old, 'current_tag', 'new'),
    ],
    ['that has lost its tag', { tagging: 'tagged' }, [old], true],
    [
      'with a tag that does not match',
      { tagPatterns: ['pr-*'] },
      [{ ...old, tags: current('pr-1', 'prod') }],
      true,
    ],
    ['that is not listed', inactive, [imageOf('other')], true],
    [
      'that is the newest now',
      { keepNewest: 1 },
      [old, imageOf('older', { lastPushed: day('2025-05-01') })],
      true,
    ],
    [
      'that is older than the newest',
      { keepNewest: 1 },
      [old, imageOf('newer', { lastPushed: day('2025-07-01') })],
      false,
    ],
    [
      'that is older than one pushed nobody knows when',
      { keepNewest: 1 },
      [old, imageOf('x', { lastPushed: undefined, lastPulled: day('2025-01-01') })],
      false,
    ],
    [
      'that is the newest because the newer one has been pulled',
      { ...inactive, keepNewest: 1 },
      [old, imageOf('newer', { lastPushed: day('2025-07-01'), ...pulled })],
      true,
    ],
  ];
  for (const [name, criteria, list, isBlocked, ...warnings] of rows) {
    it(`${isBlocked ? 'block' : 'let pass'} an image ${name}`, () => {
      const { review, check, blockersOf } = reviewOf([old], { criteria });
      check(listOf(...list), ...warnings);
      assert.deepEqual(blockersOf(old), isBlocked ? blocked(old, 'noLongerMatches') : []);
      (['is_active', 'current_tag', 'collateral'] as const).forEach((kind) => review.acceptAll(kind, true));
      assert.equal(review.isComplete, !isBlocked);
    });
  }

  it('say nothing of an image that the server does not have any more', () => {
    const { review, blockersOf } = reviewOf([old], { criteria: inactive });
    const gone: Blocker = { repository: repository.name, digest: old.digest, error: 'not_found' };
    review.record([planned(old)], refusal({ blockers: [gone] }), true);
    review.recordSurvey(repository, listOf(), true);
    assert.deepEqual(blockersOf(old), [gone]);
  });

  it('block a listed image although the server objects to it as well', () => {
    const { review, blockersOf } = reviewOf([old], { criteria: inactive });
    const isPart: Blocker = { repository: repository.name, digest: old.digest, error: 'child_manifest' };
    review.record([planned(old)], refusal({ blockers: [isPart] }), true);
    review.recordSurvey(repository, listOf({ ...old, ...pulled }), true);
    assert.deepEqual(blockersOf(old), [isPart, ...blocked(old, 'noLongerMatches')]);
  });

  it('block an image in addition to the protection', () => {
    const protection = () => new Protection(['acme/api']);
    const { check, blockersOf } = reviewOf([old], { criteria: inactive, protection });
    check(listOf({ ...old, ...pulled }));
    assert.deepEqual(blockersOf(old), [...blocked(old, 'protected'), ...blocked(old, 'noLongerMatches')]);
  });

  it('do not block a protected image that matches', () => {
    const protection = () => new Protection(['acme/api']);
    const { check, blockersOf } = reviewOf([old], { criteria: inactive, protection });
    check(listOf(old));
    assert.deepEqual(blockersOf(old), blocked(old, 'protected'));
  });

  describe('with a number of newest images that stay', () => {
    const newer = imageOf('newer', { lastPushed: day('2025-07-01') });
    const checked = () => {
      const setting = reviewOf([old, newer], { criteria: { ...inactive, keepNewest: 1 } });
      setting.check(listOf(old, newer), warn(newer, 'is_active'));
      return setting;
    };

    it('block the newest when a newer one was pulled, as the dry run alone tells', () => {
      const { blockersOf } = checked();
      assert.deepEqual(blockersOf(old), blocked(old, 'noLongerMatches'));
    });

    it('still block it when the one that was pulled has left the plan', () => {
      const { review, blockersOf } = checked();
      review.remove([imageKey(repository, newer.digest)]);
      assert.deepEqual(blockersOf(old), blocked(old, 'noLongerMatches'));
    });
  });

  it('block every image where there is no complete list', () => {
    const { check, blockersOf } = reviewOf([old], { criteria: inactive });
    check(undefined);
    assert.deepEqual(blockersOf(old), blocked(old, 'noLongerMatches'));
  });

  it('are judged anew at each check', () => {
    const { review, check, blockersOf } = reviewOf([old], { criteria: inactive });
    check(listOf({ ...old, ...pulled }));
    assert.deepEqual(blockersOf(old), blocked(old, 'noLongerMatches'));
    check(listOf(old));
    assert.deepEqual(blockersOf(old), []);
    assert.equal(review.isComplete, true);
  });

  it('do not apply to images that were chosen one by one', () => {
    const { review, check } = reviewOf([old], {});
    check(listOf({ ...old, ...pulled }));
    assert.equal(review.isComplete, true);
  });
});

describe('the criterion of a plan that nothing in the workspace refers to its images', () => {
  const uses = (tag: string) => ({
    criteria: { unreferencedIn: foundReferences([referenceAt('a.yaml', 1, { tag })]) },
  });

  it('blocks no image that still fits, tagged or not', () => {
    const { check, blockersOf } = reviewOf([old, tagged], uses('2.0'));
    check(listOf(old, tagged), warn(tagged, 'current_tag', '1.0'));
    assert.deepEqual([blockersOf(old), blockersOf(tagged)], [[], []]);
  });

  it('blocks an image that has got a tag that was in use when it was planned', () => {
    const { check, blockersOf } = reviewOf([old], uses('2.0'));
    check(listOf({ ...old, tags: current('2.0') }));
    assert.deepEqual(blockersOf(old), blocked(old, 'noLongerMatches'));
  });

  it('goes by a tag that only the dry run reports, too', () => {
    const { check, blockersOf } = reviewOf([old], uses('2.0'));
    check(listOf(old), warn(old, 'current_tag', '2.0'));
    assert.deepEqual(blockersOf(old), blocked(old, 'noLongerMatches'));
  });

  it('does not apply to what is deleted along: the review says what refers to that', () => {
    const index = imageOf('index', { parts: [imageOf('part', { tags: current('2.0') })] });
    const { check, blockersOf } = reviewOf([index], uses('3.0'));
    check(listOf(index));
    assert.deepEqual(blockersOf(index), []);
  });
});

describe('criteria of a plan for what is deleted along because of a former tag', () => {
  const untagged = (facts: Partial<Image> = {}) => imageOf('former', { tags: former('1.0'), ...facts });
  const inactive = { status: 'inactive' } as const;
  const recent: Partial<Image> = { status: 'active', lastPulled: day('2026-05-30') };
  const rows: readonly (readonly [string, SelectionCriteria, Image, boolean])[] = [
    ['that is inactive as well', inactive, untagged(), false],
    ['that is active', inactive, untagged(recent), true],
    ['whose activity nobody knows', inactive, untagged({ status: 'unknown', lastPushed: undefined }), true],
    ['that is active, where any status matches', { tagPatterns: ['1.*'] }, untagged(recent), false],
    [
      'whose activity nobody knows, where any status matches',
      { tagPatterns: ['1.*'] },
      untagged({ status: 'unknown', lastPushed: undefined }),
      false,
    ],
    [
      'that was pushed too late',
      { pushedBefore: day('2025-07-01') },
      untagged({ lastPushed: day('2025-07-01') }),
      true,
    ],
    ['that was pushed early enough', { pushedBefore: day('2025-07-01') }, untagged(), false],
    [
      'pushed nobody knows when',
      { pushedBefore: day('2025-07-01') },
      untagged({ lastPushed: undefined, lastPulled: day('2025-01-01') }),
      true,
    ],
    ['that stays for being the newest', { keepNewest: 1 }, untagged({ lastPushed: day('2025-07-01') }), true],
    [
      'that does not count among the newest, for it has no matching tag',
      { tagPatterns: ['1.*'], keepNewest: 1 },
      untagged({ lastPushed: day('2025-07-02') }),
      false,
    ],
  ];
  for (const [name, criteria, along, isBlocked] of rows) {
    it(`${isBlocked ? 'block' : 'let pass'} the planned image with one ${name}`, () => {
      const newest = imageOf('newest', { tags: current('1.9'), lastPushed: day('2025-06-30') });
      const { review, check, blockersOf } = reviewOf([tagged], { criteria });
      check(listOf(tagged, along, newest), warn(tagged, 'current_tag', '1.0'));
      assert.deepEqual(blockersOf(tagged), isBlocked ? blocked(tagged, 'noLongerMatches', along) : []);
      review.acceptAll('current_tag', true);
      review.acceptAll('collateral', true);
      assert.equal(review.isComplete, !isBlocked);
    });
  }

  it('do not apply to the parts of a planned image', () => {
    const platform = imageOf('platform', { ...recent, tags: former('1.0') });
    const index = imageOf('index', { role: 'index', tags: current('1.0'), parts: [platform] });
    const { check, blockersOf } = reviewOf([index], { criteria: inactive });
    check(listOf(index), warn(index, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(index), []);
    check(listOf(index, platform), warn(index, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(index), [], 'not even to one that also had the tag');
  });

  it('do not apply to a part where others may not be known', () => {
    const index = imageOf('index', { role: 'index', parts: [imageOf('platform', recent)] });
    const { check, blockersOf } = reviewOf([index], { criteria: inactive });
    check(listOf({ ...index, arePartsUnknown: true }));
    assert.deepEqual(blockersOf(index), []);
  });

  it('apply where parts are deleted along as well', () => {
    const along = untagged(recent);
    const index = imageOf('index', { role: 'index', tags: current('1.0'), parts: [imageOf('platform')] });
    const { check, blockersOf } = reviewOf([index], { criteria: inactive });
    check(listOf(index, along), warn(index, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(index), blocked(index, 'noLongerMatches', along));
  });

  it('apply once an image that has left the plan would go along', () => {
    const along = untagged();
    const { review, check, blockersOf } = reviewOf([tagged, along], { criteria: inactive });
    check(listOf(tagged, { ...along, ...recent }), warn(tagged, 'current_tag', '1.0'));
    assert.deepEqual(blockersOf(tagged), []);
    assert.deepEqual(blockersOf(along), blocked(along, 'noLongerMatches'));
    review.removeBlocked();
    assert.equal(blockersOf(tagged)?.[0]?.error, 'noLongerMatches');
    assert.equal(blockersOf(tagged)?.[0]?.deletedAlong?.digest, along.digest);
  });
});
