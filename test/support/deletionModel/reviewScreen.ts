import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import type { FlowPhase } from '../../../src/hub/deletion/flowEvent';
import { formatRepository } from '../../../src/hub/names';
import {
  isToWebview,
  type ReviewRow,
  rowsRequestLimit,
  type StateMessage,
  type ToWebview,
} from '../../../src/review/protocol';
import { Places } from '../../../src/review/places';
import { type ReviewContext, rowsMessage, stateMessage } from '../../../src/review/reviewMessages';
import { RowView } from '../../../src/review/rowView';

/** What the messages of one moment show. */
export interface Painted {
  readonly state: StateMessage;
  /** Rows of images in the plan. */
  readonly rows: readonly ReviewRow[];
  /** Rows of images that have left the plan with an outcome. */
  readonly settled: readonly ReviewRow[];
}

/** The review as a person sees it: the messages that its panel would send, and nothing else. */
export class ReviewScreen {
  readonly #context: ReviewContext;
  #phase: FlowPhase = 'checking';
  #revision = 0;

  constructor(flow: DeletionFlow, now: () => Date) {
    const { images } = flow.review.plan;
    this.#context = {
      flow,
      repositories: [...new Set(images.map(({ repository }) => formatRepository(repository)))],
      view: new RowView(flow),
      isSandbox: false,
      places: new Places(),
      planNotices: [],
      now,
    };
  }

  /** The rows are matched anew when work ends, as in the panel. */
  didChange(): void {
    const { phase } = this.#context.flow;
    if (isWork(this.#phase) && !isWork(phase)) {
      this.#context.view.renew();
    }
    this.#phase = phase;
  }

  didRemove(): void {
    this.#context.view.prune();
  }

  /** @throws {Error} The webview would refuse a message. */
  paint(): Painted {
    this.#revision += 1;
    const revision = this.#revision;
    const state = accepted(
      stateMessage(this.#context, {
        revision,
        decisionCount: 0,
        pace: undefined,
        pause: undefined,
        remark: undefined,
      }),
    );
    const { rows } = accepted(
      rowsMessage(this.#context, revision, 0, this.#context.view.rows(0, rowsRequestLimit)),
    );
    return {
      state,
      rows: rows.filter(({ outcome }) => outcome === null),
      settled: rows.filter(({ outcome }) => outcome !== null),
    };
  }
}

function accepted<T extends ToWebview>(message: T): T {
  if (!isToWebview(message)) {
    throw new Error(`the webview refuses ${JSON.stringify(message)}`);
  }
  return message;
}

function isWork(phase: FlowPhase): boolean {
  return ['checking', 'rechecking', 'deleting', 'verifying'].includes(phase);
}
