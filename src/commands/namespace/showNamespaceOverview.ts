import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NamespaceEntry } from '../../catalog/entries';
import type { NamespaceName, RepositoryRef } from '../../hub/names';
import { runAction } from '../../interaction/action';
import { pickNamespace } from '../../interaction/pickers';
import { nameRepositories } from '../../interaction/repositoriesFrom';
import type { Services, Target } from '../../interaction/services';
import { countingText } from '../../namespaceOverview/countingText';
import { NamespaceOverviewPanel } from '../../namespaceOverview/namespaceOverviewPanel';
import type { Node } from '../../providers/nodes';
import { describeError } from '../../texts/errors';
import { numberText } from '../../texts/formats';
import { deleteMatchingIn } from '../images/deleteMatching';
import { openOverview } from '../repository/showOverview';

/** The one in use. */
type Connection = NonNullable<Services['connections']['current']>;

/** Shows how much storage the repositories of a namespace occupy. Each namespace has one tab. */
export async function showNamespaceOverview(services: Services, target: Target): Promise<void> {
  const entry = await namespaceFrom(services, target);
  const connection = services.connections.current;
  if (entry !== undefined && connection !== undefined) {
    services.overviews.show(connection, entry.namespace.name, () => openPanel(services, connection, entry));
  }
}

async function namespaceFrom(services: Services, target: Target): Promise<NamespaceEntry | undefined> {
  if (target.kind === 'rows') {
    return target.rows.find((row) => row.kind === 'namespace');
  }
  return pickNamespace(services, l10n.t('Select the namespace to show an overview of'));
}

function openPanel(
  services: Services,
  connection: Connection,
  entry: NamespaceEntry,
): NamespaceOverviewPanel {
  const { catalog, connections, settings, tree } = services;
  const { name } = entry.namespace;
  const isInUse = () => connections.current === connection;
  return NamespaceOverviewPanel.open({
    namespace: name,
    isListed: entry.isListed,
    connection,
    extensionUri: services.extensionUri,
    log: services.log,
    now: services.now,
    atOnce: settings.maxConcurrentRequests,
    list: async () => (isInUse() ? catalog.server?.listRepositories(entry) : undefined),
    count: async (repository, signal) => (isInUse() ? catalog.readSummary(repository, signal) : undefined),
    known: (repository) => (isInUse() ? catalog.contents(repository) : undefined),
    describe: describeError,
    isInUse,
    onDidChangeConnection: connections.onDidChange,
    onDidChangeCatalog: catalog.onDidChange,
    onDidBeginRefresh: (listener) =>
      tree.onDidBeginRefresh((node) => {
        if (includesNamespace(node, name)) {
          listener(node);
        }
      }),
    refresh: () => runAction(services, 'Refresh', () => tree.refreshNamespace(name)),
    mayCount: (count, averageMs) => mayCount(services, connection, count, averageMs),
    open: (repository, place) =>
      runAction(services, 'Open', () => openRepositoryIn(services, repository, place)),
    deleteMatching: (repositories) => deleteMatchingOf(services, repositories),
  });
}

/** Whether a refresh of the row, or of everything if there is none, also refreshes the list of the namespace. */
function includesNamespace(node: Node | undefined, name: NamespaceName): boolean {
  const subject = node?.kind === 'message' || node?.kind === 'group' ? node.parent : node;
  return (
    subject === undefined ||
    subject.kind === 'account' ||
    (subject.kind === 'namespace' && subject.namespace.name === name)
  );
}

/** @param averageMs That counting one repository took, as far as that is known. */
async function mayCount(
  { settings }: Services,
  connection: Connection,
  repositories: number,
  averageMs: number | undefined,
): Promise<boolean> {
  const count = l10n.t('Count');
  const answer = await vscode.window.showInformationMessage(
    repositories === 1
      ? l10n.t('Count the images of 1 repository?')
      : l10n.t('Count the images of {0} repositories?', numberText(repositories)),
    {
      modal: true,
      detail: countingText({
        repositories,
        averageMs,
        atOnce: settings.maxConcurrentRequests,
        isManagement: connection.imageApiKind() === 'management',
      }),
    },
    count,
  );
  return answer === count;
}

async function openRepositoryIn(
  services: Services,
  repository: RepositoryRef,
  place: 'tree' | 'overview',
): Promise<void> {
  if (place === 'overview') {
    openOverview(services, repository);
    return;
  }
  const node = await services.tree.findRepositoryNode(repository);
  if (node !== undefined) {
    await services.treeView.reveal(node);
  }
}

/** Not through the command: that takes rows of the tree alone, and nothing that anybody else could hand it. */
async function deleteMatchingOf(services: Services, repositories: readonly RepositoryRef[]): Promise<void> {
  const subject = nameRepositories(repositories);
  if (subject !== undefined) {
    await runAction(services, 'hubImages.images.deleteMatching', () => deleteMatchingIn(services, subject));
  }
}
