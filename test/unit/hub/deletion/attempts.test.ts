import assert from 'node:assert/strict';
import { Attempts } from '../../../../src/hub/deletion/attempts';
import type { ImageOutcome } from '../../../../src/hub/deletion/outcome';
import type { ImageRefusal } from '../../../../src/hub/deletionAnswer';
import { imageKey, type ImageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { parseDigest } from '../../../../src/hub/digest';
import { checkedReview } from '../../../support/approvedPlan';
import { plannedImage } from '../../../support/images';

const planned = ['one', 'two', 'three'].map((seed) => plannedImage('acme/api', seed));
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);
const [one, two, three] = planned.map(keyOf) as [ImageKey, ImageKey, ImageKey]; // of three images
const denied: ImageRefusal = { cause: 'denied', removedTags: ['latest'] };
const changed: ImageRefusal = { cause: 'changed', removedTags: [] };

function setUp() {
  const review = checkedReview(planned);
  const attempts = new Attempts();
  return {
    review,
    attempts,
    /** Notes a run that ended in the minute of its number. */
    note: (
      run: number,
      outcomes: readonly (readonly [ImageKey, ImageOutcome])[],
      refusals: readonly (readonly [ImageKey, ImageRefusal])[] = [],
    ): void => {
      attempts.note({ id: `run ${run}`, endedAt: endOf(run) }, new Map(outcomes), new Map(refusals), review);
    },
    resolve: (run: number, outcomes: readonly (readonly [ImageKey, ImageOutcome])[]) => [
      ...attempts.resolve(`run ${run}`, new Map(outcomes)),
    ],
    counts: () => attempts.countIn(review),
    heldBack: () => attempts.heldBackIn(review),
    lastOpen: () => attempts.lastOpenRunEndedAt(review),
  };
}

const endOf = (run: number) => new Date(run * 60_000);

describe('attempts to delete an image', () => {
  it('are those that did not delete it, each with the reason of a refusal', () => {
    const { attempts, note, counts } = setUp();
    assert.equal(attempts.get(one), undefined);
    assert.equal(attempts.hasRun('run 1'), false);
    note(
      1,
      [
        [one, 'unconfirmed'],
        [two, 'failed'],
        [three, 'refused'],
      ],
      [[three, denied]],
    );
    assert.deepEqual(
      [one, two, three].map((key) => attempts.get(key)),
      [{ outcome: 'unconfirmed' }, { outcome: 'failed' }, { outcome: 'refused', refusal: denied }],
    );
    assert.deepEqual(counts(), { unconfirmed: 1, failed: 1, refused: 1 });
    assert.equal(attempts.hasRun('run 1'), true);
  });

  it('have no reason where the request was refused as a whole', () => {
    const { attempts, note } = setUp();
    note(1, [[one, 'refused']]);
    assert.deepEqual(attempts.get(one), { outcome: 'refused' });
  });

  it('are none of an image that was not sent, or is not in the plan', () => {
    const { attempts, note, review } = setUp();
    review.remove([one, two]);
    note(1, [
      [one, 'unconfirmed'],
      [two, 'refused'],
      [three, 'notSent'],
    ]);
    assert.deepEqual(
      [one, two, three].map((key) => attempts.get(key)),
      [undefined, undefined, undefined],
    );
  });

  it('are kept while the image is not sent again, and replaced otherwise', () => {
    const { attempts, note } = setUp();
    note(1, [[one, 'refused']], [[one, denied]]);
    note(2, [[one, 'notSent']]);
    assert.deepEqual(attempts.get(one), { outcome: 'refused', refusal: denied });
    note(3, [[one, 'refused']], [[one, changed]]);
    assert.deepEqual(attempts.get(one), { outcome: 'refused', refusal: changed });
    note(4, [[one, 'failed']]);
    assert.deepEqual(attempts.get(one), { outcome: 'failed' });
    note(5, [[one, 'refused']]);
    assert.deepEqual(attempts.get(one), { outcome: 'refused' });
  });

  it('stay unconfirmed where the next request was refused', () => {
    const { attempts, note } = setUp();
    note(1, [[one, 'unconfirmed']]);
    note(2, [[one, 'refused']], [[one, denied]]);
    assert.deepEqual(attempts.get(one), { outcome: 'unconfirmed' });
  });

  it('are forgotten once the image has left the plan with an outcome', () => {
    const { attempts, note, review } = setUp();
    note(1, [[one, 'failed']]);
    review.remove([one]);
    note(2, [[one, 'deleted']]);
    assert.equal(attempts.get(one), undefined);
  });

  it('are not counted once the person has removed the image from the plan', () => {
    const { note, counts, review } = setUp();
    note(1, [
      [one, 'failed'],
      [two, 'failed'],
    ]);
    review.remove([one]);
    assert.deepEqual(counts(), { unconfirmed: 0, failed: 1, refused: 0 });
  });
});

describe('images that were held back', () => {
  it('are those in the plan that were refused here, and not by the server', () => {
    const { note, heldBack, review } = setUp();
    assert.deepEqual(heldBack(), { changed: 0, stopped: 0 });
    note(
      1,
      [one, two, three].map((key) => [key, 'refused']),
      [
        [one, changed],
        [two, denied],
        [three, { cause: 'stopped', removedTags: [] }],
      ],
    );
    assert.deepEqual(heldBack(), { changed: 1, stopped: 1 });
    review.remove([one]);
    assert.deepEqual(heldBack(), { changed: 0, stopped: 1 });
    note(2, [[three, 'refused']]);
    assert.deepEqual(heldBack(), { changed: 0, stopped: 0 });
  });
});

describe('the last run that may still tell what became of an image', () => {
  it('is the latest with an unconfirmed image that is in the plan', () => {
    const { note, lastOpen, review } = setUp();
    assert.equal(lastOpen(), undefined);
    note(1, [[one, 'failed']]);
    assert.equal(lastOpen(), undefined);
    note(3, [[one, 'unconfirmed']]);
    note(2, [[two, 'unconfirmed']]);
    note(4, [[three, 'refused']]);
    assert.deepEqual(lastOpen(), endOf(3));
    note(5, [[three, 'unconfirmed']]);
    assert.deepEqual(lastOpen(), endOf(5));
    review.remove([three]);
    assert.deepEqual(lastOpen(), endOf(3));
    review.remove([one]);
    assert.deepEqual(lastOpen(), endOf(2));
    review.remove([two]);
    assert.equal(lastOpen(), undefined);
  });

  it('is that of the first request while the next ones were refused or not sent', () => {
    for (const outcome of ['refused', 'notSent'] as const) {
      const { note, lastOpen } = setUp();
      note(1, [[one, 'unconfirmed']]);
      note(2, [[one, outcome]]);
      assert.deepEqual(lastOpen(), endOf(1));
    }
  });

  it('is the next one where the image was sent again', () => {
    const { note, lastOpen } = setUp();
    note(1, [[one, 'unconfirmed']]);
    note(2, [[one, 'unconfirmed']]);
    assert.deepEqual(lastOpen(), endOf(2));
    note(3, [[one, 'failed']]);
    assert.equal(lastOpen(), undefined);
  });

  it('is found among any number of images', () => {
    const { attempts, review } = setUp();
    const [repository, entry] = [planned[0]?.repository, review.get(one)];
    assert.ok(repository && entry);
    const many = Array.from({ length: 150_000 }, (_, index): [ImageKey, ImageOutcome] => [
      imageKey(repository, parseDigest(`sha256:${index}`)),
      'unconfirmed',
    ]);
    const everywhere = { get: () => entry };
    attempts.note({ id: 'run', endedAt: endOf(1) }, new Map(many), new Map(), everywhere);
    assert.deepEqual(attempts.lastOpenRunEndedAt(everywhere), endOf(1));
  });
});

describe('an outcome that is found out later', () => {
  it('is news once, for an image that this run left unconfirmed', () => {
    const { note, resolve } = setUp();
    note(1, [
      [one, 'unconfirmed'],
      [two, 'failed'],
    ]);
    note(2, [[three, 'unconfirmed']]);
    assert.deepEqual(resolve(1, [[one, 'unconfirmed']]), []);
    assert.deepEqual(
      resolve(1, [
        [one, 'deleted'],
        [two, 'deleted'],
        [three, 'deleted'],
      ]),
      [[one, 'deleted']],
    );
    assert.deepEqual(resolve(1, [[one, 'deleted']]), []);
    assert.deepEqual(resolve(2, [[three, 'alreadyGone']]), [[three, 'alreadyGone']]);
  });

  it('replaces the attempt of an image that is still there, and ends that of one that is gone', () => {
    const { attempts, note, resolve, lastOpen } = setUp();
    note(1, [
      [one, 'unconfirmed'],
      [two, 'unconfirmed'],
    ]);
    resolve(1, [
      [one, 'failed'],
      [two, 'deleted'],
    ]);
    assert.deepEqual([attempts.get(one), attempts.get(two)], [{ outcome: 'failed' }, undefined]);
    assert.equal(lastOpen(), undefined);
  });

  it('is no attempt of an image that has left the plan', () => {
    const { attempts, note, resolve, review } = setUp();
    review.remove([one]);
    note(1, [[one, 'unconfirmed']]);
    assert.deepEqual(resolve(1, [[one, 'failed']]), [[one, 'failed']]);
    assert.equal(attempts.get(one), undefined);
  });
});
