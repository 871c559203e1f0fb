import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Installation } from './install';

/** The themes, what the user settings are edited with, and the view of references. */
const needed = ['theme-defaults', 'theme-seti', 'json', 'json-language-features', 'references-view'] as const;

/**
 * Arguments of a server with only those built-in extensions. The others (languages, Git, Copilot and so on) have no part in
 * what this extension does, and take a third of the time in which a window opens and half of that of a command.
 *
 * @param folder Where to put links to them; it does not exist yet.
 */
export function withFewExtensions({ serverMain }: Installation, folder: string): readonly string[] {
  const all = join(dirname(serverMain), '../extensions');
  mkdirSync(folder);
  for (const name of needed) symlinkSync(join(all, name), join(folder, name), 'junction');
  return ['--builtin-extensions-dir', folder];
}
