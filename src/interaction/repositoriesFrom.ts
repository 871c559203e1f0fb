import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatRepository, isSameRepository, type RepositoryRef } from '../hub/names';
import { repositoryOf, type NamespaceNode, type Node } from '../providers/nodes';
import { pickOne } from '../util/quickInput';
import { readWithProgress } from './progress';
import type { Services, Target } from './services';
import { numberText } from '../texts/formats';

/** One or more repositories, and a name for all of them together. */
export interface NamedRepositories {
  readonly name: string;
  /** At least one. */
  readonly repositories: readonly RepositoryRef[];
}

/**
 * Resolves the target of a command to repositories: those of the rows, or all of a namespace or a group. Without rows, it asks.
 *
 * @returns Undefined if the user cancelled or there is no repository.
 * @throws {HubError} The repositories could not be listed.
 */
export async function repositoriesFrom(
  services: Services,
  target: Target,
): Promise<NamedRepositories | undefined> {
  if (target.kind === 'palette') {
    return pickRepositories(services);
  }
  const namespace = target.rows.find((row) => row.kind === 'namespace');
  if (namespace !== undefined) {
    return ofNamespace(services, namespace);
  }
  return nameRepositories(uniqueRepositories(target.rows));
}

async function ofNamespace(
  { catalog }: Services,
  namespace: NamespaceNode,
): Promise<NamedRepositories | undefined> {
  const { name } = namespace.namespace;
  const repositories = await readWithProgress(l10n.t('Listing repositories'), (signal) =>
    catalog.listRepositoriesOf(namespace, signal),
  );
  if (repositories?.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('{0} has no repositories.', name));
  }
  return repositories === undefined || repositories.length === 0 ? undefined : { name, repositories };
}

type RepositoriesItem = vscode.QuickPickItem & { readonly value?: NamedRepositories };

async function pickRepositories({ catalog, tree }: Services): Promise<NamedRepositories | undefined> {
  const repositories = await readWithProgress(l10n.t('Listing repositories'), (signal) =>
    catalog.listRepositories(signal),
  );
  if (repositories === undefined) {
    return undefined;
  }
  if (repositories.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There are no repositories in the view yet.'));
    return undefined;
  }
  const isSelected = (one: RepositoryRef) =>
    tree.selectedRepository !== undefined && isSameRepository(one, tree.selectedRepository);
  const picked = await pickOne<RepositoriesItem>(
    [
      ...repositories.filter(isSelected).map(repositoryItem),
      ...namespaceItems(repositories),
      { label: l10n.t('A single repository'), kind: vscode.QuickPickItemKind.Separator },
      ...repositories.filter((one) => !isSelected(one)).map(repositoryItem),
    ],
    { placeHolder: l10n.t('Select where to look for images to delete'), matchOnDescription: true },
  );
  return picked?.value;
}

function repositoryItem(repository: RepositoryRef): RepositoriesItem {
  const name = formatRepository(repository);
  return {
    label: name,
    iconPath: new vscode.ThemeIcon('repo'),
    value: { name, repositories: [repository] },
  };
}

function namespaceItems(repositories: readonly RepositoryRef[]): readonly RepositoriesItem[] {
  const names = [...new Set(repositories.map(({ namespace }) => namespace))];
  return [
    { label: l10n.t('All repositories in a namespace'), kind: vscode.QuickPickItemKind.Separator },
    ...names.map((name) => {
      const own = repositories.filter(({ namespace }) => namespace === name);
      return {
        label: name,
        description:
          own.length === 1 ? l10n.t('1 repository') : l10n.t('{0} repositories', numberText(own.length)),
        iconPath: new vscode.ThemeIcon('organization'),
        value: { name, repositories: own },
      };
    }),
  ];
}

function uniqueRepositories(rows: readonly Node[]): readonly RepositoryRef[] {
  const repositories = rows.flatMap((row) =>
    row.kind === 'group' ? row.repositories.map(({ repository }) => repository) : (repositoryOf(row) ?? []),
  );
  return [...new Map(repositories.map((one) => [formatRepository(one), one])).values()];
}

/** @returns Undefined if there are no repositories. */
export function nameRepositories(repositories: readonly RepositoryRef[]): NamedRepositories | undefined {
  const [only, another] = repositories;
  if (only === undefined) {
    return undefined;
  }
  const name =
    another === undefined
      ? formatRepository(only)
      : l10n.t('{0} repositories', numberText(repositories.length));
  return { name, repositories };
}
