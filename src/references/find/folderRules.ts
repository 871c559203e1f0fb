import { folderOf } from './folderReader';
import { IgnoreRules } from './ignoreRules';

/** What of a folder is searched. */
export interface FolderRulesOptions {
  /** Whether the settings exclude a file or folder. */
  readonly isExcluded: (path: string) => boolean;
  /** Whether ignore files count. */
  readonly usesIgnoreFiles: boolean;
}

/** What of a folder is searched, with the ignore files that were found in it. */
export class FolderRules {
  readonly usesIgnoreFiles: boolean;
  readonly #isExcluded: (path: string) => boolean;
  /** Of the folders whose rules are others than those of the folder around them. */
  readonly #byFolder = new Map<string, IgnoreRules>();

  constructor({ isExcluded, usesIgnoreFiles }: FolderRulesOptions) {
    this.usesIgnoreFiles = usesIgnoreFiles;
    this.#isExcluded = isExcluded;
  }

  /** The ignore files that apply in a folder, as far as they are known. */
  ignoreRulesOf(folder: string): IgnoreRules {
    for (let path = folder; ; path = folderOf(path)) {
      const rules = this.#byFolder.get(path);
      if (rules !== undefined) return rules;
      if (path === '') return IgnoreRules.none;
    }
  }

  setIgnoreRules(folder: string, rules: IgnoreRules): void {
    if (rules !== this.ignoreRulesOf(folder)) this.#byFolder.set(folder, rules);
  }

  /** Whether an entry of a folder is left out, whatever applies to the folder itself. */
  excludesEntry(path: string, isFolder: boolean, ignoreRules: IgnoreRules): boolean {
    return this.#isExcluded(path) || ignoreRules.ignores(path, isFolder);
  }

  /** Whether a file or folder is left out because of itself or of a folder that it is in. */
  excludes(path: string, isFolder: boolean): boolean {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (this.#excludes(path.slice(0, end), true)) return true;
    }
    return this.#excludes(path, isFolder);
  }

  #excludes(path: string, isFolder: boolean): boolean {
    return this.excludesEntry(path, isFolder, this.ignoreRulesOf(folderOf(path)));
  }
}
