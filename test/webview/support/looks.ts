import type { ReviewRow } from '../../../src/review/protocol';
import type { StateOverrides } from './fakeHost';
import { assortedRows, currentTag, isActive, manyRows, multiPlatform, row } from './rows';

export interface Look {
  readonly rows: readonly ReviewRow[];
  readonly state?: StateOverrides;
}

/** Panels as people will meet them, for all that looks at the whole. */
export const looks = {
  one: { rows: [row(0)] },
  assorted: {
    rows: assortedRows(),
    state: { status: 'Dry run finished for 5 images: 1 with errors. 4 warnings are open.' },
  },
  accepted: {
    rows: assortedRows()
      .filter(({ blockers }) => blockers.length === 0)
      .map((one) => ({
        ...one,
        warnings: one.warnings.map((warning) => ({ ...warning, isAccepted: true })),
      })),
    state: { status: 'Accepted current_tag for 2 images. No warning is open.', isSandbox: true },
  },
  platforms: {
    rows: [
      row(0, {
        ...multiPlatform(0, 'deletedAlong'),
        currentTags: ['1.4.0', 'latest'],
        warnings: [currentTag(['1.4.0'])],
      }),
      row(1, { ...multiPlatform(1, 'stays'), status: 'unknown' }),
      row(2, { currentTags: ['1.3.0'] }),
    ],
  },
  many: { rows: manyRows(5000) },
  repositories: {
    rows: assortedRows().map((one, index) => ({
      ...one,
      repository: index % 2 === 0 ? 'harbourworks/gateway' : 'harbourworks/billing-service',
    })),
    state: {
      hasManyRepositories: true,
      title: 'Delete images: harbourworks/gateway, harbourworks/billing-service',
    },
  },
  checking: {
    rows: manyRows(120).map((one) => ({ ...one, isChecked: false, warnings: [] })),
    state: {
      phase: 'checking',
      status: 'Dry run under way. Nothing is deleted.',
      uncheckedCount: 95,
      canDelete: false,
      canRepeatDryRun: false,
      canCancel: true,
      progress: { done: 25, total: 120, pace: '12 a second · 10 s left' },
    },
  },
  failed: {
    rows: assortedRows().map((one) => ({ ...one, isChecked: false, warnings: [], blockers: [] })),
    state: {
      phase: 'failed',
      status: 'The dry run failed. Nothing was deleted.',
      uncheckedCount: 5,
      leftToCheck: 3,
      canDelete: false,
      notices: [
        {
          severity: 'error',
          text: 'The Hub did not answer within 30 seconds. Check the connection and try again.',
        },
      ],
    },
  },
  refused: {
    rows: [
      row(0, {
        currentTags: ['latest', '1.4.2'],
        status: 'active',
        activity: 'last pulled today',
        warnings: [isActive({ isNew: true }), currentTag(['latest', '1.4.2'], { isAccepted: true })],
      }),
      row(5, { outcome: { kind: 'deleted', text: 'Deleted: it is no longer listed.' } }),
    ],
    state: {
      status:
        'The Hub refused a request: something changed since the dry run. Deleted: 1 image. Left in the plan: 1 image.',
      imageCount: 1,
      notices: [
        { severity: 'info', text: '3 images were left out of the plan: their last activity is unknown.' },
        {
          severity: 'warning',
          text: 'A request is all or nothing: none of its images was deleted. What is new is marked; accept it or remove the image, then delete again.',
        },
      ],
      result: {
        manifestDeletes: 1,
        manifestErrors: 0,
        tagDeletes: 0,
        tagErrors: 0,
        outcomes: { deleted: 1, refused: 0, failed: 0, alreadyGone: 0, unconfirmed: 0, notSent: 1 },
        size: null,
      },
    },
  },
  finished: {
    rows: [
      row(0, {
        currentTags: ['latest', '1.4.2'],
        outcome: { kind: 'deleted', text: 'Deleted: it is no longer listed.' },
      }),
      row(1, {
        currentTags: ['1.3.0'],
        outcome: { kind: 'deleted', text: 'Deleted: it is no longer listed.' },
      }),
      row(2, {
        outcome: {
          kind: 'failed',
          text: 'Still there: the deletion was sent, and the image is still listed.',
        },
      }),
      row(3, {
        outcome: {
          kind: 'alreadyGone',
          text: 'Already gone: it is no longer listed, though it was not deleted here.',
        },
      }),
    ],
    state: {
      phase: 'finished',
      status: 'Finished. Deleted: 2 images.',
      imageCount: 0,
      canDelete: false,
      canRepeatDryRun: false,
      result: {
        manifestDeletes: 2,
        manifestErrors: 1,
        tagDeletes: 3,
        tagErrors: 0,
        outcomes: { deleted: 2, refused: 0, failed: 1, alreadyGone: 1, unconfirmed: 0, notSent: 0 },
        size: 'Size of what was removed: at most 1.24 GB, for layers that other images share are counted in full.',
      },
    },
  },
} as const satisfies Readonly<Record<string, Look>>;
