import assert from 'node:assert/strict';
import {
  isFromWebview,
  isToWebview,
  type FromWebview,
  type ReviewRow,
  type RowsRequestedMessage,
  type StateMessage,
  type ToWebview,
  type WarningKind,
} from '../../../src/review/protocol';

export type StateOverrides = Partial<Omit<StateMessage, 'type' | 'revision'>>;

/** The extension's side of the review, with rows made up by a test. */
export class FakeHost {
  readonly received: FromWebview[] = [];
  overrides: StateOverrides;
  /** While true, rows are not answered; {@link release} answers the last request. */
  isHolding = false;
  #rows: readonly ReviewRow[];
  #revision = 1;
  #status = 'Dry run finished.';
  #post: (message: unknown) => Promise<void> = () => Promise.reject(new Error('no page is open'));

  constructor(rows: readonly ReviewRow[], overrides: StateOverrides = {}) {
    this.#rows = rows;
    this.overrides = overrides;
  }

  get rows(): readonly ReviewRow[] {
    return this.#rows;
  }

  get requests(): readonly RowsRequestedMessage[] {
    return this.received.filter((message) => message.type === 'rowsRequested');
  }

  connect(post: (message: unknown) => Promise<void>): void {
    this.#post = post;
  }

  /** Puts other rows in place and tells the webview. */
  async change(rows: readonly ReviewRow[], status: string, overrides: StateOverrides = {}): Promise<void> {
    this.#rows = rows;
    this.#status = status;
    this.overrides = { ...this.overrides, ...overrides };
    this.#revision += 1;
    await this.#send(this.#state());
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
        return this.#send(this.#state());
      case 'rowsRequested':
        return this.isHolding ? undefined : this.#sendRows(message);
      case 'warningAccepted':
        return this.change(
          this.#accept(message.kind, message.isAccepted, ({ id }) => id === message.id),
          'Accepted.',
        );
      case 'allWarningsAccepted':
        return this.change(
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
      case 'digestCopied':
      case 'action':
        return undefined;
    }
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
    const warnings = {
      is_active: this.#count('is_active'),
      current_tag: this.#count('current_tag'),
      collateral: this.#count('collateral'),
    };
    const isOpen = Object.values(warnings).some(({ total, accepted }) => accepted < total);
    return {
      type: 'state',
      revision: this.#revision,
      title: 'Delete images: harbourworks/gateway',
      phase: 'reviewing',
      status: this.#status,
      activeFrom: '2026-05-01T10:15:00.000Z',
      isSandbox: false,
      hasManyRepositories: false,
      imageCount: this.#rows.length,
      rowCount: this.#rows.length,
      uncheckedCount: 0,
      blockedCount,
      warnings,
      canDelete: this.#rows.length > 0 && blockedCount === 0 && !isOpen,
      canRepeatDryRun: true,
      canCancel: false,
      progress: null,
      notices: [],
      result: null,
      ...this.overrides,
    };
  }

  #count(kind: WarningKind): { total: number; accepted: number } {
    const ofKind = this.#rows.flatMap(({ warnings }) => warnings.filter((warning) => warning.kind === kind));
    return { total: ofKind.length, accepted: ofKind.filter(({ isAccepted }) => isAccepted).length };
  }

  #sendRows({ first, count }: RowsRequestedMessage): Promise<void> {
    return this.#send({
      type: 'rows',
      revision: this.#revision,
      rowCount: this.#rows.length,
      first,
      rows: this.#rows.slice(first, first + count),
    });
  }

  async #send(message: ToWebview): Promise<void> {
    assert.ok(isToWebview(message), 'the fake host speaks the protocol');
    await this.#post(message);
  }
}
