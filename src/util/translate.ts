/** `vscode.l10n.t`, for text that is also made where there is no editor. */
export type Translate = (message: string, ...args: (string | number)[]) => string;
