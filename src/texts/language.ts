import * as l10n from '@vscode/l10n';

/** What the editor is shown in. */
export interface Language {
  /** BCP 47, such as `en` or `pt-br`; as `vscode.env.language`. */
  readonly tag: string;
  /** Translations by the English text, as `vscode.l10n.bundle`; `undefined` shows the English texts. */
  readonly translations: Readonly<Record<string, string>> | undefined;
}

let current: Language = { tag: 'en', translations: undefined };

/**
 * Chooses the language of all texts, numbers and dates. Call it before the first text is created: once in the extension,
 * and once in each page. It is state of the module, as the translations of `@vscode/l10n` are.
 */
export function setLanguage(language: Language): void {
  current = language;
  l10n.config({ contents: { ...language.translations } });
}

export function currentLanguage(): Language {
  return current;
}

/** The language for `Intl`, which rejects what is not BCP 47. */
export function currentLocale(): string {
  try {
    return Intl.getCanonicalLocales(current.tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
