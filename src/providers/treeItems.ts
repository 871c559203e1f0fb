import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandReference, contextWords } from '../contributions';
import { currentTags, type Image, type Namespace } from '../hub/model';
import { sanitizeLabel } from '../util/sanitizeText';
import {
  type AccountNode,
  type GroupNode,
  type ImageNode,
  type LoadMoreNode,
  type MessageNode,
  type NamespaceNode,
  type Node,
  type PartNode,
  type RepositoryNode,
  type TagNode,
} from './nodes';
import { imageIcon, imageKind, partIcon, partKind } from './rowIcons';
import { nothingKnown, type RepositoryFacts, type RowFacts } from './rowFacts';
import { kindText } from './texts/kinds';
import { unusualRepositoriesText } from './texts/repositoriesView';
import {
  imageRowDescription,
  imageRowSummary,
  imageRowLabel,
  loadMoreText,
  partRowDescription,
  partRowLabel,
  repositoryRowText,
  countsFailedText,
  groupRowText,
  unusualViewText,
} from './texts/rows';
import { rowUri } from './rowUri';
const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** The row. Those of repositories, images and their parts have no tooltip yet, because there may be many of them. */
export function treeItem(node: Node, facts: RowFacts): vscode.TreeItem {
  switch (node.kind) {
    case 'account':
      return accountItem(node);
    case 'namespace':
      return namespaceItem(node, facts);
    case 'group':
      return groupItem(node, facts);
    case 'repository':
      return repositoryItem(node, facts);
    case 'image':
      return imageItem(node, facts);
    case 'part':
      return partItem(node, facts);
    case 'tag':
      return tagItem(node);
    case 'message':
      return messageItem(node);
    case 'loadMore':
      return loadMoreItem(node);
  }
}

function accountItem(node: AccountNode): vscode.TreeItem {
  const { username, isInUse } = node;
  const state = isInUse ? l10n.t('in use') : l10n.t('not in use');
  const name = sanitizeLabel(username);
  return row(name, isInUse ? Expanded : None, {
    id: `${node.id}:${isInUse ? 'inUse' : 'idle'}`, // with it, the editor remembers whether the row was open
    description: state,
    iconPath: new vscode.ThemeIcon('account'),
    tooltip: isInUse ? l10n.t('Account {0}: in use', name) : l10n.t('Account {0}: select to use it', name),
    contextValue: words(contextWords.account, !isInUse && contextWords.idle),
    accessibilityInformation: { label: l10n.t('{0}, account, {1}', name, state) },
    ...(!isInUse && {
      command: commandReference('hubImages.account.use', l10n.t('Use Account'), node),
    }),
  });
}

function namespaceItem(node: NamespaceNode, facts: RowFacts): vscode.TreeItem {
  const shown = unusualRepositoriesText(facts.repositoriesView);
  const origin = namespaceOriginText(node.namespace.origin, node.isListed);
  return row(node.namespace.name, Collapsed, {
    id: node.id,
    description: shown === '' ? origin : l10n.t('{0} · {1}', shown, origin),
    iconPath: new vscode.ThemeIcon(namespaceIcons[node.namespace.origin]),
    tooltip: l10n.t('Namespace {0}: {1}', node.namespace.name, origin),
    contextValue: words(contextWords.namespace, node.isRemovable && contextWords.removable),
    accessibilityInformation: { label: l10n.t('{0}, namespace, {1}', node.namespace.name, origin) },
  });
}

/** The editor opens it once if there is something open in it, so that grouping hides nothing that was seen. */
function groupItem(node: GroupNode, facts: RowFacts): vscode.TreeItem {
  const { prefix, repositories } = node;
  const description = groupRowText(repositories.map((one) => facts.repository(one)?.listed?.storageBytes));
  return row(prefix, facts.holdsOpenRow(node) ? Expanded : Collapsed, {
    id: node.id,
    description,
    iconPath: new vscode.ThemeIcon('folder'),
    tooltip: l10n.t('Repositories whose names begin with {0}: {1}', prefix, description),
    contextValue: contextWords.group,
    accessibilityInformation: { label: l10n.t('{0}, group, {1}', prefix, description) },
  });
}

function namespaceOriginText(origin: Namespace['origin'], isListed: boolean): string {
  switch (origin) {
    case 'own':
      return l10n.t('personal');
    case 'organization':
      return l10n.t('organization');
    case 'added':
      return isListed ? l10n.t('added') : l10n.t('added repositories');
  }
}

function repositoryItem(node: RepositoryNode, facts: RowFacts): vscode.TreeItem {
  const { repository } = node;
  const state = facts.repository(node) ?? nothingKnown;
  const description = repositoryDescription(state);
  const kind = repository.isPrivate === true ? l10n.t('private repository') : l10n.t('repository');
  return row(repository.name, Collapsed, {
    id: node.id,
    resourceUri: rowUri(facts.server, node.id),
    description,
    iconPath: new vscode.ThemeIcon(repository.isPrivate === true ? 'lock' : 'repo'),
    contextValue: words(contextWords.repository, node.isRemovable && contextWords.removable),
    accessibilityInformation: { label: [node.id, kind, description].filter(Boolean).join(', ') },
  });
}

function repositoryDescription({ summary, summaryError, view, listed }: RepositoryFacts): string {
  const shown = unusualViewText(view);
  return [
    summaryError === undefined
      ? repositoryRowText(summary, listed?.storageBytes)
      : countsFailedText(listed?.storageBytes),
    shown === '' ? '' : l10n.t('({0})', shown),
  ]
    .filter(Boolean)
    .join(' ');
}

function imageItem(node: ImageNode, facts: RowFacts): vscode.TreeItem {
  const { image } = node;
  const isTagged = currentTags(image).length > 0;
  const label = imageRowLabel(image);
  const description = imageRowDescription(image, facts.now());
  const isProtected = facts.isProtected(node.parent.repository, image);
  return row(label, image.tags.length > 0 || hasParts(image) ? Collapsed : None, {
    id: node.id,
    resourceUri: rowUri(facts.server, node.id),
    description,
    iconPath: new vscode.ThemeIcon(imageIcon(image, isProtected)),
    contextValue: words(contextWords.image, contextWords.deletable, isTagged && contextWords.tagged),
    accessibilityInformation: {
      label: [
        label,
        spokenKind(image),
        isProtected ? l10n.t('protected') : '',
        imageRowSummary(image, facts.now()),
      ]
        .filter(Boolean)
        .join(', '),
    },
  });
}

function partItem(node: PartNode, facts: RowFacts): vscode.TreeItem {
  const { image } = node;
  const label = partRowLabel(image);
  const description = partRowDescription(image, facts.now());
  return row(label, hasParts(image) ? Collapsed : None, {
    id: node.id,
    description,
    iconPath: new vscode.ThemeIcon(partIcon(image)),
    contextValue: contextWords.part,
    accessibilityInformation: { label: [label, spokenPart(image), description].filter(Boolean).join(', ') },
  });
}

/** What the icon shows of an image. */
function spokenKind(image: Image): string {
  const kind = imageKind(image);
  return kind === 'index' ? l10n.t('image, multi-platform') : kindText(kind);
}

/** What the icon shows of a part and its label does not say. */
function spokenPart(image: Image): string {
  return partKind(image) === 'index'
    ? l10n.t('part of the image, multi-platform')
    : l10n.t('part of the image');
}

function hasParts({ parts = [] }: Image): boolean {
  return parts.length > 0;
}

function tagItem(node: TagNode): vscode.TreeItem {
  const { isCurrent } = node.tag;
  const name = sanitizeLabel(node.tag.name);
  const state = isCurrent ? l10n.t('points to this image') : l10n.t('moved to another image');
  return row(name, None, {
    id: node.id,
    ...(!isCurrent && { description: state }),
    iconPath: new vscode.ThemeIcon(isCurrent ? 'tag' : 'history'),
    tooltip: l10n.t('{0}: {1}', name, state),
    contextValue: isCurrent ? contextWords.tag : contextWords.historicalTag,
    accessibilityInformation: { label: l10n.t('{0}, tag, {1}', name, state) },
  });
}

function messageItem(node: MessageNode): vscode.TreeItem {
  const command = messageCommand(node);
  const isRetryable = node.action.kind === 'retry' || isProblem(node);
  return row(node.text, None, {
    id: node.id,
    description: node.reason,
    iconPath: messageIcon(node.severity),
    tooltip: [sentence(node.text), node.reason, node.hint].filter(Boolean).join(' '),
    contextValue: words(
      contextWords.message,
      isRetryable && contextWords.retryable,
      node.trait !== undefined && contextWords[node.trait],
    ),
    accessibilityInformation: {
      label: [severityLabel(node.severity), sentence(node.text), node.reason, node.hint]
        .filter(Boolean)
        .join(' '),
    },
    ...(command !== undefined && { command }),
  });
}

function isProblem({ severity }: MessageNode): boolean {
  return severity === 'error' || severity === 'warning';
}

function messageCommand(node: MessageNode): vscode.Command | undefined {
  switch (node.action.kind) {
    case 'none':
      return undefined;
    case 'retry':
      return commandReference('hubImages.tree.refresh', l10n.t('Try Again'), node);
    case 'command':
      return commandReference(node.action.command, node.text, node.parent);
  }
}

function loadMoreItem(node: LoadMoreNode): vscode.TreeItem {
  const label = loadMoreText(node);
  return row(label, None, {
    id: node.id,
    iconPath: new vscode.ThemeIcon('fold-down'),
    tooltip: label,
    contextValue: contextWords.loadMore,
    command: commandReference('hubImages.images.loadMore', label, node),
  });
}

const namespaceIcons: Readonly<Record<Namespace['origin'], string>> = {
  own: 'account',
  organization: 'organization',
  added: 'bookmark',
};

function messageIcon(severity: MessageNode['severity']): vscode.ThemeIcon {
  switch (severity) {
    case 'error':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'warning':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'info':
      return new vscode.ThemeIcon('info');
    case 'busy':
      return new vscode.ThemeIcon('loading~spin');
  }
}

function severityLabel(severity: MessageNode['severity']): string {
  switch (severity) {
    case 'error':
      return l10n.t('Error:');
    case 'warning':
      return l10n.t('Warning:');
    case 'info':
    case 'busy':
      return '';
  }
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

type RowParts = Omit<vscode.TreeItem, 'label' | 'collapsibleState'>;

function row(label: string, state: vscode.TreeItemCollapsibleState, parts: RowParts): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label, state), parts);
}

function words(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(' ');
}
