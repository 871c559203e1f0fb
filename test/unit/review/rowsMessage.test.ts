import assert from 'node:assert/strict';
import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import type { DeletionReview } from '../../../src/hub/deletion/review';
import { Settlement } from '../../../src/hub/deletion/settlement';
import type { ReviewRow } from '../../../src/review/protocol';
import { rowsMessage } from '../../../src/review/reviewMessages';
import { RowView } from '../../../src/review/rowView';
import { checkedReview, warningOf } from '../../support/approvedPlan';
import { imageOf, plannedImage } from '../../support/images';

function rowsOf(review: DeletionReview): readonly ReviewRow[] {
  const flow = { review, settlement: new Settlement(), phase: 'reviewing' } as unknown as DeletionFlow; // all that rows need
  const view = new RowView(flow);
  const now = () => new Date('2026-01-10T00:00:00Z');
  const context = { flow, view, repositories: ['acme/api'], isSandbox: false, planNotices: [], now };
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
});
