import type { FoundReferences, SearchOptions } from '../../hub/codeReferences';
import { formatRepository, type RepositoryRef } from '../../hub/names';
import { SharedReading } from '../../hub/sharedReading';
import { OneAtATime } from '../find/oneAtATime';
import { Changes } from './changes';
import { FolderIndex, type ChangeEffect } from './folderIndex';
import type { SearchTools } from './folderSearch';
import { foundReferences } from './foundReferences';
import type { OpenCode, OpenText, UnloadedFile } from './openCode';
import type { Outcome } from './outcome';
import { TextIndex } from './textIndex';
import { TextResolver, type TextResolverOptions } from './textResolver';
import { UnloadedIndex } from './unloadedIndex';

/** References in the open folders and editors, read once and then again where something has changed. */
export class ReferenceIndex {
  readonly #code: OpenCode;
  readonly #options: TextResolverOptions;
  readonly #changes = new Changes();
  readonly #texts = new TextIndex();
  readonly #unloaded = new UnloadedIndex();
  /** Of the open folders, in their order. */
  #folders: readonly FolderIndex[] = [];
  #resolver: TextResolver;
  /** Namespaces that a search has asked for. */
  readonly #wanted = new Set<string>();
  #reading: SharedReading<void> | undefined;
  /** Number of readings so far. */
  #begun = 0;
  /** Number of the last reading that ended well. */
  #ended = 0;

  constructor(code: OpenCode, options: TextResolverOptions) {
    this.#code = code;
    this.#options = options;
    this.#resolver = new TextResolver(new Set(), options);
  }

  /**
   * Searches for references to the repositories, and for all digests. What has changed before is read, what changes meanwhile
   * may not be.
   *
   * @throws The reason of the signal.
   */
  async search(
    repositories: readonly RepositoryRef[],
    signal: AbortSignal,
    { isThorough = false }: SearchOptions = {},
  ): Promise<FoundReferences> {
    signal.throwIfAborted();
    if (isThorough) this.#changes.addEverything();
    const namespaces = repositories.map(({ namespace }) => namespace);
    for (const namespace of namespaces) this.#wanted.add(namespace);
    const changes = this.#changes.last;
    const begun = this.#begun;
    const isRead = () =>
      this.#changes.isSettled(changes) &&
      this.#covers(namespaces) &&
      (this.#ended > begun || this.#areTabsCurrent());
    while (!isRead()) {
      await this.#currentReading().wait(signal);
    }
    return this.#found(new Set(repositories.map(formatRepository)));
  }

  /**
   * A file or folder was created, changed or deleted, or its editor.
   *
   * @returns Whether another search may find something else.
   */
  hasChanged(folder: string, path: string): boolean {
    const effect = this.#effectOf(folder, path);
    if (effect === 'file') this.#changes.add(folder, path);
    if (effect === 'rules') this.#changes.addEverything();
    return effect !== 'none';
  }

  /** Whether a file with this path is searched, as far as is known. */
  isSearched(folder: string, path: string): boolean {
    return this.#effectOf(folder, path) !== 'none';
  }

  /** Other folders are open, or other files are excluded. */
  hasChangedAltogether(): void {
    this.#changes.addEverything();
  }

  /** While all is read, the files that count are not known yet. */
  #effectOf(folder: string, path: string): ChangeEffect {
    const index = this.#changes.needsEverything
      ? undefined
      : this.#folders.find(({ folder: { key } }) => key === folder);
    return index?.effectOf(path) ?? 'file';
  }

  #areTabsCurrent(): boolean {
    return this.#texts.isCurrent(this.#code.texts()) && this.#unloadedElsewhere().length === 0;
  }

  /** Those that are not searched with their folders. */
  #unloadedElsewhere(): readonly UnloadedFile[] {
    const byFolder = new Map(this.#folders.map(({ folder, outcomes }) => [folder.key, outcomes]));
    return this.#code
      .unloaded()
      .filter(({ folder, path }) => folder === undefined || byFolder.get(folder)?.has(path) !== true);
  }

  #covers(namespaces: Iterable<string>): boolean {
    return [...namespaces].every((namespace) => this.#resolver.namespaces.has(namespace));
  }

  #currentReading(): SharedReading<void> {
    if (this.#reading?.isUnderWay !== true) {
      this.#begun += 1;
      const number = this.#begun;
      this.#reading = new SharedReading((signal) => this.#read(number, signal));
    }
    return this.#reading;
  }

  async #read(number: number, signal: AbortSignal): Promise<void> {
    await Promise.resolve(); // searches that begin together share it, with all their namespaces
    const { last } = this.#changes;
    const pending = this.#changes.pending();
    const texts = this.#code.texts();
    if (pending === 'everything' || !this.#covers(this.#wanted)) await this.#readEverything(texts, signal);
    else await this.#readChanged(pending, texts, signal);
    await this.#texts.search(texts, this.#resolver, signal);
    await this.#unloaded.search(this.#unloadedElsewhere(), this.#tools(this.#resolver, texts, signal));
    this.#changes.settle(last);
    this.#ended = number;
  }

  async #readEverything(texts: readonly OpenText[], signal: AbortSignal): Promise<void> {
    const resolver = new TextResolver(new Set(this.#wanted), this.#options);
    const folders = this.#code.folders().map((folder) => new FolderIndex(folder));
    const tools = this.#tools(resolver, texts, signal);
    for (const folder of folders) await folder.searchAll(tools);
    signal.throwIfAborted();
    this.#folders = folders;
    this.#resolver = resolver;
    this.#texts.clear();
  }

  async #readChanged(
    pathsByFolder: ReadonlyMap<string, readonly string[]>,
    texts: readonly OpenText[],
    signal: AbortSignal,
  ): Promise<void> {
    const tools = this.#tools(this.#resolver, texts, signal);
    for (const index of this.#folders) {
      const paths = pathsByFolder.get(index.folder.key);
      if (paths !== undefined) await index.searchChanged(paths, tools);
    }
  }

  #tools(resolver: TextResolver, texts: readonly OpenText[], signal: AbortSignal): SearchTools {
    const textByUri = new Map(texts.map((text) => [text.file.uri, text]));
    return {
      resolver,
      largeTexts: new OneAtATime(),
      findText: (uri) => textByUri.get(uri),
      signal,
    };
  }

  /** An open editor takes the place of the file. */
  #found(repositories: ReadonlySet<string>): FoundReferences {
    const byFolder = new Map<string | undefined, Map<string, Outcome>>();
    for (const { folder, outcomes } of this.#folders) byFolder.set(folder.key, new Map(outcomes));
    const elsewhere = new Map<string, Outcome>();
    const add = ({ folder, path }: OpenText | UnloadedFile, outcome: Outcome | undefined) => {
      if (outcome !== undefined) (byFolder.get(folder) ?? elsewhere).set(path, outcome);
    };
    for (const file of this.#unloadedElsewhere()) add(file, this.#unloaded.outcomeOf(file));
    for (const text of this.#code.texts()) add(text, this.#texts.outcomeOf(text));
    return foundReferences(
      this.#folders.map(({ folder }) => folder.name),
      [...byFolder.values(), elsewhere],
      (repository) => repositories.has(repository),
    );
  }
}
