import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type * as l10nDev from '@vscode/l10n-dev';
import type { Language } from '../../../src/texts/language';

const { getL10nJson, getL10nPseudoLocalized } = createRequire(import.meta.url)(
  '@vscode/l10n-dev',
) as typeof l10nDev; // a CommonJS module whose names are not found by an import

/** All that a page takes its texts from. */
const textFolders = ['media', 'src/texts'];

/** Around what is not a text of the page: what the extension or the server says. */
const remote = /«[^»]*»/g;
/** Digests, time zones, units of size, and what Docker Hub calls its warnings and errors. */
const names =
  /sha256:[0-9a-f]+|\bUTC\b|\b[kMGT]?B\b|\b(is_active|current_tag|collateral|referenced|child_manifest)\b/g;

export function markRemote(text: string): string {
  return `«${text}»`;
}

/** The texts in these folders, as translators get them. */
export async function textsIn(...folders: readonly string[]): Promise<readonly string[]> {
  return Object.keys(await extracted(folders));
}

/** A language in which every text of ours has other letters, and numbers and dates have none of the English ones. */
export async function pseudoLanguage(): Promise<Language> {
  const translations = getL10nPseudoLocalized(await extracted(textFolders));
  return {
    tag: 'ru',
    translations: Object.fromEntries(
      Object.entries(translations).map(([text, translation]) => [
        text,
        typeof translation === 'string' ? translation : translation.message,
      ]),
    ),
  };
}

function extracted(folders: readonly string[]): Promise<l10nDev.l10nJsonFormat> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => extname(file) === '.ts')
      .map((file) => ({ contents: readFileSync(join(folder, file), 'utf8'), extension: '.ts' })),
  );
  return getL10nJson(files.filter(({ contents }) => contents.includes('@vscode/l10n')));
}

/** Whether anything in a text is neither translated nor marked. */
export function isUntranslated(text: string): boolean {
  return /[A-Za-z]/.test(text.replace(remote, '').replace(names, ''));
}

/** Whether the translation, whatever it has in its placeholders, is one of the texts or a whole part of one. */
export function isAmong(translation: string, shown: readonly string[]): boolean {
  const [start = '', ...rest] = translation.split(/\{\d\}/);
  const pattern = [start, ...rest].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return shown.some((text) => new RegExp(`(^| )${pattern}([ .,:]|$)`).test(text));
}
