import * as vscode from 'vscode';

export interface ErrorOptions {
  /** With it, the error is a dialog that has to be closed. */
  readonly detail?: string;
  /** A button, and what it does. */
  readonly action?: { readonly title: string; readonly run: () => unknown };
}

/** Shows an error message. Resolves when the message was closed and its action has run. */
export async function showError(message: string, { detail, action }: ErrorOptions = {}): Promise<void> {
  const answer = await vscode.window.showErrorMessage(
    message,
    detail === undefined ? {} : { modal: true, detail },
    ...(action === undefined ? [] : [action.title]),
  );
  if (action !== undefined && answer === action.title) {
    await action.run();
  }
}
