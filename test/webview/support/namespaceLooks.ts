import type { CountedRepository, RepositoryRow } from '../../../src/namespaceOverview/protocol';
import type { NamespaceLook } from './namespaceState';

const now = Date.parse('2026-06-15T12:00:00Z');
const dayMs = 24 * 60 * 60 * 1000;

/** A repository of which everything is known, unless the test says otherwise. */
export function rowOf(name: string, facts: Partial<RepositoryRow> = {}): RepositoryRow {
  return {
    name,
    isPrivate: false,
    storageBytes: 1_000_000_000,
    lastPushed: '2026-06-01T09:30:00.000Z',
    pulls: 1234,
    ...facts,
  };
}

export function countsOf(
  name: string,
  facts: Partial<NonNullable<CountedRepository['counts']>> = {},
): CountedRepository {
  return {
    name,
    failure: null,
    counts: {
      total: 40,
      active: 28,
      inactive: 12,
      unknown: null,
      undetermined: 0,
      unread: 0,
      untagged: null,
      lastPulled: null,
      ...facts,
    },
  };
}

const names = [
  ...['api', 'billing', 'gateway', 'nightly', 'frontend', 'worker', 'scheduler', 'auth', 'mailer', 'search'],
  ...[
    'postgres-backup',
    'redis',
    'cache',
    'metrics',
    'alerts',
    'reports',
    'exporter',
    'importer',
    'cdn',
    'docs',
  ],
];

function assorted(): Required<Pick<NamespaceLook, 'rows' | 'counts'>> {
  const all = [...names, ...names.map((name) => `${name}-staging`)];
  const rows = all.map((name, index) =>
    rowOf(name, {
      isPrivate: index % 4 === 1,
      storageBytes: index % 13 === 12 ? null : Math.round(42e9 / (index + 1) ** 1.2),
      lastPushed: index % 9 === 8 ? null : new Date(now - index * 9.3 * dayMs).toISOString(),
      pulls: index % 11 === 10 ? null : Math.round(4_500_000 / (index + 1) ** 2),
    }),
  );
  const counts = all.slice(0, 26).map((name, index) => {
    const total = 400 - index * 15;
    const inactive = Math.round(total * ([0.4, 0.9, 0, 0.15, 1][index % 5] ?? 0));
    return countsOf(name, {
      total,
      inactive,
      active: total - inactive,
      ...(index === 0 && { untagged: 96, lastPulled: '2026-06-14T08:00:00.000Z' }),
      ...(index === 3 && { undetermined: 2, unread: 1 }),
    });
  });
  return { rows, counts: [...counts, { name: 'worker-staging', counts: null, failure: 'Access denied.' }] };
}

export const { rows: assortedRows, counts: assortedCounts } = assorted();

/** So many repositories, as big companies have. */
export function manyRows(count: number): readonly RepositoryRow[] {
  return Array.from({ length: count }, (_, index) =>
    rowOf(`service-${String(index).padStart(4, '0')}`, {
      storageBytes: Math.round(9e11 / (index + 3) ** 1.1),
    }),
  );
}

/** Overviews as people will meet them, for all that looks at the whole. */
export const namespaceLooks = {
  assorted: { rows: assortedRows, counts: assortedCounts },
  uncounted: { rows: assortedRows, state: { isSandbox: true } },
  many: { rows: manyRows(2000), counts: manyRows(60).map(({ name }) => countsOf(name)) },
  one: { rows: [rowOf('api')], counts: [countsOf('api', { inactive: 0, active: 40 })] },
  empty: { rows: [], state: { status: '0 repositories were listed.' } },
  withoutSizes: {
    rows: names
      .slice(0, 8)
      .map((name) => rowOf(name, { storageBytes: null, pulls: null, lastPushed: null, isPrivate: null })),
    state: {
      notices: [
        { severity: 'info', text: 'Only the repositories that you added to the Hub Images view are shown.' },
      ],
    },
  },
  listing: { state: { phase: 'listing', status: 'Listing repositories.', listedAt: null } },
  counting: {
    rows: assortedRows,
    counts: assortedCounts,
    state: {
      status: 'Counting the images of all repositories.',
      progress: { done: 12, total: 40, pace: '4 a second · 10 s left' },
    },
  },
  failed: {
    rows: [],
    state: {
      phase: 'failed',
      status: 'The repositories could not be listed.',
      notices: [
        {
          severity: 'error',
          text: 'The server could not be reached. Check your network connection, VPN, and proxy.',
        },
      ],
    },
  },
  left: {
    rows: assortedRows,
    counts: assortedCounts,
    state: {
      phase: 'left',
      status: 'You have signed out or switched to another account or server.',
      notices: [
        {
          severity: 'warning',
          text: 'You have signed out or switched to another account or server. Open the overview of the namespace again from the Hub Images view.',
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, NamespaceLook>>;
