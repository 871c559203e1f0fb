import type { Image } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import { activityHistogram } from '../../../src/hub/overview/activityHistogram';
import { figuresMessage } from '../../../src/overview/overviewMessages';
import type { FiguresMessage } from '../../../src/overview/protocol';
import { imageOf } from '../../support/images';
import type { OverviewLook } from './overviewPage';

const now = new Date('2026-06-15T12:00:00Z');
const activeFrom = new Date('2026-05-15T10:15:00Z');
const dayMs = 24 * 60 * 60 * 1000;

/** What the extension would send of these images. */
export function figuresOf(images: readonly Image[]): FiguresMessage {
  const inventory = { repository: parseRepositoryRef('acme/api'), activeFrom, images };
  return figuresMessage({ inventory, histogram: activityHistogram(images, { activeFrom, now }) }, now);
}

/** An image whose last activity is so many days ago, by the clock of the looks. */
export function imageBefore(days: number, facts: Partial<Image> = {}): Image {
  return imageOf(`image of ${String(days)} ${JSON.stringify(facts)}`, {
    lastPushed: new Date(now.getTime() - days * dayMs),
    ...facts,
  });
}

export function tagged(...names: readonly string[]): Pick<Image, 'tags'> {
  return { tags: names.map((name) => ({ name, isCurrent: true })) };
}

function assorted(): readonly Image[] {
  const dated = Array.from({ length: 120 }, (_, index) =>
    imageBefore(((index * 37) % 400) + (index % 5) * 0.15, {
      sizeBytes: 1_000_000 + ((index * 7919) % 500) * 1_500_000,
      ...(index % 3 === 0 ? tagged(`1.${String(index)}.0`) : {}),
    }),
  );
  return [
    ...dated,
    ...Array.from({ length: 4 }, (_, index) =>
      imageOf(`unknown ${String(index)}`, { lastPushed: undefined }),
    ),
    imageBefore(-2, tagged('ahead')),
  ];
}

/** Most of them in a few weeks, some long ago. */
function many(count: number): readonly Image[] {
  return Array.from({ length: count }, (_, index) =>
    imageBefore(index % 50 === 0 ? (index * 13) % 1400 : 20 + ((index * 7) % 60), {
      ...(index % 10 === 0 ? tagged(`build-${String(index)}`) : {}),
    }),
  );
}

/** Five images of known days: two before active_from and three after. */
export const five = [
  imageBefore(59),
  imageBefore(40, tagged('old')),
  imageBefore(20),
  imageBefore(10, tagged('new', 'latest')),
  imageBefore(1),
];

/** Overviews as people will meet them, for all that looks at the whole. */
export const overviewLooks = {
  assorted: { figures: figuresOf(assorted()) },
  five: { figures: figuresOf(five), state: { isSandbox: true } },
  one: { figures: figuresOf([imageBefore(3, tagged('latest'))]) },
  empty: { figures: figuresOf([]) },
  unknown: {
    figures: figuresOf([
      imageOf('a', { lastPushed: undefined }),
      imageOf('b', { lastPushed: undefined, ...tagged('b') }),
    ]),
  },
  many: { figures: figuresOf(many(100_000)) },
  longTags: {
    figures: figuresOf([
      imageBefore(5, {
        sizeBytes: 12_345_678,
        ...tagged(...Array.from({ length: 30 }, (_, i) => `release-candidate-${String(i)}`)),
      }),
      imageBefore(90, { sizeBytes: 1, ...tagged('x'.repeat(128)) }),
    ]),
  },
  reading: {
    state: {
      phase: 'reading',
      status: 'Reading all images.',
      counts: { total: 100_000, active: 60_000, inactive: 40_000, unknown: null, undetermined: 0 },
      progress: { done: 12_300, total: 100_000, pace: '410 a second · 4 min left' },
    },
  },
  readingWithoutTotal: {
    state: {
      phase: 'reading',
      status: 'Reading all images.',
      progress: { done: 12_300, total: null, pace: null },
    },
  },
  failed: {
    state: {
      phase: 'failed',
      status: 'The images could not be read.',
      counts: { total: 41, active: 29, inactive: 10, unknown: 2, undetermined: 3 },
      notices: [
        {
          severity: 'error',
          text: 'The server could not be reached. Check your network connection, VPN, and proxy.',
        },
      ],
    },
  },
  outdated: {
    figures: figuresOf(assorted()),
    state: {
      notices: [
        {
          severity: 'warning',
          text: 'The repository was refreshed or changed after it was read here. Read it again to see its current state.',
        },
      ],
    },
  },
  left: {
    figures: figuresOf(five),
    state: {
      phase: 'left',
      status:
        'You have signed out or switched to another account or server. Open the overview of the repository again from the Hub Images view.',
      notices: [
        {
          severity: 'warning',
          text: 'You have signed out or switched to another account or server. Open the overview of the repository again from the Hub Images view.',
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, OverviewLook>>;
