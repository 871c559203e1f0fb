import * as vscode from 'vscode';
import { isCancelled } from '../hub/errors';
import { formatRepository, parseListedRepositoryRef } from '../hub/names';
import type { FileReference } from '../references/reference';
import { Disposable } from '../util/dispose';
import { rangeOf } from '../util/referenceRange';
import { type DocumentReferences, isReadable } from './documentReferences';
import { currentForMs, type ImageLists } from './imageLists';
import type { KnownImages } from './imageLookup';
import { RepositoryBudget } from './repositoryBudget';
import { goneDigestHint } from './texts/lookup';

const source = 'Hub Images';
const code = 'goneDigest';
/** Waits until typing pauses, so that several changes are checked together. */
const delayMs = 300;
/** A text without one has nothing to say about digests, so nothing is read for it. */
const digestPattern = /sha256:[0-9a-f]{64}(?![0-9a-f])/;

/** Whether the hint is one of ours. */
export function isGoneDigest(diagnostic: vscode.Diagnostic): boolean {
  return diagnostic.source === source && diagnostic.code === code;
}

/**
 * Hints at digests that do not exist, in documents that are visible. Lists that are not known, or too old to say it, are read for
 * it one after the other: those of the first few repositories of a document, because nobody asked for them.
 */
export class GoneDigests extends Disposable {
  readonly #references: DocumentReferences;
  readonly #lists: ImageLists;
  readonly #log: Pick<vscode.LogOutputChannel, 'debug'>;
  readonly #hints = this.register(vscode.languages.createDiagnosticCollection('hubImages.references'));
  readonly #cancellation = new AbortController();
  /** Of each document while it is open. */
  readonly #budgets = new WeakMap<vscode.TextDocument, RepositoryBudget>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    references: DocumentReferences,
    lists: ImageLists,
    log: Pick<vscode.LogOutputChannel, 'debug'>,
  ) {
    super();
    this.#references = references;
    this.#lists = lists;
    this.#log = log;
    const later = () => this.#updateLater();
    this.register(lists.onDidChange(later));
    this.register(vscode.window.onDidChangeVisibleTextEditors(later));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (visibleDocuments().includes(document)) {
          later();
        }
      }),
    );
    this.register(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#hints.delete(uri)));
    later();
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    this.#cancellation.abort();
    super.dispose();
  }

  #updateLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#running.then(() => this.#update());
    }, delayMs);
  }

  async #update(): Promise<void> {
    for (const document of visibleDocuments()) {
      const { version } = document;
      const hints = (await this.#unlessFailed(this.#hintsIn(document))) ?? [];
      if (!this.isDisposed && document.version === version && !document.isClosed) {
        this.#hints.set(document.uri, hints);
      }
    }
  }

  async #hintsIn(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
    if (!isReadable(document) || !digestPattern.test(document.getText())) {
      return [];
    }
    const { signal } = this.#cancellation;
    const namespaces = await this.#lists.namespaces(signal);
    const references = await this.#references.of(document, namespaces);
    const budget = this.#budgets.get(document) ?? new RepositoryBudget();
    this.#budgets.set(document, budget);
    const hints: vscode.Diagnostic[] = [];
    for (const reference of references.filter(({ kind }) => kind === 'exact')) {
      const known = await this.#unlessFailed(this.#listWithout(reference, budget));
      hints.push(...(known === undefined ? [] : [hintAt(reference, known)]));
    }
    return hints;
  }

  /**
   * A list that proves that the digest does not exist.
   *
   * @returns `undefined` if that is not certain, as without a repository.
   */
  async #listWithout(
    { repository, digest }: FileReference,
    budget: RepositoryBudget,
  ): Promise<KnownImages | undefined> {
    if (repository === undefined || digest === undefined) {
      return undefined;
    }
    const parsed = parseListedRepositoryRef(repository);
    const { signal } = this.#cancellation;
    let known = this.#lists.known(parsed);
    if ((known !== undefined && this.#lists.isCurrent(known)) || budget.covers(formatRepository(parsed))) {
      known = await this.#lists.read(parsed, { signal });
      if (known?.presenceOf(digest) === 'gone') {
        known = await this.#lists.read(parsed, { signal, maxAgeMs: currentForMs });
      }
    }
    return known?.presenceOf(digest) === 'gone' && this.#lists.isCurrent(known) ? known : undefined;
  }

  /** What could not be read may exist. Nobody asked for it, so the reason is only in the log. */
  async #unlessFailed<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!isCancelled(error)) {
        this.#log.debug(`A reference could not be checked: ${String(error)}`);
      }
      return undefined;
    }
  }
}

function hintAt(reference: FileReference, { list }: KnownImages): vscode.Diagnostic {
  const hint = new vscode.Diagnostic(
    rangeOf(reference),
    goneDigestHint(formatRepository(list.repository), list.readAt),
    vscode.DiagnosticSeverity.Hint,
  );
  hint.source = source;
  hint.code = code;
  return hint;
}

function visibleDocuments(): readonly vscode.TextDocument[] {
  return vscode.window.visibleTextEditors.map(({ document }) => document);
}
