import { isComposeWithVariables } from '../find/composeFile';
import { fileLimitBytes } from '../find/fileSearch';
import type { OpenText } from './openCode';
import { noReferences, type Outcome } from './outcome';
import type { TextResolver } from './textResolver';

interface Known {
  readonly version: number;
  readonly outcome: Outcome;
  /** Whether it depends on other files. */
  readonly hasSiblings: boolean;
}

/** What was found in the open editors. */
export class TextIndex {
  /** By the address of the file. */
  #known: ReadonlyMap<string, Known> = new Map();

  /** What was found in the text when it was searched last; `undefined` if it never was. */
  outcomeOf({ file }: OpenText): Outcome | undefined {
    return this.#known.get(file.uri)?.outcome;
  }

  /** Whether these texts were searched as they are now. */
  isCurrent(texts: readonly OpenText[]): boolean {
    return texts.every((text) => this.#current(text) !== undefined);
  }

  /** Forgets all results. */
  clear(): void {
    this.#known = new Map();
  }

  /**
   * Searches the texts that have changed.
   *
   * @throws The reason of the signal; nothing has changed then.
   */
  async search(texts: readonly OpenText[], resolver: TextResolver, signal: AbortSignal): Promise<void> {
    const known = new Map<string, Known>();
    for (const text of texts) {
      signal.throwIfAborted();
      known.set(text.file.uri, this.#current(text) ?? (await search(text, resolver)));
    }
    signal.throwIfAborted();
    this.#known = known;
  }

  /** What is known of the text as it is now. One that depends on other files is searched again every time. */
  #current({ file, version }: OpenText): Known | undefined {
    const known = this.#known.get(file.uri);
    return known?.version === version && !known.hasSiblings ? known : undefined;
  }
}

async function search({ file, path, version, ...text }: OpenText, resolver: TextResolver): Promise<Known> {
  const content = text.read();
  if (content.length > fileLimitBytes) return { version, outcome: 'tooLarge', hasSiblings: false };
  const bytes = new TextEncoder().encode(content);
  if (!isComposeWithVariables(path, bytes) && !resolver.createScanner().scan(bytes, true)) {
    return { version, outcome: noReferences, hasSiblings: false };
  }
  let hasSiblings = false;
  const readSibling = (name: string) => {
    hasSiblings = true;
    return text.readSibling(name);
  };
  const outcome = await resolver.resolve(file, { path, text: content, readSibling });
  return { version, outcome, hasSiblings };
}
