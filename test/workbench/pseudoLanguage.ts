import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as l10nDev from '@vscode/l10n-dev';
import type { Page } from 'playwright-core';

const { getL10nPseudoLocalized } = createRequire(import.meta.url)('@vscode/l10n-dev') as typeof l10nDev; // a CommonJS module whose names are not found by an import

/** The locale that Windows and VS Code's tools use for texts with other letters than the English ones. */
const pseudoLocale = 'qps-ploc';

/** What a translator leaves as it is: placeholders, symbols, targets of links, names of settings, code. */
const untranslatable = /(\{\d+\}|\$\([\w-]+(?:~\w+)?\)|\]\([^)]*\)|#[\w.]+#|`[^`]*`)/;

/** The text with other letters than English has, and about as much longer as a translation may be. */
export function pseudoLocalized(text: string): string {
  return text
    .split(untranslatable)
    .map((part, index) => (index % 2 === 1 ? part : withOtherLetters(part)))
    .join('');
}

function withOtherLetters(text: string): string {
  const translated = getL10nPseudoLocalized({ text })['text'];
  return typeof translated === 'string' ? translated : text;
}

/** Adds a pseudo-translation of all its texts to an installed extension. */
export function addPseudoTranslation(extension: string): void {
  translateFile(join(extension, 'package.nls.json'), join(extension, `package.nls.${pseudoLocale}.json`));
  const folder = join(extension, 'l10n');
  mkdirSync(folder, { recursive: true });
  translateFile('l10n/bundle.l10n.json', join(folder, `bundle.l10n.${pseudoLocale}.json`)); // the texts in English are not packaged
}

function translateFile(source: string, target: string): void {
  const texts = JSON.parse(readFileSync(source, 'utf8')) as Record<string, string>;
  const translated = Object.entries(texts).map(([key, text]) => [key, pseudoLocalized(text)]);
  writeFileSync(target, JSON.stringify(Object.fromEntries(translated)));
}

/**
 * Makes the page request its extensions in the pseudo-language. The editor's own texts stay English: a browser finds no
 * language pack here.
 */
export async function usePseudoLanguage(page: Page): Promise<void> {
  await page.addInitScript((locale) => {
    Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => locale, set: () => undefined });
  }, pseudoLocale);
}
