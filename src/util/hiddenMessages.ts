import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { Disposable } from './dispose';
import type { ErrorAction } from './showError';

/** A message that comes again without anybody having asked for it, such as whenever a window opens. */
export interface RecurringMessage {
  readonly id: 'settings' | 'address';
  /** What it is about. With another content it is shown again. */
  readonly content: string;
}

const storeKey = 'hiddenMessages';
/** The oldest are dropped: a setting that was corrected long ago needs no place. */
const storedLimit = 50;

/**
 * The messages that the user does not want to see again, in any window. Only hashes are stored, because what a message is
 * about may be private.
 */
export class HiddenMessages extends Disposable {
  readonly #store: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #didShowAll = this.register(new vscode.EventEmitter<void>());

  /** What was hidden is shown again. */
  readonly onDidShowAll = this.#didShowAll.event;

  constructor(store: Pick<vscode.Memento, 'get' | 'update'>) {
    super();
    this.#store = store;
  }

  isHidden(message: RecurringMessage): boolean {
    return this.#hashes.includes(hashOf(message));
  }

  /** The button that hides a message. */
  hideAction(message: RecurringMessage): ErrorAction {
    return {
      title: l10n.t("Don't Show Again"),
      run: () => this.#write([...this.#hashes.filter((hash) => hash !== hashOf(message)), hashOf(message)]),
    };
  }

  /** Forgets what was hidden, so that it is shown at its next occasion. */
  async showAll(): Promise<void> {
    await this.#write([]);
    this.#didShowAll.fire();
  }

  /** As stored; another version may have stored something else. */
  get #hashes(): readonly string[] {
    const stored = this.#store.get<unknown>(storeKey);
    return Array.isArray(stored) ? stored.filter((hash) => typeof hash === 'string') : [];
  }

  #write(hashes: readonly string[]): Thenable<void> {
    return this.#store.update(storeKey, hashes.length === 0 ? undefined : hashes.slice(-storedLimit));
  }
}

function hashOf({ id, content }: RecurringMessage): string {
  return createHash('sha256').update(`${id}\n${content}`).digest('hex');
}
