import assert from 'node:assert/strict';
import {
  criteriaOf,
  criterionText,
  type CriteriaDraft,
  draftText,
  isEmptyDraft,
} from '../../../src/planning/criteriaDraft';

describe('criteria that are being entered', () => {
  const cases: readonly [CriteriaDraft, string][] = [
    [{}, ''],
    [{ isUnreferenced: undefined }, ''],
    [{ isUnreferenced: true }, 'not referenced in the workspace'],
    [
      { status: 'inactive', tagging: 'tagged', olderThanDays: 90, isUnreferenced: true, keepNewest: 5 },
      'inactive · tagged · pushed more than 90 days ago · not referenced in the workspace · except the newest 5 in each repository',
    ],
  ];
  for (const [draft, expected] of cases) {
    it(`are described: ${expected || 'none'}`, () => {
      assert.equal(draftText(draft), expected);
      assert.equal(isEmptyDraft(draft), expected === '');
    });
  }

  it('say of references that they do not matter', () => {
    assert.equal(criterionText('references', {}), 'referenced or not');
  });

  it('become those of a selection, before the workspace is searched', () => {
    const now = new Date('2026-06-01T00:00:00Z');
    const draft: CriteriaDraft = {
      status: 'inactive',
      tagPatterns: ['pr-*'],
      olderThanDays: 31,
      isUnreferenced: true,
      keepNewest: 2,
    };
    assert.deepEqual(criteriaOf(draft, now), {
      status: 'inactive',
      tagging: undefined,
      tagPatterns: ['pr-*'],
      pushedBefore: new Date('2026-05-01T00:00:00Z'),
      keepNewest: 2,
    });
  });
});
