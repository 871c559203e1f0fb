import * as vscode from 'vscode';
import type { ImageApiKind } from '../hub/autoImageApi';
import { currentTags, historicalTags, type Image, type Namespace } from '../hub/model';
import { formatRepository } from '../hub/names';
import { describeError } from '../util/describeError';
import { instantText, statusWord } from '../util/activityText';
import { inertText } from '../util/inertText';
import type { RepositoryNode } from './nodes';
import { summaryText, unusualViewText } from './rowText';
import type { RepositoryFacts } from './rowFacts';

const { t } = vscode.l10n;

/** Characters that `appendText` does not escape although they begin an element or make a bare address a link. */
const leftAlive = /(?<!\\)<|:(?=\/\/)|(?<=\bwww)\.|@/gi;

type Line = readonly [name: string, value: string];

export function imageTooltip(
  image: Image,
  activeFrom: Date | undefined,
  imageApi: ImageApiKind | undefined,
): vscode.MarkdownString {
  const historical = historicalTags(image);
  return linesOf([
    [t('Digest'), image.digest],
    [t('Status'), statusWord(image.status, t)],
    [t('Active from'), activeFrom === undefined ? t('not known yet') : instantText(activeFrom)],
    [t('Last pushed'), instantText(image.lastPushed)],
    [t('Last pulled'), instantText(image.lastPulled)],
    [t('Current tags'), currentTags(image).join(', ') || t('none')],
    ...(historical.length > 0 ? [[t('Moved to another image'), historical.join(', ')] as const] : []),
    ...(imageApi === 'registry'
      ? [[t('Earlier tags'), t('Docker Hub does not tell them any more')] as const]
      : []),
  ]);
}

export function repositoryTooltip(
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
          [t('Active from'), instantText(summary.activeFrom)],
        ] as const)),
    ...(shown === '' ? [] : [[t('Shown'), shown] as const]),
    ...(summaryError === undefined ? [] : [[t('Counts unavailable'), describeError(summaryError)] as const]),
    ...(imageApi === undefined ? [] : [[t('Read by'), imageApiText(imageApi)] as const]),
  ]);
}

export function namespaceOriginText(origin: Namespace['origin'], isListed: boolean): string {
  switch (origin) {
    case 'own':
      return t('your own');
    case 'organisation':
      return t('organisation');
    case 'added':
      return isListed ? t('added') : t('added repositories');
  }
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
