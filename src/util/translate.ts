/** `vscode.l10n.t`, for text that is also made where there is no editor. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** The text in English, as `vscode.l10n.t` returns it where there is no translation. */
export const inEnglish: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder));
