import assert from 'node:assert/strict';
import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { DeletionReview } from '../../../src/hub/deletion/review';
import { Settlement } from '../../../src/hub/deletion/settlement';
import { shortDigest } from '../../../src/hub/digest';
import type { Image } from '../../../src/hub/model';
import { Places } from '../../../src/review/places';
import type { ReviewRow } from '../../../src/review/protocol';
import { rowsMessage } from '../../../src/review/reviewMessages';
import { RowView } from '../../../src/review/rowView';
import { checkedReview, warningOf } from '../../support/approvedPlan';
import { refusal } from '../../support/fakeImageApi';
import { foundReferences, referenceIn } from '../../support/foundReferences';
import { imageOf, plannedImage, planOf } from '../../support/images';

function rowsOf(review: DeletionReview): readonly ReviewRow[] {
  const flow = { review, settlement: new Settlement(), phase: 'reviewing' } as unknown as DeletionFlow; // all that rows need
  const view = new RowView(flow);
  const now = () => new Date('2026-01-10T00:00:00Z');
  const context = {
    flow,
    view,
    repositories: ['acme/api'],
    isSandbox: false,
    places: new Places(),
    planNotices: [],
    now,
  };
  return rowsMessage(context, 1, 0, view.rows(0, 9)).rows;
}

const tags = (isCurrent: boolean, ...names: readonly string[]) => names.map((name) => ({ name, isCurrent }));

describe('a row of the review', () => {
  it('has its tags in natural order, everywhere', () => {
    const names = ['1.10', '1.2'];
    const planned = plannedImage('acme/api', 'one', {
      tags: [...tags(true, ...names), ...tags(false, 'a10', 'a9')],
    });
    const former = imageOf('former', { tags: tags(false, ...names) });
    const [row] = rowsOf(
      checkedReview([planned], {
        warnings: [warningOf(planned, 'current_tag', ...names)],
        lists: { 'acme/api': [planned.image, former] },
      }),
    );
    assert.equal(row?.label, '1.2, 1.10');
    assert.deepEqual(row.currentTags, ['1.2', '1.10']);
    assert.deepEqual(row.historicalTags, ['a9', 'a10']);
    assert.deepEqual(row.warnings[0]?.tags, ['1.2', '1.10']);
    assert.match(row.warnings[1]?.tags[0] ?? '', /\(was 1\.2, 1\.10, inactive\)/);
  });

  it('lists the lines that use it, and says which of them use what is deleted along with it', () => {
    const part = imageOf('part', { platform: 'linux/arm64' });
    const planned = plannedImage('acme/api', 'one', { role: 'index', parts: [part] });
    const review = checkedReview([planned], { lists: { 'acme/api': [planned.image] } });
    const lines = [
      referenceIn('prod.yaml', { digest: planned.image.digest, line: 14 }),
      referenceIn('images.lock', { repository: undefined, digest: part.digest, line: 3 }),
      ...Array.from({ length: 20 }, (_, index) =>
        referenceIn(`more-${String(index)}`, { digest: planned.image.digest, isDefault: true }),
      ),
    ];
    review.references.note(foundReferences(lines), false);
    const warning = rowsOf(review)[0]?.warnings.find(({ kind }) => kind === 'referenced');
    assert.ok(warning);
    const short = shortDigest(planned.image.digest);
    const [first, second] = warning.places;
    assert.deepEqual([first?.name, first?.detail], ['prod.yaml:14', `acme/api@${short}`]);
    assert.deepEqual([second?.name, second?.detail], ['more-0:1', `acme/api@${short}, by default`]);
    assert.equal(warning.places.length, 20);
    assert.equal(warning.morePlaces, 2);
    review.references.note(foundReferences(lines.slice(1, 2)), false);
    const [along] = rowsOf(review)[0]?.warnings.find(({ kind }) => kind === 'referenced')?.places ?? [];
    assert.equal(along?.detail, `${shortDigest(part.digest)}, which will also be deleted (linux/arm64)`);
  });

  describe('whose tags were read again', () => {
    const planned = plannedImage('acme/api', 'one', {
      tags: [...tags(true, '2', '2.0', 'stable'), ...tags(false, '1.0')],
    });
    const holder = imageOf('holder', { tags: tags(true, '2.0') });
    const rowWith = (now: readonly string[], listed?: readonly Image[]) => {
      const warnings = now.length === 0 ? [] : [warningOf(planned, 'current_tag', ...now)];
      const [row] = rowsOf(
        checkedReview([planned], { warnings, ...(listed && { lists: { 'acme/api': listed } }) }),
      );
      assert.ok(row);
      return [row.label, row.currentTags, row.historicalTags, row.tagNotes] as const;
    };
    const digest = shortDigest(planned.image.digest);

    it('says nothing if they are the same', () => {
      const same = ['stable', '2.0', '2'];
      assert.deepEqual(rowWith(same), ['2, 2.0, stable', ['2', '2.0', 'stable'], ['1.0'], []]);
    });

    it('has the current ones and says which moved and which are new', () => {
      assert.deepEqual(rowWith(['2', 'stable', 'next'], [planned.image, holder]), [
        '2, next, stable',
        ['2', 'next', 'stable'],
        ['1.0'],
        ['2.0 moved to another image', 'Tag next is new'],
      ]);
    });

    it('says only that they are gone if it is not known where they are', () => {
      assert.deepEqual(rowWith([]), [digest, [], ['1.0'], ['No longer point to this image: 2, 2.0, stable']]);
    });

    it('counts the tags that would make a note long', () => {
      const many = Array.from({ length: 9 }, (_, index) => `n${index}`);
      const [, , , notes] = rowWith(['2', '2.0', 'stable', ...many]);
      assert.deepEqual(notes, ['New tags: n0, n1, n2, n3, n4, n5 and 3 more']);
    });

    it('says so if a check could not tell the tags', () => {
      const { repository, image } = planned;
      const blocked = new DeletionReview(planOf([planned]));
      const blocker = { repository: repository.name, digest: image.digest, error: 'unauthorized' } as const;
      assert.deepEqual(rowsOf(blocked)[0]?.tagNotes, [], 'not checked yet');
      blocked.record([planned], refusal({ blockers: [blocker] }), false);
      const [row] = rowsOf(blocked);
      assert.deepEqual([row?.label, row?.tagNotes], ['2, 2.0, stable', ['tags when planned']]);
    });
  });
});
