import type { CountedRepository, RepositoryRow, StateMessage } from '../../../src/namespaceOverview/protocol';

/** What the host of a test sends at once. */
export interface NamespaceLook {
  readonly rows?: readonly RepositoryRow[];
  readonly counts?: readonly CountedRepository[];
  readonly state?: Partial<StateMessage>;
}

/** A namespace that was listed; everything else is as the test says. */
export function namespaceStateOf(overrides: Partial<StateMessage> = {}): StateMessage {
  return {
    type: 'state',
    title: 'Overview: acme',
    phase: 'ready',
    status: '40 repositories were listed.',
    isSandbox: false,
    listedAt: '2026-06-15T12:00:00.000Z',
    uncounted: 15,
    progress: null,
    notices: [],
    ...overrides,
  };
}
