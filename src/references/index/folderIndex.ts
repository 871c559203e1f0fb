import type { FileSearch } from '../find/fileSearch';
import { folderOf, nameOf, type EntryKind } from '../find/folderReader';
import { FolderRules } from '../find/folderRules';
import { ignoreFiles } from '../find/ignoreRules';
import { walk } from '../find/walk';
import { workThrough } from '../find/workThrough';
import { createFileSearches, type SearchTools } from './folderSearch';
import type { CodeFolder } from './openCode';
import type { Outcome, Outcomes } from './outcome';

/** What a change of a file means for the index of its folder. */
export type ChangeEffect = 'none' | 'file' | 'rules';

/** What is found in some files and folders now. */
interface Update {
  /** With all that was in them. */
  readonly removed: Set<string>;
  readonly found: Map<string, Outcome>;
}

/** What was found in the files of one folder. */
export class FolderIndex {
  readonly folder: CodeFolder;
  readonly #rules: FolderRules;
  readonly #outcomes = new Map<string, Outcome>();
  /** Files whose references depend on a file beside them, by the path of that one. */
  readonly #dependents = new Map<string, Set<string>>();

  constructor(folder: CodeFolder) {
    this.folder = folder;
    this.#rules = new FolderRules(folder.rules);
  }

  get outcomes(): Outcomes {
    return this.#outcomes;
  }

  /**
   * Searches all files of the folder.
   *
   * @throws The reason of the signal.
   */
  async searchAll(tools: SearchTools): Promise<void> {
    const update = await this.#read([''], tools);
    this.#apply(update);
  }

  /**
   * Searches the files that have changed, those that depend on them, and all that is in changed folders.
   *
   * @throws The reason of the signal; nothing has changed then.
   */
  async searchChanged(paths: Iterable<string>, tools: SearchTools): Promise<void> {
    const affected = new Set<string>();
    for (const path of paths) {
      affected.add(path);
      for (const dependent of this.#dependents.get(path) ?? []) affected.add(dependent);
    }
    this.#apply(await this.#read(affected, tools));
  }

  /** What it means that a file was created, changed or deleted. */
  effectOf(path: string): ChangeEffect {
    if (this.#dependents.has(path)) return 'file';
    const name = nameOf(path);
    const isIgnoreFile = name === ignoreFiles.git || name === ignoreFiles.plain;
    if (isIgnoreFile && this.#rules.usesIgnoreFiles) {
      const folder = folderOf(path);
      return folder !== '' && this.#rules.excludes(folder, true) ? 'none' : 'rules';
    }
    return this.#rules.excludes(path, false) ? 'none' : 'file';
  }

  async #read(paths: Iterable<string>, tools: SearchTools): Promise<Update> {
    const update: Update = { removed: new Set(), found: new Map() };
    const searches = createFileSearches(this.folder, tools, (path, sibling) => {
      this.#addDependency(path, sibling);
    });
    const folders: string[] = [];
    const readEntry = async (path: string, search: FileSearch<Outcome>) => {
      update.removed.add(path);
      const kind = await this.#kindOf(path);
      if (kind === 'folder') folders.push(path);
      else if (kind === 'file') await searchFile(path, search, update);
      else if (kind === 'folderLink') update.found.set(path, 'linked');
      else if (kind === 'unreadable') update.found.set(path, kind);
    };
    await workThrough(paths, searches, readEntry, tools.signal);
    for (const folder of folders) {
      await this.#readFolder(folder, searches, update, tools.signal);
    }
    return update;
  }

  async #readFolder(
    path: string,
    searches: readonly FileSearch<Outcome>[],
    update: Update,
    signal: AbortSignal,
  ): Promise<void> {
    const { reader, isApart } = this.folder;
    const { files, skipped } = await walk({ reader, rules: this.#rules, isApart, signal }, path);
    for (const [folder, reason] of skipped) update.found.set(folder, reason);
    await workThrough(files, searches, (file, search) => searchFile(file, search, update), signal);
  }

  /** @returns `undefined` if there is nothing that is searched. */
  async #kindOf(path: string): Promise<EntryKind | 'unreadable' | undefined> {
    if (path === '') return 'folder';
    if (this.#isBehindLink(path)) return undefined;
    let kind: EntryKind | 'unreadable' | undefined;
    try {
      kind = await this.folder.reader.kindOf(path);
    } catch {
      kind = 'unreadable';
    }
    return this.#rules.excludes(path, kind === 'folder') ? undefined : kind;
  }

  #isBehindLink(path: string): boolean {
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      if (this.#outcomes.get(folder) === 'linked') return true;
    }
    return false;
  }

  #addDependency(path: string, sibling: string): void {
    const dependents = this.#dependents.get(sibling) ?? new Set();
    this.#dependents.set(sibling, dependents.add(path));
  }

  #apply({ removed, found }: Update): void {
    const mayBeFolders = [...removed].filter((path) => !this.#outcomes.delete(path));
    if (mayBeFolders.length > 0) this.#removeIn(new Set(mayBeFolders));
    for (const [path, outcome] of found) this.#outcomes.set(path, outcome);
  }

  #removeIn(folders: ReadonlySet<string>): void {
    for (const path of this.#outcomes.keys()) {
      for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
        if (folders.has(folder)) {
          this.#outcomes.delete(path);
          break;
        }
      }
    }
  }
}

async function searchFile(path: string, search: FileSearch<Outcome>, { found }: Update): Promise<void> {
  const outcome = await search.search(path);
  if (outcome !== undefined) found.set(path, outcome);
}
