import assert from 'node:assert/strict';
import { collateralKeysOf, ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import type { Image } from '../../../../src/hub/model';
import { approvedPlan, type ApprovalFacts, checkedReview, warningOf } from '../../../support/approvedPlan';
import { refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage } from '../../../support/images';

const former = (...names: readonly string[]) => names.map((name) => ({ name, isCurrent: false }));
const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const elsewhere = plannedImage('acme/web', 'one');
const wasLatest = imageOf('was latest', { tags: former('latest') });
const wasStable = imageOf('was stable', { tags: former('stable') });
const latest = warningOf(one, 'current_tag', 'latest');
const keyIn = ({ repository }: PlannedImage, { digest }: Image) => imageKey(repository, digest);
const listOf = (...images: readonly Image[]) => ({ 'acme/api': [one.image, two.image, ...images] });

describe('approval of a review', () => {
  const refused = /^Error: The review is not complete/;

  it('needs every image to be checked and every warning to be accepted', () => {
    const review = checkedReview([one, two], { warnings: [warningOf(one, 'is_active')] });
    assert.throws(() => ReviewedPlan.of(review, { kind: 'off' }), refused);
    review.acceptAll('is_active', true);
    assert.equal(ReviewedPlan.of(review, { kind: 'off' }).approved.length, 2);
    review.uncheck([keyIn(two, two.image)]);
    assert.throws(() => ReviewedPlan.of(review, { kind: 'off' }), refused);
  });

  it('needs the search of the workspace to be settled', () => {
    assert.throws(() => ReviewedPlan.of(checkedReview([one]), undefined), refused);
  });

  it('looks at each image, whatever the counts say', () => {
    for (const isComplete of [true, false]) {
      const review = checkedReview([one, two], { warnings: [warningOf(one, 'is_active')] });
      Object.defineProperty(review, 'isComplete', { value: isComplete });
      assert.throws(() => ReviewedPlan.of(review, { kind: 'off' }), refused);
    }
    const review = checkedReview([one]);
    Object.defineProperty(review, 'isComplete', { value: false });
    assert.throws(() => ReviewedPlan.of(review, { kind: 'off' }), refused);
  });

  it('is refused while an image is blocked, whatever the counts say', () => {
    const review = checkedReview([one, two]);
    const { repository, image } = one;
    const blockers = [{ repository: repository.name, digest: image.digest, error: 'not_found' }] as const;
    review.record([one], refusal({ blockers }), true);
    Object.defineProperty(review, 'isComplete', { value: true });
    assert.throws(() => ReviewedPlan.of(review, { kind: 'off' }), refused);
  });
});

describe('images that are deleted along with an approved plan', () => {
  it('are those of all of its images, each once, in their repository', () => {
    const plan = approvedPlan([one, two], {
      warnings: [latest, warningOf(two, 'current_tag', 'stable')],
      lists: listOf(wasLatest, wasStable, imageOf('was both', { tags: former('latest', 'stable') })),
    });
    assert.deepEqual(
      new Set(plan.collateralKeys),
      new Set([wasLatest, wasStable, imageOf('was both')].map((image) => keyIn(one, image))),
    );
    const [first, second] = plan.approved;
    assert.ok(first && second);
    assert.deepEqual(
      new Set(collateralKeysOf(first)),
      new Set([wasLatest, imageOf('was both')].map((image) => keyIn(one, image))),
    );
    assert.equal(collateralKeysOf(second)?.length, 2);
  });

  it('are none where nothing goes along', () => {
    const plan = approvedPlan([one]);
    assert.deepEqual([...plan.collateralKeys], []);
    assert.deepEqual(plan.approved.map(collateralKeysOf), [[]]);
  });

  it('are not known where they were accepted like that', () => {
    const plan = approvedPlan([one], { warnings: [latest], lists: { 'acme/api': undefined } });
    assert.deepEqual(plan.approved.map(collateralKeysOf), [undefined]);
    assert.deepEqual([...plan.collateralKeys], []);
  });
});

describe('requests of an approved plan', () => {
  it('have the images that were accepted along with each of theirs', () => {
    const [untagged, tagged] = approvedPlan([one, two], {
      warnings: [latest],
      lists: listOf(wasLatest),
    }).requests(1);
    assert.deepEqual([...(untagged?.collateral ?? [])], []);
    assert.deepEqual([...(tagged?.collateral ?? [])], [[one.image.digest, [wasLatest]]]);
    assert.deepEqual(tagged?.images, [one]);
  });

  it('say that it was accepted not to know them', () => {
    const [request] = approvedPlan([one], { warnings: [latest], lists: { 'acme/api': undefined } }).requests(
      1,
    );
    assert.deepEqual([...(request?.collateral ?? [])], [[one.image.digest, 'unknown']]);
    assert.deepEqual(request?.attachments, []);
  });

  it('have every image that the last check has listed in their repository', () => {
    const images = [one.image, two.image, wasLatest];
    const [api, web] = approvedPlan([one, elsewhere], { lists: { 'acme/api': images } }).requests(2);
    assert.deepEqual(
      [...(api?.listed ?? [])],
      images.map((image) => [image.digest, image]),
    );
    assert.ok(web && !('listed' in web));
    const unknown = approvedPlan([one], { lists: { 'acme/api': undefined } }).requests(1);
    assert.ok(unknown[0] && !('listed' in unknown[0]));
  });

  it('have every digest of the plan in their repository, and none of another', () => {
    const requests = approvedPlan([one, two, elsewhere]).requests(1);
    assert.deepEqual(
      requests.map(({ repository, planned }) => [repository.name, planned && [...planned]]),
      [
        ['api', [one.image.digest, two.image.digest]],
        ['api', [one.image.digest, two.image.digest]],
        ['web', [elsewhere.image.digest]],
      ],
    );
  });

  it('send untagged images first, by what the dry run tells', () => {
    const requests = approvedPlan([one, two], { warnings: [latest, warningOf(two, 'is_active')] }).requests(
      1,
    );
    assert.deepEqual(
      requests.map(({ digests }) => digests),
      [[two.image.digest], [one.image.digest]],
    );
  });

  it('have no warning where none was accepted', () => {
    assert.deepEqual(approvedPlan([one]).requests(1)[0]?.ignoredWarnings, []);
  });
});

describe('attachments of a request', () => {
  const signature = imageOf('signature', { role: 'signature' });
  const other = imageOf('other signature', { role: 'signature' });
  const platform = imageOf('platform', { platform: 'linux/arm64' });
  const withParts = (planned: PlannedImage, ...parts: readonly Image[]): PlannedImage => ({
    ...planned,
    image: { ...planned.image, parts },
  });
  const attachments = (batchSize: number, ...images: readonly PlannedImage[]) =>
    approvedPlan(images, { lists: { 'acme/api': images.map(({ image }) => image) } })
      .requests(batchSize)
      .map((request) => request.attachments.map(({ digest }) => digest));

  it('are the signatures among what goes along, and nothing else', () => {
    assert.deepEqual(attachments(2, withParts(one, platform, signature), two), [[signature.digest]]);
  });

  it('are in the last request that deletes an image they are attached to, each once', () => {
    const images = [withParts(one, signature), withParts(two, signature, other)] as const;
    assert.deepEqual(attachments(1, ...images), [[], [signature.digest, other.digest]]);
    assert.deepEqual(attachments(2, ...images), [[signature.digest, other.digest]]);
    const third = plannedImage('acme/api', 'three');
    assert.deepEqual(attachments(1, withParts(one, other), withParts(two, signature), third), [
      [other.digest],
      [signature.digest],
      [],
    ]);
  });
});

describe('fingerprint of an approved plan', () => {
  const platform = imageOf('platform', { platform: 'linux/arm64' });
  const index = { ...one, image: { ...one.image, role: 'index' as const, parts: [platform] } };
  const of = (images: readonly PlannedImage[], facts: ApprovalFacts = {}) =>
    approvedPlan(images, facts).fingerprint;
  const both = [one, two];
  const tags = (...names: readonly string[]): ApprovalFacts => ({
    warnings: [warningOf(one, 'current_tag', ...names)],
  });

  it('is the same in any order of images, warnings, tags and collateral', () => {
    const warnings = [warningOf(one, 'is_active'), warningOf(one, 'current_tag', 'b', 'a', 'c')];
    const again = [warningOf(one, 'current_tag', 'c', 'a', 'b'), warningOf(one, 'is_active')];
    const along = ['x', 'y', 'z'].map((name) => imageOf(name, { tags: former('a') }));
    assert.equal(
      of(both, { warnings, lists: listOf(...along) }),
      of([two, one], { warnings: again, lists: listOf(...along.toReversed()) }),
    );
  });

  const different: readonly (readonly [string, () => readonly [string, string]])[] = [
    ['another image', () => [of([one]), of([two])]],
    ['one image more', () => [of([one]), of(both)]],
    ['another repository', () => [of([one]), of([elsewhere])]],
    ['another server', () => [of([one]), of([one], { plan: { origin: 'https://other.example' } })]],
    ['another activity window', () => [of([one]), of([one], { plan: { activeFrom: new Date(0) } })]],
    ['a warning', () => [of([one]), of([one], { warnings: [warningOf(one, 'is_active')] })]],
    [
      'a warning of another kind',
      () => [of([one], { warnings: [warningOf(one, 'is_active')] }), of([one], tags())],
    ],
    ['a warning without and with a tag', () => [of([one], tags()), of([one], tags('a'))]],
    ['another tag', () => [of([one], tags('a')), of([one], tags('b'))]],
    ['two tags whose names make one', () => [of([one], tags('a', 'b')), of([one], tags('ab'))]],
    [
      'a warning of another image',
      () => [
        of(both, { warnings: [warningOf(one, 'is_active')] }),
        of(both, { warnings: [warningOf(two, 'is_active')] }),
      ],
    ],
    [
      'what goes along',
      () => [
        of([one], { ...tags('latest'), lists: listOf(wasLatest) }),
        of([one], { ...tags('latest'), lists: listOf() }),
      ],
    ],
    [
      'not knowing what goes along',
      () => [
        of([one], { ...tags('latest'), lists: listOf() }),
        of([one], { ...tags('latest'), lists: { 'acme/api': undefined } }),
      ],
    ],
    ['a part', () => [of([index], { lists: { 'acme/api': [index.image] } }), of([one], { lists: listOf() })]],
  ];
  for (const [name, pair] of different) {
    it(`differs for ${name}`, () => {
      const [a, b] = pair();
      assert.notEqual(a, b);
    });
  }
});
