import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { selectImages } from '../../../src/hub/deletion/imageSelection';
import { isHubError } from '../../../src/hub/errors';
import { acceptanceKinds } from '../../../src/hub/findings';
import { IncompleteInventoryError, readInventory } from '../../../src/hub/listing/inventory';
import { parseNamespaceName } from '../../../src/hub/names';
import type { ExchangeRequest } from '../../../src/sandbox/index';
import { isMoment } from '../deletionModel/moments';
import { owner, repository, type Stage, stageActiveFrom, type StageOptions } from './stage';

/** One column of the table: what is done, and which request of it meets the fault. */
export interface Phase {
  readonly name: string;
  readonly options?: Partial<StageOptions>;
  /** @param inject Lets the fault meet the next request of the phase. @returns What came of it, in few words. */
  readonly play: (
    stage: Stage,
    inject: (when: (request: ExchangeRequest) => boolean) => void,
  ) => Promise<string>;
}

const isOperation = (operation: string) => (request: ExchangeRequest) => request.operation === operation;
const isFaultyPage =
  ({ faultyPage }: Stage) =>
  (request: ExchangeRequest) =>
    isMoment({ of: 'images' }, request) && request.query['page'] === (faultyPage ?? request.query['page']);
const isDryRun = (request: ExchangeRequest) => isMoment({ of: 'dryRun' }, request);
const isDeletion = (request: ExchangeRequest) => isMoment({ of: 'delete' }, request);

/** The phases of a session, in their order. */
export const phases: readonly Phase[] = [
  {
    name: 'sign in',
    play: (stage, inject) => {
      inject(isOperation('PostUsersLogin'));
      return reported(stage, async () => {
        const answer = await stage.session.signIn(owner, stage.abort.signal);
        const isOwner = answer.kind === 'signedIn' && answer.signedIn.username === owner.username;
        return isOwner ? 'ok' : 'somebody else';
      });
    },
  },
  {
    name: 'repositories',
    play: (stage, inject) => {
      inject(isOperation('GetNamespaceRepositories'));
      return reported(stage, async () => {
        const team = parseNamespaceName('team');
        const { items, unread } = await stage.directory.listRepositories(team, stage.abort.signal);
        if (unread.length > 0) {
          return `${items.length} read, ${unread.length} unread`;
        }
        return items.length === 2 ? 'ok' : `ok, ${items.length} instead of 2`;
      });
    },
  },
  {
    name: 'images page',
    play: (stage, inject) => {
      inject(isOperation('GetNamespacesRepositoriesImages'));
      return reported(stage, async () => {
        const query = { activeFrom: stageActiveFrom, page: 1, pageSize: 100 };
        const { images } = await stage.api.listImages(repository, query, stage.abort.signal);
        const tags = images.filter((image) => image.tags.length > 0).length;
        const times = images.filter((image) => image.lastPushed !== undefined).length;
        return images.length >= 7 && tags >= 4 && times >= 6
          ? 'ok'
          : `ok, ${images.length} images, ${tags} tagged, ${times} dated`;
      });
    },
  },
  {
    name: 'summary',
    play: (stage, inject) => {
      inject(isOperation('GetNamespacesRepositorieImagesSummary'));
      return reported(stage, async () => {
        const { total } = await stage.api.getSummary(
          repository,
          { activeFrom: stageActiveFrom },
          stage.abort.signal,
        );
        return total >= 5 ? 'ok' : `ok, ${total} images`;
      });
    },
  },
  {
    name: 'inventory',
    play: (stage, inject) => {
      inject(isFaultyPage(stage));
      return reported(stage, async () => {
        const options = { activeFrom: stageActiveFrom, pageSize: 2, signal: stage.abort.signal };
        const inventory = await readInventory(stage.api, repository, options);
        const now = stage.http.serverNow();
        const { selected, protectedImages } = selectImages(inventory, { status: 'inactive' }, now);
        return `plan of ${selected.length}, ${protectedImages.length} protected`;
      });
    },
  },
  {
    name: 'dry run',
    play: (stage, inject) => {
      inject(isDryRun);
      return check(stage);
    },
  },
  {
    name: 'collateral',
    play: (stage, inject) => {
      inject(isFaultyPage(stage));
      return check(stage);
    },
  },
  {
    name: 'fresh dry run',
    play: async (stage, inject) => {
      const flow = await approve(stage);
      inject(isDryRun);
      return carryOut(stage, flow);
    },
  },
  {
    name: 'delete',
    play: async (stage, inject) => {
      const flow = await approve(stage);
      inject(isDeletion);
      return carryOut(stage, flow);
    },
  },
  {
    name: 'verification',
    play: async (stage, inject) => {
      const flow = await approve(stage);
      inject((request) => flow.phase === 'verifying' && isFaultyPage(stage)(request));
      return carryOut(stage, flow);
    },
  },
];

/** What a person is told of a reading. */
export async function reported(stage: Stage, read: () => Promise<string>): Promise<string> {
  try {
    const text = await read();
    return stage.repeated > 0 ? `${text} after a pause` : text;
  } catch (error) {
    stage.readingError = error;
    if (error instanceof IncompleteInventoryError) {
      return `no plan: ${error.check}`;
    }
    if (stage.abort.signal.aborted) {
      return 'cancelled';
    }
    if (isHubError(error)) {
      return error.kind;
    }
    throw error;
  }
}

function acceptAll(flow: DeletionFlow): void {
  acceptanceKinds.forEach((kind) => {
    flow.acceptAll(kind, true);
  });
}

export async function check(stage: Stage): Promise<string> {
  const flow = stage.openFlow();
  await flow.dryRun();
  return `${reviewText(flow)}${stage.repeated > 0 ? ' after a pause' : ''}`;
}

/** The state of a review without a deletion, in few words. */
function reviewText(flow: DeletionFlow): string {
  const { lastEvent, review } = flow;
  switch (lastEvent.kind) {
    case 'checked': {
      const { acceptances, blocked, collateralImages } = review.counts;
      const unknown = review.entries.some((entry) => entry.collateral?.collateral.kind === 'unknown');
      const parts = [
        `${acceptances.current_tag.total + acceptances.is_active.total} warnings`,
        unknown ? 'collateral unknown' : `${collateralImages} collateral`,
        ...(blocked > 0 ? [`${blocked} blocked`] : []),
      ];
      return `review: ${parts.join(', ')}`;
    }
    case 'changed':
      return `nothing sent, shown: ${lastEvent.changes.map(({ kind }) => kind).join(' ')}`;
    case 'checkFailed':
      return `nothing sent: ${isHubError(lastEvent.error) ? lastEvent.error.kind : String(lastEvent.error)}`;
    case 'checkCancelled':
      return 'nothing sent: cancelled';
    default:
      return lastEvent.kind;
  }
}

export async function approve(stage: Stage): Promise<DeletionFlow> {
  const flow = stage.openFlow();
  await flow.dryRun();
  acceptAll(flow);
  return flow;
}

/** What became of the three images, or why nothing was sent. */
export async function carryOut(stage: Stage, flow: DeletionFlow): Promise<string> {
  await flow.delete();
  if (flow.lastOutcomes.size === 0) {
    return flow.lastEvent.kind === 'notWritten' ? 'nothing sent: notWritten' : reviewText(flow);
  }
  const counts = new Map<string, number>();
  for (const outcome of flow.lastOutcomes.values()) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const outcomes = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const why = flow.lastEvent.kind === 'notWritten' ? ' (notWritten)' : '';
  return `${outcomes}${why}${stage.repeated > 0 ? ' after a pause' : ''}`;
}
