import { FileSearch } from '../find/fileSearch';
import { folderOf, pathIn } from '../find/folderReader';
import type { OneAtATime } from '../find/oneAtATime';
import { readText } from '../find/readText';
import type { CodeFolder, OpenText } from './openCode';
import { noReferences, type Outcome } from './outcome';
import type { TextResolver } from './textResolver';

/** Files that are read at the same time: enough to keep the disk busy, few enough to open them all. */
export const concurrency = 8;

/** What a search of folders works with. */
export interface SearchTools {
  readonly resolver: TextResolver;
  readonly largeTexts: OneAtATime;
  /** Finds an open editor by the address of its file. */
  readonly findText: (uri: string) => OpenText | undefined;
  readonly signal: AbortSignal;
}

/** Called with the paths of two files: what is found in the first depends on the second. */
export type OnDependency = (path: string, sibling: string) => void;

/** Creates the searches that share the files of a folder among them. */
export function createFileSearches(
  folder: CodeFolder,
  { resolver, largeTexts, findText, signal }: SearchTools,
  onDependency: OnDependency,
): readonly FileSearch<Outcome>[] {
  const readSibling = (path: string, name: string): Promise<string | undefined> => {
    const sibling = pathIn(folderOf(path), name);
    onDependency(path, sibling);
    const open = findText(folder.fileOf(sibling).uri);
    return open === undefined ? readText(folder.reader, sibling) : Promise.resolve(open.read());
  };
  const resolve = (path: string, text: string) =>
    resolver.resolve(folder.fileOf(path), {
      path,
      text,
      readSibling: (name) => readSibling(path, name),
    });
  return Array.from(
    { length: concurrency },
    () =>
      new FileSearch<Outcome>({
        reader: folder.reader,
        scanner: resolver.createScanner(),
        nothing: noReferences,
        resolve,
        largeTexts,
        signal,
      }),
  );
}
