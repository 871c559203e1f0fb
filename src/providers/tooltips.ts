import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import type { ImageApiKind } from '../hub/autoImageApi';
import type { ImagesSummary, Repository } from '../hub/model';
import { formatRepository } from '../hub/names';
import { describeError } from '../texts/errors';
import { instantText, lastPullText, imageStatusText } from '../texts/activity';
import { doubtExplanation, partsExplanation } from '../texts/doubt';
import { shownCurrentTags, shownHistoricalTags } from '../texts/imageLabel';
import { linesOf, type Line } from '../util/markdownLines';
import { type ImageNode, type Node, type PartNode, repositoryNodeOf, type RepositoryNode } from './nodes';
import { imageKind, partKind } from './rowIcons';
import { kindText } from './texts/kinds';
import { summaryText, unusualViewText } from './texts/rows';
import { numberText } from '../texts/formats';
import { sizeText } from '../texts/sizes';
import type { ReferenceLine } from './referenceLines';
import { nothingKnown, type RepositoryFacts, type RowFacts } from './rowFacts';

/**
 * The tooltip of a row of which there may be many. It is made on hover, because it takes longer than the row itself; so this
 * file is loaded then.
 *
 * @param references What to say of references in the workspace to the image of the row; nothing if it is missing.
 */
export function rowTooltip(
  node: Node,
  facts: RowFacts,
  references?: ReferenceLine,
): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case 'repository':
      return repositoryTooltip(node, facts.repository(node) ?? nothingKnown, facts.imageApi);
    case 'image':
    case 'part':
      return withReferences(imageTooltip(node, facts), node, references);
    case 'account':
    case 'namespace':
    case 'group':
    case 'tag':
    case 'message':
    case 'loadMore':
      return undefined;
  }
}

function imageTooltip(node: ImageNode | PartNode, facts: RowFacts): vscode.MarkdownString {
  const { image } = node;
  const { imageApi } = facts;
  const repository = repositoryNodeOf(node);
  const activeFrom = repository && facts.activeFrom(repository);
  const isProtected = node.kind === 'image' && facts.isProtected(node.parent.repository, image);
  const historical = shownHistoricalTags(image);
  const doubt = doubtExplanation(image);
  const parts = partsExplanation(image);
  return linesOf([
    [l10n.t('Kind'), kindText(node.kind === 'image' ? imageKind(image) : partKind(image))],
    [l10n.t('Digest'), image.digest],
    [l10n.t('Status'), imageStatusText(image.status)],
    ...(isProtected
      ? [[l10n.t('Protected'), l10n.t('by the setting "hubImages.protect"; it cannot be deleted')] as const]
      : []),
    ...(doubt === undefined ? [] : [[l10n.t('Cannot be deleted yet'), doubt] as const]),
    ...(parts === undefined ? [] : [[l10n.t('Parts'), parts] as const]),
    [l10n.t('Active from'), activeFrom === undefined ? l10n.t('not known yet') : instantText(activeFrom)],
    [l10n.t('Last pushed'), instantText(image.lastPushed)],
    [l10n.t('Last pulled'), lastPullText(image)],
    [l10n.t('Current tags'), shownCurrentTags(image).join(', ') || l10n.t('none')],
    ...(historical.length > 0 ? [[l10n.t('Former tags'), historical.join(', ')] as const] : []),
    ...(imageApi === 'registry'
      ? [[l10n.t('Former tags'), l10n.t('Docker Hub no longer reports them')] as const]
      : []),
  ]);
}

/** The link is the only one that the tooltip may have, and its command the only one that is trusted. */
function withReferences(
  tooltip: vscode.MarkdownString,
  { id }: ImageNode | PartNode,
  references: ReferenceLine | undefined,
): vscode.MarkdownString {
  if (references === undefined) {
    return tooltip;
  }
  const { text, hasReferences } = references;
  tooltip.appendMarkdown(`**${l10n.t('References in the workspace')}:** `).appendText(text);
  if (hasReferences) {
    const command: CommandId = 'hubImages.image.findReferences';
    const argument = encodeURIComponent(JSON.stringify([{ row: id }]));
    tooltip.appendMarkdown(` · [${l10n.t('Show References')}](command:${command}?${argument})`);
    tooltip.isTrusted = { enabledCommands: [command] };
  }
  return tooltip;
}

function repositoryTooltip(
  node: RepositoryNode,
  facts: RepositoryFacts,
  imageApi: ImageApiKind | undefined,
): vscode.MarkdownString {
  const { summary, summaryError, view, listed } = facts;
  const shown = unusualViewText(view);
  return linesOf([
    [l10n.t('Repository'), formatRepository(node.repository)],
    [l10n.t('Visibility'), visibilityText(node.repository.isPrivate)],
    ...(summary === undefined
      ? []
      : ([
          [l10n.t('Images'), summaryText(summary)],
          ...summaryNotes(summary),
          [l10n.t('Active from'), instantText(summary.activeFrom)],
        ] as const)),
    ...figuresOf(listed),
    ...(shown === '' ? [] : [[l10n.t('Shown'), shown] as const]),
    ...(summaryError === undefined
      ? []
      : [[l10n.t('Counts unavailable'), describeError(summaryError)] as const]),
    ...(imageApi === undefined ? [] : [[l10n.t('API'), imageApiText(imageApi)] as const]),
  ]);
}

/** What the list of repositories reports of this one. */
function figuresOf({ storageBytes, lastUpdated, pullCount }: Partial<Repository> = {}): readonly Line[] {
  return [
    ...(storageBytes === undefined ? [] : [[l10n.t('Storage'), sizeText(storageBytes)] as const]),
    ...(lastUpdated === undefined ? [] : [[l10n.t('Last updated'), instantText(lastUpdated)] as const]),
    ...(pullCount === undefined ? [] : [[l10n.t('Pulls'), numberText(pullCount)] as const]),
  ];
}

/** What the counts include that they do not say. */
function summaryNotes({ inactive, unknown, undetermined = 0, unread = 0 }: ImagesSummary): readonly Line[] {
  return [
    ...(unknown === undefined && inactive > 0
      ? [[l10n.t('Inactive'), l10n.t('includes images whose activity is unknown to the server')] as const]
      : []),
    ...(unknown !== undefined && unknown > 0
      ? [[l10n.t('Unknown'), l10n.t('the lists do not show when these images were last used')] as const]
      : []),
    ...(undetermined > 0
      ? [
          [
            l10n.t('Up to'),
            l10n.t(
              '{0} of them may belong to multi-platform images, whose contents have not been read',
              numberText(undetermined),
            ),
          ] as const,
        ]
      : []),
    ...(unread > 0
      ? [
          [
            l10n.t('Unreadable'),
            unread === 1
              ? l10n.t('1 entry in the lists on the server, so images or tags may be missing')
              : l10n.t(
                  '{0} entries in the lists on the server, so images or tags may be missing',
                  numberText(unread),
                ),
          ] as const,
        ]
      : []),
  ];
}

/** Which API the repository is read with, and the limits of that. */
function imageApiText(kind: ImageApiKind): string {
  return kind === 'management'
    ? l10n.t('image management')
    : l10n.t(
        'lists and registry. The whole repository is read before anything is shown, checks run on this machine, tags that have moved are not known, and deleting images requires an access token.',
      );
}

function visibilityText(isPrivate: boolean | undefined): string {
  if (isPrivate === undefined) {
    return l10n.t('not known');
  }
  return isPrivate ? l10n.t('private') : l10n.t('public');
}
