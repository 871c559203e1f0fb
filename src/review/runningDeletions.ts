import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposable, type IDisposable } from '../util/dispose';
import {
  type RunningDeletion,
  runningDeletionsName,
  runningDeletionsText,
  runningDeletionsTooltip,
} from './texts/running';

/** Brings the review of a running deletion to the front. For the status bar only, so no menu and no palette has it. */
const revealCommand = '_hubImages.review.reveal';

/** A deletion in the status bar, until it is disposed. */
export interface ShownDeletion extends IDisposable {
  show(deletion: RunningDeletion): void;
}

interface Entry {
  readonly reveal: () => void;
  /** `undefined` before it is shown. */
  deletion: RunningDeletion | undefined;
}

/** The deletions that run in this window, in one item of the status bar, which is there only while there is one. */
export class RunningDeletions extends Disposable {
  readonly #entries = new Set<Entry>();
  #item: vscode.StatusBarItem | undefined;
  #command: vscode.Disposable | undefined;

  /** @param reveal Brings the review to the front. */
  add(reveal: () => void): ShownDeletion {
    const entry: Entry = { deletion: undefined, reveal };
    this.#entries.add(entry);
    return {
      show: (deletion) => {
        entry.deletion = deletion;
        this.#draw();
      },
      dispose: () => {
        this.#entries.delete(entry);
        this.#draw();
      },
    };
  }

  override dispose(): void {
    this.#entries.clear();
    this.#draw();
    super.dispose();
  }

  #draw(): void {
    const deletions = [...this.#entries].flatMap(({ deletion = [] }) => deletion);
    if (deletions.length === 0) {
      this.#item?.dispose();
      this.#item = undefined;
      this.#command?.dispose();
      this.#command = undefined;
      return;
    }
    this.#item ??= this.#makeItem();
    const text = runningDeletionsText(deletions);
    this.#item.text = `$(loading~spin) ${text}`;
    this.#item.tooltip = runningDeletionsTooltip(deletions);
    this.#item.accessibilityInformation = { label: l10n.t('Hub Images: {0}', text) };
    this.#item.show();
  }

  #makeItem(): vscode.StatusBarItem {
    this.#command = vscode.commands.registerCommand(revealCommand, () => {
      const [first] = this.#entries;
      first?.reveal();
    });
    const item = vscode.window.createStatusBarItem('hubImages.deletion', vscode.StatusBarAlignment.Left);
    item.name = runningDeletionsName();
    item.command = revealCommand;
    return item;
  }
}
