import type { References, ReviewRow } from '../../../src/review/protocol';
import type { StateOverrides } from './fakeHost';
import { assortedRows, currentTag, isActive, manyRows, multiPlatform, referenced, row } from './rows';

export interface Look {
  readonly rows: readonly ReviewRow[];
  readonly state?: StateOverrides;
}

/** A deletion that waits for the rate limit. */
export const paused = {
  phase: 'deleting',
  status: 'Deleting 60 images.',
  imageCount: 60,
  canDelete: false,
  canRepeatDryRun: false,
  canCancel: true,
  progress: { done: 24, total: 60, pace: null },
  pause: {
    done: '24 of 60 deleted.',
    countdown: "Waiting for Docker Hub's rate limit, continues in 0:41",
    reason: "Waiting for Docker Hub's rate limit.",
  },
} as const satisfies StateOverrides;

const searched: References = {
  state: 'searched',
  text: 'The workspace uses 2 of these images.',
  extent:
    'Searched 1,204 files in deploy and in open editors. Not searched: 2 files that are too large, 31 files that are not text. Files that settings or ignore files exclude are searched only if they are open. Code that is not open here may also refer to the images.',
  groups: [
    {
      kind: 'possible',
      text: '1 line may use one of these images; which one cannot be determined',
      places: [{ id: 100, name: 'charts/gateway/values.yaml:9', detail: 'harbourworks/gateway' }],
      morePlaces: 0,
    },
    {
      kind: 'documentation',
      text: '2 lines of documentation or comments name these images',
      places: [
        { id: 101, name: 'README.md:40', detail: 'harbourworks/gateway:1.4.0' },
        { id: 102, name: 'CHANGELOG.md:12', detail: 'harbourworks/gateway:1.4.0' },
      ],
      morePlaces: 0,
    },
  ],
};

/** Panels as people will meet them, for all that looks at the whole. */
export const looks = {
  one: { rows: [row(0)] },
  assorted: {
    rows: assortedRows(),
    state: { status: 'Dry run finished for 5 images. 1 image has errors. 4 warnings are not accepted.' },
  },
  accepted: {
    rows: assortedRows()
      .filter(({ blockers }) => blockers.length === 0)
      .map((one) => ({
        ...one,
        warnings: one.warnings.map((warning) => ({ ...warning, isAccepted: true })),
      })),
    state: { status: 'Accepted current_tag for 2 images. All warnings accepted.', isSandbox: true },
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
  referenced: {
    rows: [
      row(0, {
        currentTags: ['1.4.0', 'latest'],
        warnings: [
          currentTag(['1.4.0', 'latest']),
          referenced(['deploy/prod.yaml:14', 'deploy/staging.yaml:14', 'docker-compose.yml:3']),
        ],
      }),
      row(1, {
        warnings: [
          referenced(
            Array.from({ length: 20 }, (_, index) => `locks/images-${index}.lock:7`),
            { morePlaces: 4 },
          ),
        ],
      }),
      row(2, { currentTags: ['1.2.0'] }),
    ],
    state: { references: searched },
  },
  searching: {
    rows: [row(0, { currentTags: ['1.4.0'] })],
    state: {
      references: {
        state: 'searching',
        text: 'Searching the workspace for lines that use these images.',
        extent: null,
        groups: [],
      },
      canDelete: false,
    },
  },
  searchFailed: {
    rows: [row(0, { currentTags: ['1.4.0'] })],
    state: {
      references: {
        state: 'failed',
        text: 'The workspace could not be searched. Search again, or continue without searching. The log has the reason.',
        extent: null,
        groups: [],
      },
      canDelete: false,
    },
  },
  searchSkipped: {
    rows: [row(0, { currentTags: ['1.4.0'] })],
    state: {
      references: {
        state: 'skipped',
        text: 'The workspace was not searched, so it is not known whether it uses these images.',
        extent: null,
        groups: [],
      },
    },
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
  paused: { rows: manyRows(60), state: paused },
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
          text: 'The server did not answer in time. Try again, or increase the setting "hubImages.requestTimeoutSeconds".',
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
      row(5, { outcome: { kind: 'deleted', text: 'Deleted: the server no longer lists it.' } }),
    ],
    state: {
      status:
        'The server refused a request. 1 of 2 images was deleted. 1 image was not deleted: the server refused.',
      imageCount: 1,
      notices: [
        { severity: 'info', text: '3 images were left out of the plan: their last activity is unknown.' },
        {
          severity: 'warning',
          text: 'The server refused the request as a whole because images have changed since the dry run. None of its images was deleted. New warnings are marked. Accept them or remove the images, then delete again.',
        },
      ],
      result: {
        deleted: 1,
        alreadyGone: 0,
        notDeleted: 1,
        unknown: 0,
        deletedAlong: 0,
        unknownAlong: 0,
        isAnySent: true,
        reported: { manifestDeletes: 1, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 },
        size: null,
      },
      actions: ['showHistory', 'showLog'],
    },
  },
  finished: {
    rows: [
      row(0, {
        currentTags: ['latest', '1.4.2'],
        outcome: { kind: 'deleted', text: 'Deleted: the server no longer lists it.' },
      }),
      row(1, {
        currentTags: ['1.3.0'],
        outcome: { kind: 'deleted', text: 'Deleted: the server no longer lists it.' },
      }),
      row(2, {
        outcome: {
          kind: 'unconfirmed',
          text: 'Unknown: a request to delete it or its tags was sent, but it is not known whether it was deleted.',
        },
      }),
      row(3, {
        outcome: {
          kind: 'alreadyGone',
          text: 'Already gone: the server no longer lists it, but it was not deleted here.',
        },
      }),
    ],
    state: {
      phase: 'finished',
      status:
        '2 of 4 images were deleted. 1 image was already gone. 3 other images were also deleted. It is not known whether 1 image was deleted.',
      imageCount: 0,
      canDelete: false,
      canRepeatDryRun: false,
      result: {
        deleted: 2,
        alreadyGone: 1,
        notDeleted: 0,
        unknown: 1,
        deletedAlong: 3,
        unknownAlong: 0,
        isAnySent: true,
        reported: { manifestDeletes: 2, manifestErrors: 1, tagDeletes: 3, tagErrors: 0 },
        size: 'Size of the deleted images: at most 1.24 GB. Layers shared with other images are counted in full.',
      },
      actions: ['checkAgain', 'showHistory', 'showLog'],
    },
  },
} as const satisfies Readonly<Record<string, Look>>;
