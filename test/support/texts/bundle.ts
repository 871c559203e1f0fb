import { getL10nJson } from '@vscode/l10n-dev';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the translations begin: every text of the extension, as `vscode.l10n` reads it. */
export const bundleFile = 'l10n/bundle.l10n.json';

const folders = ['src', 'media'];

/** The contents of the bundle for the sources as they are: sorted, so that only what changes is different. */
export async function bundleText(): Promise<string> {
  const scripts = folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
        .map((file) => ({ extension: '.ts', contents: readFileSync(join(folder, file), 'utf8') })),
    )
    .filter(({ contents }) => contents.includes('l10n')); // reading the others takes minutes and finds nothing
  const texts = Object.entries(await getL10nJson(scripts)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(texts), undefined, 2)}\n`;
}
