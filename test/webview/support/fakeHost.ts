import assert from 'node:assert/strict';
import {
  isFromWebview,
  isNarrowed,
  isToWebview,
  wholePlan,
  type FromWebview,
  type ReviewRow,
  type ReviewView,
  type RowsRequestedMessage,
  type StateMessage,
  type ToWebview,
  type WarningKind,
} from '../../../src/review/protocol';

export type StateOverrides = Partial<
  Omit<StateMessage, 'type' | 'revision' | 'findingsRevision' | 'decisionCount'>
>;

/** The extension's side of the review, with rows made up by a test. */
export class FakeHost {
  readonly received: FromWebview[] = [];
  overrides: StateOverrides;
  /** While true, rows are not answered; {@link release} answers the last request. */
  isHolding = false;
  #rows: readonly ReviewRow[];
  #view: ReviewView = wholePlan;
  #viewNumber = 1;
  #shown: readonly ReviewRow[];
  #revision = 1;
  #decisionCount = 0;
  #status = 'Dry run finished.';
  #post: (message: unknown) => Promise<void> = () => Promise.reject(new Error('no page is open'));

  constructor(rows: readonly ReviewRow[], overrides: StateOverrides = {}) {
    this.#rows = rows;
    this.#shown = rows;
    this.overrides = overrides;
  }

  get rows(): readonly ReviewRow[] {
    return this.#rows;
  }

  get requests(): readonly RowsRequestedMessage[] {
    return this.received.filter((message) => message.type === 'rowsRequested');
  }

  /** Of all findings: that of the row that changed last. */
  get #findingsRevision(): number {
    return this.#rows.reduce((latest, { findingsRevision }) => Math.max(latest, findingsRevision), 1);
  }

  connect(post: (message: unknown) => Promise<void>): void {
    this.#post = post;
  }

  /** Puts other rows in place and tells the webview. */
  async change(rows: readonly ReviewRow[], status: string, overrides: StateOverrides = {}): Promise<void> {
    this.#rows = rows;
    this.#shown = rows.filter((row) => this.#isShown(row));
    this.#status = status;
    this.overrides = { ...this.overrides, ...overrides };
    this.#revision += 1;
    await this.#send(this.#state());
  }

  /** Puts other rows in place of which the webview is not told yet. */
  replaceUnseen(rows: readonly ReviewRow[]): void {
    this.#rows = rows;
    this.#shown = rows.filter((row) => this.#isShown(row));
  }

  async release(): Promise<void> {
    this.isHolding = false;
    const last = this.requests.at(-1);
    if (last !== undefined) {
      await this.#sendRows(last);
    }
  }

  async receive(message: unknown): Promise<void> {
    assert.ok(isFromWebview(message), `not a message of the protocol: ${JSON.stringify(message)}`);
    this.received.push(message);
    switch (message.type) {
      case 'ready':
        this.#decisionCount = 0;
        return this.#send(this.#state());
      case 'rowsRequested':
        return this.isHolding ? undefined : this.#sendRows(message);
      case 'warningAccepted':
        this.#decisionCount += 1;
        return this.#isOutdated(
          message,
          this.#rows.find(({ id }) => id === message.id),
        )
          ? this.change(this.#rows, 'The tags have changed.')
          : this.change(
              this.#accept(message.kind, message.isAccepted, ({ id }) => id === message.id),
              'Accepted.',
            );
      case 'allWarningsAccepted':
        this.#decisionCount += 1;
        return this.#isOutdated(message)
          ? this.change(this.#rows, 'Warnings have changed.')
          : this.change(
              this.#accept(message.kind, message.isAccepted, () => true),
              'Accepted all.',
            );
      case 'rowRemoved':
        return this.change(
          this.#rows.filter(({ id }) => id !== message.id),
          'Removed 1 image from the plan.',
        );
      case 'blockedRowsRemoved':
        return this.change(
          this.#rows.filter(({ blockers }) => blockers.length === 0),
          'Removed the images with errors.',
        );
      case 'viewChanged':
        this.#view = message.view;
        this.#viewNumber += 1;
        return this.change(this.#rows, this.#status);
      case 'shownWarningsAccepted':
        assert.equal(message.viewNumber, this.#viewNumber);
        return this.#isOutdated(message)
          ? this.change(this.#rows, 'Warnings have changed.')
          : this.change(
              this.#accept(message.kind, message.isAccepted, (row) => this.#isShown(row)),
              'Accepted those shown.',
            );
      case 'shownRowsRemoved':
        assert.equal(message.viewNumber, this.#viewNumber);
        return this.change(
          this.#rows.filter((row) => !this.#isShown(row)),
          `Removed ${String(this.#shown.length)} images from the plan.`,
        );
      case 'placeOpened':
      case 'referencesShown':
      case 'digestCopied':
      case 'action':
        return undefined;
    }
  }

  /** As much of a filter as the tests of the webview need. */
  #isShown({ currentTags, digest, warnings, blockers }: ReviewRow): boolean {
    const { search, filter } = this.#view;
    const isFound = [...currentTags, digest].some((text) => text.includes(search));
    switch (filter) {
      case 'current_tag':
        return isFound && warnings.some(({ kind }) => kind === filter);
      case 'blocked':
        return isFound && blockers.length > 0;
      default:
        return isFound;
    }
  }

  /** Whether the person has accepted something else than what is known of the row, or of all of them. */
  #isOutdated(
    { isAccepted, findingsRevision }: { readonly isAccepted: boolean; readonly findingsRevision: number },
    { findingsRevision: current } = { findingsRevision: this.#findingsRevision },
  ): boolean {
    return isAccepted && findingsRevision !== current;
  }

  #accept(
    kind: WarningKind,
    isAccepted: boolean,
    concerns: (row: ReviewRow) => boolean,
  ): readonly ReviewRow[] {
    return this.#rows.map((row) =>
      concerns(row)
        ? {
            ...row,
            warnings: row.warnings.map((warning) =>
              warning.kind === kind ? { ...warning, isAccepted } : warning,
            ),
          }
        : row,
    );
  }

  #state(): StateMessage {
    const blockedCount = this.#rows.filter(({ blockers }) => blockers.length > 0).length;
    const warnings = countsOf(this.#rows);
    const isOpen = Object.values(warnings).some(({ total, accepted }) => accepted < total);
    return {
      type: 'state',
      revision: this.#revision,
      findingsRevision: this.#findingsRevision,
      decisionCount: this.#decisionCount,
      title: 'Delete images: harbourworks/gateway',
      phase: 'reviewing',
      status: this.#status,
      activeFrom: '2026-05-01T10:15:00.000Z',
      isSandbox: false,
      hasManyRepositories: false,
      imageCount: this.#rows.length,
      rowCount: this.#rows.length,
      shown: {
        number: this.#viewNumber,
        view: this.#view,
        count: this.#shown.length,
        decidable: isNarrowed(this.#view)
          ? { imageCount: this.#shown.length, warnings: countsOf(this.#shown) }
          : null,
      },
      uncheckedCount: 0,
      blockedCount,
      warnings,
      canDelete: this.#rows.length > 0 && blockedCount === 0 && !isOpen,
      canRepeatDryRun: true,
      leftToCheck: null,
      canCancel: false,
      progress: null,
      pause: null,
      notices: [],
      references: null,
      result: null,
      actions: [],
      ...this.overrides,
    };
  }

  #sendRows({ first, count }: RowsRequestedMessage): Promise<void> {
    return this.#send({
      type: 'rows',
      revision: this.#revision,
      viewNumber: this.#viewNumber,
      rowCount: this.#shown.length,
      first,
      rows: this.#shown.slice(first, first + count),
    });
  }

  async #send(message: ToWebview): Promise<void> {
    assert.ok(isToWebview(message), 'the fake host speaks the protocol');
    await this.#post(message);
  }
}

function countsOf(rows: readonly ReviewRow[]): StateMessage['warnings'] {
  const count = (kind: WarningKind) => {
    const ofKind = rows.flatMap(({ warnings }) => warnings.filter((warning) => warning.kind === kind));
    return { total: ofKind.length, accepted: ofKind.filter(({ isAccepted }) => isAccepted).length };
  };
  return {
    is_active: count('is_active'),
    current_tag: count('current_tag'),
    collateral: count('collateral'),
    referenced: count('referenced'),
  };
}
