import type { CodeReference } from '../hub/codeReferences';

/** A reference within one file. */
export type FileReference = Omit<CodeReference, 'file'>;

/** Which references are looked for. */
export interface Interest {
  /** Whether references to repositories of the namespace count. */
  readonly hasNamespace: (namespace: string) => boolean;
}

/** A text whose references are looked for. */
export interface SourceText {
  /** Relative to its folder, with `/`. It tells which format the text has. */
  readonly path: string;
  /** Without a byte order mark. Line ends may be LF or CRLF. */
  readonly text: string;
  /**
   * Reads a file of the same folder, such as the `.env` of a Compose file.
   *
   * @param name Without a path.
   * @returns `undefined` if there is none, or if it cannot be read.
   */
  readonly readSibling: (name: string) => Promise<string | undefined>;
}
