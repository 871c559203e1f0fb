import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandReference, type CommandId } from '../contributions';
import { isCancelled } from '../hub/errors';
import { formatRepository, parseListedRepositoryRef, type RepositoryRef } from '../hub/names';
import type { FileReference } from '../references/reference';
import { describeError } from '../texts/errors';
import { linesOf, type Line } from '../util/markdownLines';
import { rangeOf } from '../util/referenceRange';
import { untilCancelled } from './cancellation';
import type { DocumentReferences } from './documentReferences';
import { currentForMs, type ImageLists } from './imageLists';
import { type KnownImages, lookUp } from './imageLookup';
import { lookupLines, unlistedLines } from './texts/lookup';

const showCommand: CommandId = 'hubImages.reference.show';

/** What the account sees of the image that is referred to. It reads lists, and never a manifest, which would count as a pull. */
export class ReferenceHover implements vscode.HoverProvider {
  readonly #references: DocumentReferences;
  readonly #lists: ImageLists;

  constructor(references: DocumentReferences, lists: ImageLists) {
    this.#references = references;
    this.#lists = lists;
  }

  provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    return untilCancelled(token, (signal) => this.#hover(document, position, signal));
  }

  async #hover(
    document: vscode.TextDocument,
    position: vscode.Position,
    signal: AbortSignal,
  ): Promise<vscode.Hover | undefined> {
    if (!mayRefer(document.lineAt(position).text)) {
      return undefined;
    }
    const namespaces = await this.#lists.namespaces(signal);
    const reference = await this.#references.at(document, position, namespaces);
    const content = reference && (await this.#contentOf(reference, signal));
    return reference && content && new vscode.Hover(content, rangeOf(reference));
  }

  async #contentOf(
    reference: FileReference,
    signal: AbortSignal,
  ): Promise<vscode.MarkdownString | undefined> {
    const { digest } = reference;
    if (reference.repository === undefined) {
      const known = digest && this.#lists.knownWith(digest);
      return known && contentOf(reference, known); // which repository to ask is not said
    }
    const repository = parseListedRepositoryRef(reference.repository);
    try {
      const known = await this.#listFor(reference, repository, signal);
      return known === undefined ? linesOf(unlistedLines(reference.repository)) : contentOf(reference, known);
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      return withLink(
        [
          [l10n.t('Repository'), reference.repository],
          [l10n.t('Images'), describeError(error)],
        ],
        reference,
        repository,
      );
    }
  }

  /** What is missing from a list may have been pushed since that was read. */
  async #listFor(
    reference: FileReference,
    repository: RepositoryRef,
    signal: AbortSignal,
  ): Promise<KnownImages | undefined> {
    const known = await this.#lists.read(repository, { signal });
    if (known === undefined) {
      return undefined;
    }
    const { digest = 'listed', tag = 'listed' } = lookUp(reference, known);
    return digest === 'listed' && tag === 'listed'
      ? known
      : this.#lists.read(repository, { signal, maxAgeMs: currentForMs });
  }
}

/** Whether a line has anything like `acme/web` or a digest. For others, not even the namespaces of the account are read. */
function mayRefer(line: string): boolean {
  return /[a-z0-9]\/[a-z0-9]|[0-9a-f]{64}/i.test(line);
}

function contentOf(reference: FileReference, known: KnownImages): vscode.MarkdownString {
  const lookup = lookUp(reference, known);
  return withLink(lookupLines(reference, lookup, known), reference, known.list.repository);
}

/** The only link in it runs the only command that is allowed. */
function withLink(
  lines: readonly Line[],
  { tag, digest }: FileReference,
  repository: RepositoryRef,
): vscode.MarkdownString {
  const title = l10n.t('Show in Hub Images');
  const shown = { repository: formatRepository(repository), tag, digest };
  const { command, arguments: args } = commandReference(showCommand, title, { reference: shown });
  const markdown = linesOf(lines);
  markdown.value = markdown.value.replaceAll('&nbsp;', ' '); // sentences break between words
  markdown.isTrusted = { enabledCommands: [command] };
  markdown.appendMarkdown(`[${title}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`);
  return markdown;
}
