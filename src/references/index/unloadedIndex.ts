import { FileSearch } from '../find/fileSearch';
import type { SearchTools } from './folderSearch';
import type { UnloadedFile } from './openCode';
import { noReferences, type Outcome } from './outcome';

/** What was found in files whose tabs were not shown yet. Nobody reports their changes, so they are read every time. */
export class UnloadedIndex {
  /** By the address of the file. */
  #outcomes: ReadonlyMap<string, Outcome> = new Map();

  /** What was found in the file when it was searched last; `undefined` if it never was, or if there is none. */
  outcomeOf({ file }: UnloadedFile): Outcome | undefined {
    return this.#outcomes.get(file.uri);
  }

  /**
   * Searches the files.
   *
   * @throws The reason of the signal; nothing has changed then.
   */
  async search(files: readonly UnloadedFile[], tools: SearchTools): Promise<void> {
    const outcomes = new Map<string, Outcome>();
    for (const file of files) {
      tools.signal.throwIfAborted();
      const outcome = await search(file, tools);
      if (outcome !== undefined) outcomes.set(file.file.uri, outcome);
    }
    tools.signal.throwIfAborted();
    this.#outcomes = outcomes;
  }
}

function search(
  { file, path, reader, name, readSibling }: UnloadedFile,
  { resolver, largeTexts, signal }: SearchTools,
): Promise<Outcome | undefined> {
  return new FileSearch<Outcome>({
    reader,
    scanner: resolver.createScanner(),
    nothing: noReferences,
    resolve: (_, text) => resolver.resolve(file, { path, text, readSibling }),
    largeTexts,
    signal,
  }).search(name);
}
