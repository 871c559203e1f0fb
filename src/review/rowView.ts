import type { DeletionFlow } from '../hub/deletion/deletionFlow';
import type { ReviewEntry } from '../hub/deletion/reviewEntry';
import { ReviewTally } from '../hub/deletion/reviewTally';
import type { ImageKey } from '../hub/deletionRequest';
import {
  canRemove,
  isNarrowed,
  type ReviewView,
  type ShownDecisions,
  type ShownRows,
  type ShownRowsReference,
  wholePlan,
} from './protocol';
import { type Row, rowMatcher } from './rowMatch';
import { inOrder } from './rowOrder';

/** The rows that a person wants to see, in their order, stored by key; the flow knows the current state of their images. */
export class RowView {
  readonly #flow: Pick<DeletionFlow, 'review' | 'settlement' | 'phase'>;
  #view: ReviewView = wholePlan;
  #number = 0;
  #keys: readonly ImageKey[] = [];
  #decisions: { readonly changes: number; readonly value: ShownDecisions } | undefined;

  constructor(flow: Pick<DeletionFlow, 'review' | 'settlement' | 'phase'>) {
    this.#flow = flow;
    this.renew();
  }

  get shown(): ShownRows {
    const isDecidable = isNarrowed(this.#view) && canRemove(this.#flow.phase);
    return {
      number: this.#number,
      view: this.#view,
      count: this.#keys.length,
      decidable: isDecidable ? this.#countedDecisions() : null,
    };
  }

  show(view: ReviewView): void {
    this.#view = view;
    this.renew();
  }

  /** Matches the rows anew, for what is known of the images has changed. */
  renew(): void {
    this.#take(isWhole(this.#view) ? this.#everyKey() : this.#matchingKeys());
    this.#number += 1;
  }

  /** Leaves out what has left the plan without an outcome. */
  prune(): void {
    this.#take(this.#keys.filter((key) => this.#rowOf(key) !== undefined));
  }

  rows(first: number, count: number): readonly Row[] {
    return this.#keys.slice(first, first + count).flatMap((key) => this.#rowOf(key) ?? []);
  }

  /** Images of the plan that a decision about all rows was meant for; `undefined` where they are others by now. */
  decidedAbout({ viewNumber, imageCount }: ShownRowsReference): readonly ImageKey[] | undefined {
    const isMeant = viewNumber === this.#number && imageCount === this.shown.decidable?.imageCount;
    return isMeant ? this.#keys.filter((key) => this.#flow.review.get(key) !== undefined) : undefined;
  }

  #everyKey(): readonly ImageKey[] {
    const { review, settlement } = this.#flow;
    return [...review.keys, ...settlement.entries.map(({ entry }) => entry.key)];
  }

  #matchingKeys(): readonly ImageKey[] {
    const { review, settlement } = this.#flow;
    const rows: readonly Row[] = [
      ...review.entries.map((entry) => this.#planRow(entry)),
      ...settlement.entries,
    ];
    return inOrder(rows.filter(rowMatcher(this.#view)), this.#view.order).map(({ entry }) => entry.key);
  }

  #take(keys: readonly ImageKey[]): void {
    this.#keys = keys;
    this.#decisions = undefined;
  }

  #rowOf(key: ImageKey): Row | undefined {
    const { review, settlement } = this.#flow;
    const entry = review.get(key);
    return entry === undefined ? settlement.get(key) : this.#planRow(entry);
  }

  #planRow(entry: ReviewEntry): Row {
    const { attempts } = this.#flow.settlement;
    const attempt =
      attempts.get(entry.key) ?? (attempts.isUnsent(entry.key) ? { outcome: 'notSent' } : undefined);
    return { entry, outcome: undefined, attempt };
  }

  #countedDecisions(): ShownDecisions {
    const { review } = this.#flow;
    if (this.#decisions?.changes !== review.changes) {
      const { counts } = ReviewTally.of(this.#keys.flatMap((key) => review.get(key) ?? []));
      const value = { imageCount: counts.images, warnings: counts.acceptances };
      this.#decisions = { changes: review.changes, value };
    }
    return this.#decisions.value;
  }
}

/** Whether the rows are those of the plan, in its order. */
function isWhole(view: ReviewView): boolean {
  return !isNarrowed(view) && view.order === wholePlan.order;
}
