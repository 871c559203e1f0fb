import {
  rowsRequestLimit,
  type ReviewRow,
  type RowId,
  type RowsMessage,
  type RowsRequestedMessage,
  type RowWarning,
  type StateMessage,
  type WarningKind,
} from '../../src/review/protocol';

/** Rows cached beyond those in view, so that scrolling back a little needs no request. */
const cachedRows = 1000;

/** After so long an answer is taken for lost. */
const answerTimeoutMs = 2000;

interface HeldRow {
  readonly row: ReviewRow;
  readonly revision: number;
  /** With the decisions after that many changes; the same object as long as they hold. */
  shown?: { readonly row: ReviewRow; readonly decisionChanges: number };
}

interface Decision {
  readonly isAccepted: boolean;
  readonly revision: number;
}

/**
 * The part of the list that the webview holds. Rows of an older revision stay until newer ones replace them, so nothing
 * on screen goes blank while an answer is on its way.
 */
export class RowStore {
  readonly #now: () => number;
  readonly #rows = new Map<number, HeldRow>();
  /** What the person decided and the extension has not yet confirmed. */
  readonly #decisions = new Map<string, Decision>();
  #decisionChanges = 0;
  readonly #decisionsOnAll = new Map<WarningKind, Decision>();
  #rowCount = 0;
  #viewNumber = -1;
  #shownRevision = -1;
  #latestRevision = -1;
  #askedAtMs: number | undefined;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Whether rows of any revision have arrived. */
  get isFilled(): boolean {
    return this.#shownRevision >= 0;
  }

  /** The row as it should be shown: with the decisions that are still on their way. */
  row(index: number): ReviewRow | undefined {
    const held = this.#rows.get(index);
    if (held === undefined) {
      return undefined;
    }
    if (held.shown?.decisionChanges !== this.#decisionChanges) {
      held.shown = { row: this.#withDecisions(held), decisionChanges: this.#decisionChanges };
    }
    return held.shown.row;
  }

  indexOf(id: RowId): number | undefined {
    for (const [index, { row }] of this.#rows) {
      if (row.id === id) {
        return index;
      }
    }
    return undefined;
  }

  takeState({ revision, shown }: StateMessage): void {
    this.#latestRevision = revision;
    for (const [kind, decision] of this.#decisionsOnAll) {
      if (decision.revision < revision) {
        this.#decisionsOnAll.delete(kind);
      }
    }
    if (shown.count === 0) {
      this.#rows.clear();
      this.#rowCount = 0;
      this.#viewNumber = shown.number;
      this.#shownRevision = revision;
    }
  }

  takeRows({ revision, viewNumber, rowCount, first, rows }: RowsMessage): void {
    this.#askedAtMs = undefined;
    if (revision < this.#shownRevision || viewNumber < this.#viewNumber) {
      return;
    }
    if (rowCount !== this.#rowCount || viewNumber !== this.#viewNumber) {
      this.#rows.clear(); // the indexes have shifted
    }
    const ids = new Set(rows.map(({ id }) => id));
    for (const [index, { row }] of this.#rows) {
      if (ids.has(row.id)) {
        this.#rows.delete(index); // an image must not be on screen twice
      }
    }
    rows.forEach((row, offset) => this.#rows.set(first + offset, { row, revision }));
    this.#rowCount = rowCount;
    this.#viewNumber = viewNumber;
    this.#shownRevision = revision;
    this.#latestRevision = Math.max(this.#latestRevision, revision);
    this.#forgetConfirmed(ids, revision);
  }

  /** Shows the decision until rows of a later revision say what came of it. */
  decide(id: RowId, kind: WarningKind, isAccepted: boolean): void {
    this.#decisions.set(decisionKey(id, kind), { isAccepted, revision: this.#latestRevision });
    this.#decisionChanges += 1;
  }

  /** What was decided for all warnings of the kind and is not yet confirmed. */
  decisionOnAll(kind: WarningKind): boolean | undefined {
    return this.#decisionsOnAll.get(kind)?.isAccepted;
  }

  /** As {@link decide}, for every row. */
  decideAll(kind: WarningKind, isAccepted: boolean): void {
    this.#decisionsOnAll.set(kind, { isAccepted, revision: this.#latestRevision });
    for (const { row } of this.#rows.values()) {
      this.decide(row.id, kind, isAccepted);
    }
  }

  /**
   * What to ask for so that these rows can be shown as they are now, with as many again on both sides.
   *
   * @param pinned Index of a row that must be kept wherever the view is.
   * @returns `undefined` when nothing is missing or an answer is on its way.
   */
  request(first: number, last: number, pinned: number | undefined): RowsRequestedMessage | undefined {
    this.#evict(first, last, pinned);
    const isWaiting = this.#askedAtMs !== undefined && this.#now() - this.#askedAtMs < answerTimeoutMs;
    if (isWaiting || !this.#isMissing(first, last)) {
      return undefined;
    }
    this.#askedAtMs = this.#now();
    const size = last - first + 1;
    const start = Math.max(0, first - size);
    return {
      type: 'rowsRequested',
      first: start,
      count: Math.min(rowsRequestLimit, last + size - start + 1),
    };
  }

  #isMissing(first: number, last: number): boolean {
    for (let index = first; index <= last; index++) {
      if ((this.#rows.get(index)?.revision ?? -1) < this.#latestRevision) {
        return true;
      }
    }
    return false;
  }

  #evict(first: number, last: number, pinned: number | undefined): void {
    if (this.#rows.size <= 2 * cachedRows) {
      return;
    }
    for (const index of this.#rows.keys()) {
      if ((index < first - cachedRows || index > last + cachedRows) && index !== pinned) {
        this.#rows.delete(index);
      }
    }
  }

  #forgetConfirmed(ids: ReadonlySet<RowId>, revision: number): void {
    for (const [key, decision] of this.#decisions) {
      if (decision.revision < revision && ids.has(idOf(key))) {
        this.#decisions.delete(key);
        this.#decisionChanges += 1;
      }
    }
  }

  #withDecisions({ row, revision }: HeldRow): ReviewRow {
    const warnings = row.warnings.map((warning) => {
      const decision = this.#decisions.get(decisionKey(row.id, warning.kind));
      return decision !== undefined && revision <= decision.revision
        ? withDecision(warning, decision)
        : warning;
    });
    return warnings.every((warning, index) => warning === row.warnings[index]) ? row : { ...row, warnings };
  }
}

function withDecision(warning: RowWarning, { isAccepted }: Decision): RowWarning {
  return warning.isAccepted === isAccepted ? warning : { ...warning, isAccepted };
}

function decisionKey(id: RowId, kind: WarningKind): string {
  return `${kind} ${id}`;
}

function idOf(key: string): RowId {
  return key.slice(key.indexOf(' ') + 1);
}
