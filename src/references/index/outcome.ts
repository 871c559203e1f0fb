import type { CodeReference, SkipReason } from '../../hub/codeReferences';

/** What was found in a file, or why it was not searched. */
export type Outcome = readonly CodeReference[] | SkipReason;

/** Of most files. */
export const noReferences: readonly CodeReference[] = [];

/** What is known of the files of a folder, by path. Folders that are not searched are among them. */
export type Outcomes = ReadonlyMap<string, Outcome>;
