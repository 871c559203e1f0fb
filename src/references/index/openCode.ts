import type { CodeFile } from '../../hub/codeReferences';
import type { FolderReader } from '../find/folderReader';
import type { FolderRulesOptions } from '../find/folderRules';

/** A folder that is open in the editor. */
export interface CodeFolder {
  /** Tells it from the other open folders. */
  readonly key: string;
  readonly name: string;
  readonly reader: FolderReader;
  readonly rules: FolderRulesOptions;
  /** Whether a folder in it is open by itself, too. */
  readonly isApart: (path: string) => boolean;
  readonly fileOf: (path: string) => CodeFile;
}

/** A file in a tab. */
export interface TabFile {
  readonly file: CodeFile;
  /** Key of the open folder that the file is in. */
  readonly folder: string | undefined;
  /** Relative to that folder; without one, as shown. */
  readonly path: string;
  /** Reads a file beside it, given its name; `undefined` if there is none, or if it cannot be read. */
  readonly readSibling: (name: string) => Promise<string | undefined>;
}

/** A text that is open in the editor, saved or not. It takes the place of the file. */
export interface OpenText extends TabFile {
  /** Another one with every change. */
  readonly version: number;
  readonly read: () => string;
}

/** A file in a tab that was not shown since the window was opened: the editor has not loaded its text. */
export interface UnloadedFile extends TabFile {
  /** Reads the folder that it is in. */
  readonly reader: FolderReader;
  /** In that folder. */
  readonly name: string;
}

/** What is open in the editor now. */
export interface OpenCode {
  folders(): readonly CodeFolder[];
  texts(): readonly OpenText[];
  unloaded(): readonly UnloadedFile[];
}
