import { setImmediate as nextTurn } from 'node:timers/promises';
import { folderOf, pathIn, type FolderEntry, type FolderReader } from './folderReader';
import type { FolderRules } from './folderRules';
import { ignoreFiles, type IgnoreRules } from './ignoreRules';
import { readText } from './readText';
import { workThrough } from './workThrough';

/** Folders that are listed at the same time. */
const concurrency = 8;
/** Entries that are looked at in one turn: a folder may have a hundred thousand. */
const entriesATurn = 1000;

export interface WalkOptions {
  readonly reader: FolderReader;
  readonly rules: FolderRules;
  /** Whether a folder is left out because it is searched by itself. */
  readonly isApart: (folder: string) => boolean;
  readonly signal: AbortSignal;
}

/** What a walk has found. */
export interface Walked {
  readonly files: string[];
  /** Folders, with the reason why what is in them is not searched. */
  readonly skipped: Map<string, 'linked' | 'unreadable'>;
}

/**
 * Lists the files in a folder and all folders in it. What is excluded is not looked into.
 *
 * @param from Path of the folder.
 * @throws The reason of the signal.
 */
export async function walk(options: WalkOptions, from = ''): Promise<Walked> {
  const walked: Walked = { files: [], skipped: new Map() };
  const workers = Array.from({ length: concurrency }, (_, worker) => worker);
  for (let level = [from]; level.length > 0;) {
    const next: string[] = [];
    await workThrough(level, workers, (folder) => visit(folder, options, walked, next), options.signal);
    level = next;
  }
  return walked;
}

async function visit(folder: string, options: WalkOptions, walked: Walked, next: string[]): Promise<void> {
  const { rules, isApart, signal } = options;
  const entries = await listed(folder, options, walked);
  const ignoreRules = await rulesIn(folder, entries, options);
  for (const [index, { name, kind }] of entries.entries()) {
    if (index % entriesATurn === entriesATurn - 1) {
      await nextTurn();
      signal.throwIfAborted();
    }
    const path = pathIn(folder, name);
    if (kind === 'other' || rules.excludesEntry(path, kind === 'folder', ignoreRules)) continue;
    if (kind === 'file') walked.files.push(path);
    else if (kind === 'folderLink') walked.skipped.set(path, 'linked');
    else if (!isApart(path)) next.push(path);
  }
}

/** A folder that was deleted meanwhile is empty, unless it is the one that was opened. */
async function listed(
  folder: string,
  { reader, signal }: WalkOptions,
  { skipped }: Walked,
): Promise<readonly FolderEntry[]> {
  try {
    return await reader.list(folder);
  } catch (error) {
    signal.throwIfAborted();
    if (folder === '' || !reader.isGone(error)) skipped.set(folder, 'unreadable');
    return [];
  }
}

/** Reads the ignore files of a folder. */
async function rulesIn(
  folder: string,
  entries: readonly FolderEntry[],
  { reader, rules }: WalkOptions,
): Promise<IgnoreRules> {
  const outer = rules.ignoreRulesOf(folderOf(folder));
  if (!rules.usesIgnoreFiles) return outer;
  const textOf = (file: string) =>
    entries.some(({ name, kind }) => name === file && kind === 'file')
      ? readText(reader, pathIn(folder, file))
      : undefined;
  const inner = outer.within(folder, {
    git: await textOf(ignoreFiles.git),
    plain: await textOf(ignoreFiles.plain),
    isRepository: entries.some(({ name }) => name === '.git'),
  });
  rules.setIgnoreRules(folder, inner);
  return inner;
}
