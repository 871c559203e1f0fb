import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatRepository, parseListedRepositoryRef } from '../hub/names';
import type { FileReference } from '../references/reference';
import { rangeOf } from '../util/referenceRange';
import { untilCancelled } from './cancellation';
import type { DocumentReferences } from './documentReferences';
import { isGoneDigest } from './goneDigests';
import { currentForMs, type ImageLists } from './imageLists';
import type { KnownImages } from './imageLookup';
import { isPinnable, pinnedText } from './pinDigest';
import { RepositoryBudget } from './repositoryBudget';

/** Kinds of actions that are offered: to repair a digest that is gone, and to add one where there is none. */
export const pinActionKinds = [
  vscode.CodeActionKind.QuickFix,
  vscode.CodeActionKind.RefactorRewrite,
] as const;

/**
 * Offers the digest that a tag points at now, by a list that is new enough to say so. While the editor looks for actions by
 * itself, only lists that are known are used; if the person asks for them, the lists are read.
 */
export class PinActions implements vscode.CodeActionProvider {
  readonly #references: DocumentReferences;
  readonly #lists: ImageLists;

  constructor(references: DocumentReferences, lists: ImageLists) {
    this.#references = references;
    this.#lists = lists;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    return (await untilCancelled(token, (signal) => this.#actions(document, range, context, signal))) ?? [];
  }

  async #actions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, triggerKind }: vscode.CodeActionContext,
    signal: AbortSignal,
  ): Promise<vscode.CodeAction[]> {
    const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
    const namespaces = isAsked ? await this.#lists.namespaces(signal) : this.#lists.knownNamespaces;
    const references = namespaces === undefined ? [] : await this.#references.of(document, namespaces);
    const touched = references.filter(
      (one) => isPinnable(one) && range.intersection(rangeOf(one)) !== undefined,
    );
    const budget = isAsked ? new RepositoryBudget() : undefined;
    const actions: vscode.CodeAction[] = [];
    for (const reference of touched) {
      const known = await this.#knownOf(reference, budget, signal);
      const action = known && pinAction(document, reference, known, diagnostics);
      actions.push(...(action === undefined ? [] : [action]));
    }
    return actions;
  }

  /** @param budget What may be read; `undefined` if nothing may be. */
  async #knownOf(
    { repository, tag }: FileReference,
    budget: RepositoryBudget | undefined,
    signal: AbortSignal,
  ): Promise<KnownImages | undefined> {
    if (repository === undefined || tag === undefined) {
      return undefined;
    }
    const parsed = parseListedRepositoryRef(repository);
    const known =
      budget?.covers(formatRepository(parsed)) === true
        ? await this.#lists.read(parsed, { signal, maxAgeMs: currentForMs })
        : this.#lists.known(parsed);
    return known !== undefined && this.#lists.isCurrent(known) ? known : undefined;
  }
}

function pinAction(
  document: vscode.TextDocument,
  reference: FileReference,
  known: KnownImages,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction | undefined {
  const { repository = '', tag = '', digest } = reference;
  const image = known.pinned(tag);
  const range = rangeOf(reference);
  const isRepair = digest !== undefined;
  if (image === undefined || (isRepair && known.presenceOf(digest) !== 'gone')) {
    return undefined;
  }
  const text = pinnedText(document.getText(range), reference, image.digest);
  if (text === undefined) {
    return undefined;
  }
  const title = l10n.t('Pin {0} to its current digest', `${repository}:${tag}`);
  const action = new vscode.CodeAction(title, pinActionKinds[isRepair ? 0 : 1]);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, range, text);
  action.diagnostics = diagnostics.filter((one) => isGoneDigest(one) && one.range.isEqual(range));
  return action;
}
