import assert from 'node:assert/strict';
import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import type { LockHolder } from '../../../src/hub/deletion/repositoryLocks';
import { parseRepositoryRef } from '../../../src/hub/names';
import { noticesOf } from '../../../src/review/texts/result';
import { statusText } from '../../../src/review/texts/review';
import { plannedImage, planOf } from '../../support/images';
import { DeletionReview } from '../../../src/hub/deletion/review';

describe('a review whose repository is in use', () => {
  const texts: Readonly<Record<LockHolder, string>> = {
    thisWindow:
      'Another review in this window is deleting images of acme/api. Only one deletion can run in a repository at a time. Try again when it has finished.',
    otherWindow:
      'Another window is deleting images of acme/api. Only one deletion can run in a repository at a time. Try again when it has finished.',
  };
  for (const holder of ['thisWindow', 'otherWindow'] as const) {
    it(`says where the other deletion runs, and to try again: ${holder}`, () => {
      const event = { kind: 'busy', repository: parseRepositoryRef('acme/api'), holder } as const;
      const flow = { review: new DeletionReview(planOf([plannedImage('acme/api', 'one')])) };
      assert.equal(
        statusText(event, flow as unknown as DeletionFlow), // no more of it is used
        'Another deletion is running in acme/api. Nothing was deleted.',
      );
      const seen: Partial<DeletionFlow> = { review: flow.review, lastEvent: event, canRepeatDryRun: true };
      assert.deepEqual(noticesOf(seen as DeletionFlow, []), [{ severity: 'warning', text: texts[holder] }]);
    });
  }
});
