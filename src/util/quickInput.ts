import * as vscode from 'vscode';

/*
 * Every picker and input box of the extension is made here, because each must stay open when it loses the focus. A command
 * chosen in the Command Palette opens its picker while the editor is still giving the focus back to what had it before.
 * Where that is a webview, the focus arrives there only after the picker has opened. `focusQuickInput` returns it.
 */
const staysOpen = { ignoreFocusOut: true } as const;

type PickOptions = Omit<vscode.QuickPickOptions, 'ignoreFocusOut' | 'canPickMany'>;

/** Asks for one of the items. Undefined if the user presses Escape. */
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: PickOptions,
): Thenable<T | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...staysOpen });
}

/** Asks for any number of the items. Undefined if the user presses Escape. */
export function pickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: PickOptions,
): Thenable<readonly T[] | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...staysOpen, canPickMany: true });
}

/** Asks for a text. Undefined if the user presses Escape. */
export function enterText(
  options: Omit<vscode.InputBoxOptions, 'ignoreFocusOut'>,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({ ...options, ...staysOpen });
}

/** A picker whose items change while it is open. The caller disposes it. */
export function createPicker<T extends vscode.QuickPickItem>(): vscode.QuickPick<T> {
  return Object.assign(vscode.window.createQuickPick<T>(), staysOpen);
}

/** An input box that stays open while its answer is checked. The caller disposes it. */
export function createInput(): vscode.InputBox {
  return Object.assign(vscode.window.createInputBox(), staysOpen);
}

/**
 * Gives the focus back to the picker or input box that is open, if any. The editor has a command for it that it does not
 * document; where that is missing, the picker still stays open.
 */
export async function focusQuickInput(): Promise<void> {
  try {
    await vscode.commands.executeCommand('workbench.action.focusQuickOpen');
  } catch {
    // A click gives it the focus.
  }
}
