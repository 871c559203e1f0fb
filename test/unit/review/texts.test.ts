import assert from 'node:assert/strict';
import { verdict } from '../../../media/review/rowTexts';
import { deleteReason, figuresOf, reportedText } from '../../../media/review/texts';
import type { ReviewPhase, StateMessage } from '../../../src/review/protocol';
import { currentTag, isActive, row } from '../../webview/support/rows';

const none = { total: 0, accepted: 0 };

const nothing = {
  deleted: 0,
  alreadyGone: 0,
  notDeleted: 0,
  unknown: 0,
  deletedAlong: 0,
  unknownAlong: 0,
  isAnySent: true,
};

function state(overrides: Partial<StateMessage>): StateMessage {
  const base: Partial<StateMessage> = {
    phase: 'reviewing',
    imageCount: 3,
    uncheckedCount: 0,
    result: null,
    blockedCount: 0,
    warnings: { is_active: none, current_tag: none, collateral: none, referenced: none },
    canDelete: false,
  };
  return { ...base, ...overrides } as StateMessage; // the words look at nothing else
}

describe('the words of the review', () => {
  const reasons: readonly (readonly [Partial<StateMessage>, string | undefined])[] = [
    [{ canDelete: true }, undefined],
    [{ blockedCount: 1 }, 'To delete, remove 1 image with errors.'],
    [
      {
        warnings: {
          is_active: { total: 2, accepted: 1 },
          current_tag: none,
          collateral: none,
          referenced: none,
        },
      },
      'To delete, accept 1 warning.',
    ],
    [
      {
        blockedCount: 2,
        warnings: {
          is_active: { total: 1, accepted: 0 },
          current_tag: { total: 3, accepted: 1 },
          collateral: none,
          referenced: none,
        },
      },
      'To delete, remove 2 images with errors and accept 3 warnings.',
    ],
    [{ uncheckedCount: 1 }, '1 image has not been checked. Repeat the dry run.'],
    [
      { uncheckedCount: 1, result: { ...nothing, reported: null, size: null } },
      '1 image must be checked again. Repeat the dry run.',
    ],
    [
      { uncheckedCount: 2, result: { ...nothing, reported: null, size: null } },
      '2 images must be checked again. Repeat the dry run.',
    ],
    [{ imageCount: 0 }, 'No images are left in the plan.'],
    [{}, 'To delete, repeat the dry run.'],
  ];
  for (const [overrides, expected] of reasons) {
    it(`says of ${JSON.stringify(overrides)}: ${String(expected)}`, () => {
      assert.equal(deleteReason(state(overrides)), expected);
    });
  }

  const busy: readonly ReviewPhase[] = [
    'checking',
    'confirming',
    'deleting',
    'verifying',
    'failed',
    'finished',
  ];
  for (const phase of busy) {
    it(`has a reason why nothing can be deleted while ${phase}`, () => {
      assert.notEqual(deleteReason(state({ phase })), undefined);
    });
  }

  const verdicts: readonly (readonly [Parameters<typeof row>[1], string])[] = [
    [{ isChecked: false, warnings: [isActive()] }, 'not checked'],
    [{ isChecked: false, attempt: { kind: 'unconfirmed', text: '' } }, 'unknown'],
    [{ isChecked: false, attempt: { kind: 'notSent', text: '' } }, 'not deleted: not sent'],
    [{ isChecked: false, attempt: { kind: 'changed', text: '' } }, 'not deleted: changed'],
    [{ isChecked: false, attempt: { kind: 'stopped', text: '' } }, 'not deleted: stopped'],
    [{ attempt: { kind: 'failed', text: '' }, warnings: [isActive()] }, '1 warning'],
    [{}, 'no warnings'],
    [{ warnings: [isActive()] }, '1 warning'],
    [{ warnings: [isActive({ isAccepted: true }), currentTag(['a'])] }, '2 warnings'],
    [{ warnings: [isActive({ isAccepted: true })] }, 'accepted'],
    [{ warnings: [isActive()], blockers: [{ kind: 'not_found', text: '' }] }, '1 error'],
    [{ outcome: { kind: 'failed', text: '' }, warnings: [isActive()] }, 'not deleted: still listed'],
  ];
  for (const [overrides, expected] of verdicts) {
    it(`sums an image up as ${expected}`, () => {
      assert.equal(verdict(row(0, overrides)), expected);
    });
  }

  const figures: readonly (readonly [Partial<typeof nothing>, readonly (readonly [string, number])[]])[] = [
    [{}, [['Deleted', 0]]],
    [
      { deleted: 3, deletedAlong: 2, alreadyGone: 1 },
      [
        ['Deleted', 3],
        ['Also deleted', 2],
        ['Already gone', 1],
      ],
    ],
    [
      { notDeleted: 4 },
      [
        ['Deleted', 0],
        ['Not deleted', 4],
      ],
    ],
    [{ unknown: 4 }, [['Unknown', 4]]],
    [
      { unknown: 4, unknownAlong: 2 },
      [
        ['Unknown', 4],
        ['Others unknown', 2],
      ],
    ],
    [
      { unknown: 4, deleted: 1 },
      [
        ['Deleted', 1],
        ['Unknown', 4],
      ],
    ],
  ];
  for (const [counts, expected] of figures) {
    it(`counts ${JSON.stringify(counts)} as ${JSON.stringify(expected)}`, () => {
      const result = { ...nothing, ...counts, reported: null, size: null };
      assert.deepEqual(figuresOf(result), expected);
    });
  }

  it('names errors that the server reported, and only then', () => {
    const reported = { manifestDeletes: 1, manifestErrors: 0, tagDeletes: 2, tagErrors: 0 };
    const textOf = (metrics: typeof reported | null) =>
      reportedText({ ...nothing, reported: metrics, size: null });
    assert.equal(textOf(reported), 'The server reported 1 image and 2 tags as deleted.');
    assert.equal(
      textOf({ ...reported, tagErrors: 1 }),
      'The server reported 1 image and 2 tags as deleted, and errors for 0 images and 1 tag.',
    );
    assert.equal(textOf(null), 'The server did not report everything that it deleted.');
    assert.equal(
      reportedText({ ...nothing, isAnySent: false, reported, size: null }),
      'No request was sent.',
      'nothing could be reported',
    );
  });
});
