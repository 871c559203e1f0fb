import * as vscode from 'vscode';
import type { ImageApiKind } from '../hub/autoImageApi';
import { currentTags, historicalTags, type Image, type ImagesSummary } from '../hub/model';
import { formatRepository } from '../hub/names';
import { describeError } from '../util/describeError';
import { instantText, lastPullText, statusWord } from '../util/activityText';
import { doubtExplanation, partsExplanation } from '../util/doubtText';
import { inertText } from '../util/inertText';
import { type Node, repositoryNodeOf, type RepositoryNode } from './nodes';
import { countText, summaryText, unusualViewText } from './rowText';
import { nothingKnown, type RepositoryFacts, type RowFacts } from './rowFacts';

const { t } = vscode.l10n;

/** Characters that `appendText` does not escape although they begin an element or make a bare address a link. */
const leftAlive = /(?<!\\)<|:(?=\/\/)|(?<=\bwww)\.|@/gi;

type Line = readonly [name: string, value: string];

/**
 * The tooltip of a row of which there may be many. It is made on hover, because it takes longer than the row itself; so this
 * file is loaded then.
 */
export function rowTooltip(node: Node, facts: RowFacts): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case 'repository':
      return repositoryTooltip(node, facts.repository(node) ?? nothingKnown, facts.imageApi);
    case 'image':
    case 'part': {
      const repository = repositoryNodeOf(node);
      return imageTooltip(node.image, repository && facts.activeFrom(repository), facts.imageApi);
    }
    case 'account':
    case 'namespace':
    case 'tag':
    case 'message':
    case 'loadMore':
      return undefined;
  }
}

function imageTooltip(
  image: Image,
  activeFrom: Date | undefined,
  imageApi: ImageApiKind | undefined,
): vscode.MarkdownString {
  const historical = historicalTags(image);
  const doubt = doubtExplanation(image, t);
  const parts = partsExplanation(image, t);
  return linesOf([
    [t('Digest'), image.digest],
    [t('Status'), statusWord(image.status, t)],
    ...(doubt === undefined ? [] : [[t('Cannot be deleted yet'), doubt] as const]),
    ...(parts === undefined ? [] : [[t('Parts'), parts] as const]),
    [t('Active from'), activeFrom === undefined ? t('not known yet') : instantText(activeFrom)],
    [t('Last pushed'), instantText(image.lastPushed)],
    [t('Last pulled'), lastPullText(image)],
    [t('Current tags'), currentTags(image).join(', ') || t('none')],
    ...(historical.length > 0 ? [[t('Moved to another image'), historical.join(', ')] as const] : []),
    ...(imageApi === 'registry'
      ? [[t('Earlier tags'), t('Docker Hub does not tell them any more')] as const]
      : []),
  ]);
}

function repositoryTooltip(
  node: RepositoryNode,
  facts: RepositoryFacts,
  imageApi: ImageApiKind | undefined,
): vscode.MarkdownString {
  const { summary, summaryError, view } = facts;
  const shown = unusualViewText(view, t);
  return linesOf([
    [t('Repository'), formatRepository(node.repository)],
    [t('Visibility'), visibilityWord(node.repository.isPrivate)],
    ...(summary === undefined
      ? []
      : ([
          [t('Images'), summaryText(summary, t)],
          ...summaryNotes(summary),
          [t('Active from'), instantText(summary.activeFrom)],
        ] as const)),
    ...(shown === '' ? [] : [[t('Shown'), shown] as const]),
    ...(summaryError === undefined ? [] : [[t('Counts unavailable'), describeError(summaryError)] as const]),
    ...(imageApi === undefined ? [] : [[t('Read by'), imageApiText(imageApi)] as const]),
  ]);
}

/** What the counts include that they do not say. */
function summaryNotes({ inactive, unknown, undetermined = 0 }: ImagesSummary): readonly Line[] {
  return [
    ...(unknown === undefined && inactive > 0
      ? [[t('Inactive'), t('includes images whose activity the server does not know')] as const]
      : []),
    ...(unknown !== undefined && unknown > 0
      ? [[t('Unknown'), t('no list shows when these images were last used')] as const]
      : []),
    ...(undetermined > 0
      ? [
          [
            t('Up to'),
            t(
              '{0} of them may belong to multi-platform images, whose contents have not been read',
              countText(undetermined),
            ),
          ] as const,
        ]
      : []),
  ];
}

/** Which API the repository is read with, and the limits of that. */
function imageApiText(kind: ImageApiKind): string {
  return kind === 'management'
    ? t('the image-management API')
    : t(
        'the lists and the registry of the Hub, for it has no image-management API. The whole repository is read before anything is shown, checks are made on this machine, tags that moved on are not known, and deletion takes an access token.',
      );
}

function visibilityWord(isPrivate: boolean | undefined): string {
  if (isPrivate === undefined) {
    return t('not known');
  }
  return isPrivate ? t('private') : t('public');
}

/** One paragraph for each line. Values come from the server, so they are escaped and never interpreted as Markdown. */
function linesOf(lines: readonly Line[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  for (const [name, value] of lines) {
    markdown.appendMarkdown(`**${name}:** `).appendText(inertText(value)).appendMarkdown('\n\n');
  }
  markdown.value = markdown.value.replace(leftAlive, '\\$&');
  return markdown;
}
