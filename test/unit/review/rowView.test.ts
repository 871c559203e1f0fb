import assert from 'node:assert/strict';
import type { FlowPhase } from '../../../src/hub/deletion/flowEvent';
import { DeletionReview } from '../../../src/hub/deletion/review';
import { Settlement } from '../../../src/hub/deletion/settlement';
import { imageKey } from '../../../src/hub/deletionRequest';
import { type ReviewView, wholePlan } from '../../../src/review/protocol';
import { RowView } from '../../../src/review/rowView';
import { refusal } from '../../support/fakeImageApi';
import { plannedImage, planOf } from '../../support/images';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const tag = (name: string, isCurrent = true) => ({ name, isCurrent });

const images = [
  plannedImage('acme/api', 'nightly', { tags: [tag('Nightly', false)], lastPushed: at(9) }),
  plannedImage('acme/api', 'v10', { tags: [tag('v1.10'), tag('Stable')], lastPushed: at(3) }),
  plannedImage('acme/web', 'v9', { tags: [tag('v1.9')], lastPushed: at(5) }),
  plannedImage('acme/web', 'silent', { lastPushed: undefined }),
];
const keys = images.map(({ repository, image }) => imageKey(repository, image.digest));
const [nightly, v10, v9, silent] = keys;

/** A review of the four: `v10` is active and tagged, `v9` tagged, `silent` may not be deleted. */
function setUp() {
  const review = new DeletionReview(planOf(images));
  const [, first, second, third] = images;
  assert.ok(first && second && third);
  const of = ({ repository, image }: typeof first) => ({
    repository: repository.name,
    digest: image.digest,
  });
  review.record(
    images.slice(0, 2),
    refusal({
      warnings: [
        { ...of(first), warning: 'is_active' },
        { ...of(first), warning: 'current_tag', tags: ['v1.10', 'Stable'] },
      ],
    }),
    false,
  );
  review.record(
    images.slice(2),
    refusal({
      warnings: [{ ...of(second), warning: 'current_tag', tags: ['v1.9'] }],
      blockers: [{ ...of(third), error: 'unauthorized' }],
    }),
    false,
  );
  const flow = { review, settlement: new Settlement(), phase: 'reviewing' as FlowPhase };
  const view = new RowView(flow);
  return { flow, review, view };
}

function shownKeys(view: RowView): readonly string[] {
  return view.rows(0, 100).map(({ entry }) => entry.key);
}

describe('the view of a review', () => {
  const cases: readonly (readonly [Partial<ReviewView>, readonly (string | undefined)[]])[] = [
    [{}, keys],
    [{ search: 'NIGHT' }, [nightly]],
    [{ search: 'stable' }, [v10]],
    [{ search: 'acme/web' }, [v9, silent]],
    [{ search: 'acme/web:v1' }, [v9]],
    [{ search: ` ${String(v9).slice(-64)} ` }, [v9]],
    [{ search: 'nothing has this' }, []],
    [{ filter: 'open' }, [v10, v9]],
    [{ filter: 'blocked' }, [silent]],
    [{ filter: 'is_active' }, [v10]],
    [{ filter: 'current_tag' }, [v10, v9]],
    [{ filter: 'collateral' }, []],
    [{ filter: 'clean' }, [nightly]],
    [{ filter: 'unchecked' }, []],
    [{ filter: 'isNew' }, []],
    [{ filter: 'accepted' }, []],
    [{ filter: 'inPlan' }, keys],
    [{ filter: 'deleted' }, []],
    [{ search: 'v1', filter: 'is_active' }, [v10]],
    [{ order: 'oldestActivity' }, [v10, v9, nightly, silent]],
    [{ order: 'newestActivity' }, [nightly, v9, v10, silent]],
    [{ order: 'name', search: 'v1' }, [v10, v9]],
    [{ order: 'name', search: 'acme/web' }, [v9, silent]],
  ];
  for (const [change, expected] of cases) {
    it(`has the right rows for ${JSON.stringify(change)}`, () => {
      const { view } = setUp();
      view.show({ ...wholePlan, ...change });
      assert.deepEqual(shownKeys(view), expected);
      assert.equal(view.shown.count, expected.length);
    });
  }

  it('compares the tags of each image in natural order, and puts untagged images last', () => {
    const named = [['v10', 'v2'], ['v3'], [], ['v2', 'v9']].map((names, index) =>
      plannedImage('acme/api', String(index), { tags: names.map((name) => tag(name)) }),
    );
    const flow = { settlement: new Settlement(), phase: 'reviewing' as FlowPhase };
    const view = new RowView({ ...flow, review: new DeletionReview(planOf(named)) });
    view.show({ ...wholePlan, order: 'name' });
    assert.deepEqual(
      view.rows(0, 9).map(({ entry }) => named.indexOf(entry.planned)),
      [3, 0, 1, 2],
    );
  });

  it('searches and sorts by the tags that a check has found, and searches by those of the plan', () => {
    const { review, view } = setUp();
    const [, planned] = images;
    assert.ok(planned);
    const of = { repository: planned.repository.name, digest: planned.image.digest };
    const warnings = [{ ...of, warning: 'current_tag' as const, tags: ['a-found'] }];
    review.record([planned], refusal({ warnings }), true);
    for (const search of ['a-found', 'v1.10']) {
      view.show({ ...wholePlan, search });
      assert.deepEqual(shownKeys(view), [v10]);
    }
    view.show({ ...wholePlan, order: 'name' });
    assert.deepEqual(shownKeys(view).slice(0, 2), [v10, v9]);
    review.record([planned], refusal({}), true);
    view.renew();
    assert.deepEqual(shownKeys(view)[0], v9, 'it has no tag any more');
  });

  it('keeps a row that matches no more until rows are matched anew', () => {
    const { review, view } = setUp();
    view.show({ ...wholePlan, filter: 'open' });
    const { number } = view.shown;
    review.acceptAll('current_tag', true);
    assert.deepEqual(shownKeys(view), [v10, v9]);
    assert.equal(view.shown.number, number);
    view.renew();
    assert.deepEqual(shownKeys(view), [v10]);
    assert.ok(view.shown.number > number);
  });

  it('leaves out what was removed, and keeps what was settled', () => {
    const { flow, review, view } = setUp();
    const entry = v9 === undefined ? undefined : review.get(v9);
    assert.ok(entry && v10);
    flow.settlement.add([{ entry, outcome: 'deleted' }], new Map());
    review.remove([entry.key, v10]);
    view.prune();
    assert.deepEqual(shownKeys(view), [nightly, v9, silent]);
    assert.deepEqual(
      view.rows(0, 9).map(({ outcome }) => outcome),
      [undefined, 'deleted', undefined],
    );
    view.show({ ...wholePlan, filter: 'deleted' });
    assert.deepEqual(shownKeys(view), [v9]);
  });

  it('shows with an outcome images in the plan whose earlier deletion had it', () => {
    const { flow, review, view } = setUp();
    assert.ok(v9 && v10);
    const run = { id: 'run', endedAt: new Date() };
    flow.settlement.attempts.note(run, new Map([[v9, 'unconfirmed']]), new Map(), review);
    view.show({ ...wholePlan, filter: 'unconfirmed' });
    assert.deepEqual(
      view.rows(0, 9).map(({ entry, outcome, attempt }) => [entry.key, outcome, attempt]),
      [[v9, undefined, { outcome: 'unconfirmed' }]],
    );
    view.show({ ...wholePlan, filter: 'inPlan' });
    assert.deepEqual(shownKeys(view), keys);
  });

  it('shows images that a deletion did not send as such, until they are checked again', () => {
    const { flow, review, view } = setUp();
    assert.ok(v9 && v10);
    const run = { id: 'run', endedAt: new Date() };
    const attempts = () => view.rows(0, 9).map(({ attempt }) => attempt?.outcome);
    review.uncheck();
    assert.deepEqual(attempts(), [undefined, undefined, undefined, undefined], 'no deletion so far');
    const outcomes = keys.map((key) => [key, key === v9 ? 'failed' : 'notSent'] as const);
    flow.settlement.attempts.note(run, new Map(outcomes), new Map(), review);
    assert.deepEqual(attempts(), ['notSent', 'notSent', 'failed', 'notSent']);
    view.show({ ...wholePlan, filter: 'notSent' });
    assert.deepEqual(shownKeys(view), [nightly, v10, silent]);
    flow.settlement.attempts.noteCheck();
    view.show(wholePlan);
    assert.deepEqual(attempts(), [undefined, undefined, 'failed', undefined]);
  });

  it('counts what can be decided about its rows, and only while something can', () => {
    const { flow, review, view } = setUp();
    const decidable = () => view.shown.decidable;
    assert.equal(decidable(), null, 'the whole plan has decisions of its own');
    view.show({ ...wholePlan, filter: 'current_tag' });
    assert.deepEqual(decidable(), {
      imageCount: 2,
      warnings: {
        is_active: { total: 1, accepted: 0 },
        current_tag: { total: 2, accepted: 0 },
        collateral: { total: 0, accepted: 0 },
        referenced: { total: 0, accepted: 0 },
      },
    });
    review.acceptAll('is_active', true);
    assert.deepEqual(decidable()?.warnings.is_active, { total: 1, accepted: 1 });
    flow.phase = 'deleting';
    assert.equal(decidable(), null);
  });

  it('knows what a decision was meant for, and nothing where the rows are others by now', () => {
    const { flow, review, view } = setUp();
    view.show({ ...wholePlan, filter: 'current_tag' });
    const meant = { viewNumber: view.shown.number, imageCount: 2 };
    assert.deepEqual(view.decidedAbout(meant), [v10, v9]);
    assert.equal(view.decidedAbout({ ...meant, imageCount: 3 }), undefined);
    flow.phase = 'checking';
    assert.equal(view.decidedAbout(meant), undefined);
    flow.phase = 'reviewing';
    assert.ok(v9);
    review.remove([v9]);
    view.prune();
    assert.equal(view.decidedAbout(meant), undefined, 'one less than the button said');
    view.renew();
    assert.equal(view.decidedAbout({ ...meant, imageCount: 1 }), undefined, 'matched anew');
    view.show(wholePlan);
    assert.equal(view.decidedAbout({ viewNumber: view.shown.number, imageCount: 3 }), undefined);
  });

  it('looks at the rows asked for, and at no other', () => {
    let looks = 0;
    const many = Array.from({ length: 5000 }, (_, index) => plannedImage('acme/api', String(index)));
    const counted = many.map(({ repository, image }) => ({
      repository,
      get image() {
        looks += 1;
        return image;
      },
    }));
    const review = new DeletionReview(planOf(counted));
    const view = new RowView({ review, settlement: new Settlement(), phase: 'reviewing' });
    looks = 0;
    assert.equal(view.shown.count, 5000);
    assert.equal(review.counts.images, 5000);
    view.rows(2500, 60).forEach(({ entry }) => entry.planned.image);
    assert.equal(looks, 60);
  });
});
