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
  /** Of the findings that were accepted: of the row, or of all of them. Others are not shown as accepted. */
  readonly findingsRevision: number;
  /** From 1, in the order in which they were sent. */
  readonly number: number;
  /** The first revision that takes it into account; `undefined` while that is not known. */
  confirmedBy: number | undefined;
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
  #decisionCount = 0;
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

  takeState({ revision, findingsRevision, decisionCount, shown }: StateMessage): void {
    this.#latestRevision = revision;
    this.#confirm(decisionCount, revision);
    this.#forgetOutdated(findingsRevision);
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

  /** Shows the decision, which is sent now, until rows of a revision that takes it into account show its result. */
  decide(
    { id, findingsRevision }: Pick<ReviewRow, 'id' | 'findingsRevision'>,
    kind: WarningKind,
    isAccepted: boolean,
  ): void {
    this.#decisions.set(decisionKey(id, kind), this.#nextDecision(isAccepted, findingsRevision));
    this.#decisionChanges += 1;
  }

  /** What was decided for all warnings of the kind and is not yet confirmed. */
  decisionOnAll(kind: WarningKind): boolean | undefined {
    return this.#decisionsOnAll.get(kind)?.isAccepted;
  }

  /**
   * As {@link decide}, for every row.
   *
   * @param findingsRevision Of all findings.
   */
  decideAll(kind: WarningKind, isAccepted: boolean, findingsRevision: number): void {
    const decision = this.#nextDecision(isAccepted, findingsRevision);
    this.#decisionsOnAll.set(kind, decision);
    for (const { row } of this.#rows.values()) {
      const ofRow = { ...decision, findingsRevision: row.findingsRevision };
      this.#decisions.set(decisionKey(row.id, kind), ofRow);
    }
    this.#decisionChanges += 1;
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

  #nextDecision(isAccepted: boolean, findingsRevision: number): Decision {
    this.#decisionCount += 1;
    return { isAccepted, findingsRevision, number: this.#decisionCount, confirmedBy: undefined };
  }

  #confirm(decisionCount: number, revision: number): void {
    for (const [kind, { number }] of this.#decisionsOnAll) {
      if (number <= decisionCount) {
        this.#decisionsOnAll.delete(kind);
      }
    }
    for (const decision of this.#decisions.values()) {
      if (decision.number <= decisionCount) {
        decision.confirmedBy ??= revision;
      }
    }
  }

  /** The extension refuses an acceptance of findings that have changed, so it must not be shown as if it counted. */
  #forgetOutdated(findingsRevision: number): void {
    for (const [kind, decision] of this.#decisionsOnAll) {
      if (decision.isAccepted && decision.findingsRevision !== findingsRevision) {
        this.#decisionsOnAll.delete(kind);
      }
    }
  }

  #forgetConfirmed(ids: ReadonlySet<RowId>, revision: number): void {
    for (const [key, decision] of this.#decisions) {
      if (isConfirmed(decision, revision) && ids.has(idOf(key))) {
        this.#decisions.delete(key);
        this.#decisionChanges += 1;
      }
    }
  }

  #withDecisions({ row, revision }: HeldRow): ReviewRow {
    const warnings = row.warnings.map((warning) => {
      const decision = this.#decisions.get(decisionKey(row.id, warning.kind));
      return decision !== undefined && !isConfirmed(decision, revision) && concerns(decision, row)
        ? withDecision(warning, decision)
        : warning;
    });
    return warnings.every((warning, index) => warning === row.warnings[index]) ? row : { ...row, warnings };
  }
}

/** Whether rows of this revision take the decision into account. */
function isConfirmed({ confirmedBy }: Decision, revision: number): boolean {
  return confirmedBy !== undefined && confirmedBy <= revision;
}

/** Whether the decision counts for the findings of the row; a withdrawal always does. */
function concerns({ isAccepted, findingsRevision }: Decision, row: ReviewRow): boolean {
  return !isAccepted || findingsRevision === row.findingsRevision;
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
