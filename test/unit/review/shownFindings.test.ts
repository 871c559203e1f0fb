import assert from 'node:assert/strict';
import { DeletionReview } from '../../../src/hub/deletion/review';
import { Settlement } from '../../../src/hub/deletion/settlement';
import { imageKey, type PlannedImage } from '../../../src/hub/deletionRequest';
import { RowView } from '../../../src/review/rowView';
import { ShownFindings } from '../../../src/review/shownFindings';
import { refusal } from '../../support/fakeImageApi';
import { plannedImage, planOf } from '../../support/images';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);

/** A check that finds these tags on an image. */
function find(review: DeletionReview, { repository, image }: PlannedImage, ...tags: readonly string[]): void {
  const warning = {
    repository: repository.name,
    digest: image.digest,
    warning: 'current_tag',
    tags,
  } as const;
  review.record([{ repository, image }], refusal({ warnings: [warning] }), true);
}

/** Two images with a tag each; the webview was sent the state and the first `rowCount` rows. */
function setUp(rowCount = 2) {
  const review = new DeletionReview(planOf([one, two]));
  find(review, one, 'latest');
  find(review, two, '1.0');
  const shown = new ShownFindings(review);
  const view = new RowView({ review, settlement: new Settlement(), phase: 'reviewing' });
  const send = (count = rowCount) => {
    shown.noteState();
    shown.noteRows(view.rows(0, count));
  };
  send();
  const revisionOf = (planned: PlannedImage) => review.get(keyOf(planned))?.findingsRevision ?? -1;
  return { review, shown, send, revisionOf };
}

describe('what the webview was sent of the findings', () => {
  it('can be accepted, one by one and together', () => {
    const { review, shown, revisionOf } = setUp();
    assert.equal(shown.refusalOf(keyOf(one), revisionOf(one)), undefined);
    assert.equal(shown.refusalOf(keyOf(two), revisionOf(two)), undefined);
    assert.equal(shown.isCurrent(review.findingsRevision), true);
  });

  it('can be accepted after other decisions, which change no finding', () => {
    const { review, shown, revisionOf } = setUp();
    const before = { all: review.findingsRevision, one: revisionOf(one) };
    review.accept(keyOf(two), 'current_tag', true);
    review.acceptAll('current_tag', true);
    review.acceptAll('current_tag', false);
    assert.equal(shown.refusalOf(keyOf(one), before.one), undefined);
    assert.equal(shown.isCurrent(before.all), true);
  });

  it('can be accepted after a check that has found the same', () => {
    const { review, shown, revisionOf } = setUp();
    const before = { all: review.findingsRevision, one: revisionOf(one) };
    review.uncheck();
    find(review, two, '1.0');
    find(review, one, 'latest');
    assert.equal(shown.refusalOf(keyOf(one), before.one), undefined);
    assert.equal(shown.isCurrent(before.all), true);
  });

  it('cannot be accepted once the tags of the image have changed, until they are sent and seen', () => {
    const { review, shown, send, revisionOf } = setUp();
    const seen = { all: review.findingsRevision, one: revisionOf(one), two: revisionOf(two) };
    find(review, one, 'latest', 'prod');
    assert.equal(shown.refusalOf(keyOf(one), seen.one), 'tagsChanged');
    assert.equal(shown.refusalOf(keyOf(one), revisionOf(one)), 'findingsChanged', 'it was not sent');
    assert.equal(shown.isCurrent(seen.all), false);
    assert.equal(shown.isCurrent(review.findingsRevision), false, 'the state was not sent');
    assert.equal(shown.refusalOf(keyOf(two), seen.two), undefined, 'of another image nothing has changed');
    send();
    assert.equal(shown.refusalOf(keyOf(one), seen.one), 'findingsChanged');
    assert.equal(shown.isCurrent(seen.all), false);
    assert.equal(shown.refusalOf(keyOf(one), revisionOf(one)), undefined);
    assert.equal(shown.isCurrent(review.findingsRevision), true);
  });

  it('cannot be accepted once something else about the image has changed', () => {
    const changes: readonly ((review: DeletionReview) => void)[] = [
      (review) => {
        const { repository, image } = one;
        const of = { repository: repository.name, digest: image.digest };
        review.record(
          [one],
          refusal({
            warnings: [
              { ...of, warning: 'current_tag', tags: ['latest'] },
              { ...of, warning: 'is_active' },
            ],
          }),
          true,
        );
      },
      (review) => {
        const { repository, image } = one;
        const of = { repository: repository.name, digest: image.digest };
        review.record(
          [one],
          refusal({
            warnings: [{ ...of, warning: 'current_tag', tags: ['latest'] }],
            blockers: [{ ...of, error: 'unauthorized' }],
          }),
          true,
        );
      },
      (review) => {
        review.recordSurvey(one.repository, undefined, true);
      },
    ];
    for (const change of changes) {
      const { review, shown, revisionOf } = setUp();
      const seen = revisionOf(one);
      change(review);
      assert.equal(shown.refusalOf(keyOf(one), seen), 'findingsChanged');
    }
  });

  it('is the rows: of others that were never sent, none can be accepted by itself', () => {
    const { shown, revisionOf } = setUp(1);
    assert.equal(shown.refusalOf(keyOf(one), revisionOf(one)), undefined);
    assert.equal(shown.refusalOf(keyOf(two), revisionOf(two)), 'notSent');
  });

  it('is nothing any more when the webview has loaded anew', () => {
    const { review, shown, revisionOf } = setUp();
    shown.clear();
    assert.equal(shown.refusalOf(keyOf(one), revisionOf(one)), 'notSent');
    assert.equal(shown.isCurrent(review.findingsRevision), false);
  });

  it('cannot be accepted for an image that has left the plan', () => {
    const { review, shown, revisionOf } = setUp();
    const seen = revisionOf(one);
    review.remove([keyOf(one)]);
    assert.equal(shown.refusalOf(keyOf(one), seen), 'notSent');
  });
});
