import * as vscode from 'vscode';

export interface ErrorOptions {
  /** With it, the error is a dialog that has to be closed. */
  readonly detail?: string;
  /** A button, and what it does. */
  readonly action?: ErrorAction;
  /** More buttons after it. */
  readonly otherActions?: readonly ErrorAction[];
}

export interface ErrorAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** Shows an error message. Resolves when the message was closed and its action has run. */
export async function showError(
  message: string,
  { detail, action, otherActions = [] }: ErrorOptions = {},
): Promise<void> {
  const actions = [...(action === undefined ? [] : [action]), ...otherActions];
  const answer = await vscode.window.showErrorMessage(
    message,
    detail === undefined ? {} : { modal: true, detail },
    ...actions.map(({ title }) => title),
  );
  await actions.find(({ title }) => title === answer)?.run();
}
