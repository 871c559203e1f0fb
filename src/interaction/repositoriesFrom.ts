import * as vscode from 'vscode';
import { formatRepository, isSameRepository, type RepositoryRef } from '../hub/names';
import { repositoryOf, type NamespaceNode, type Node } from '../providers/nodes';
import { pickOne } from '../util/quickInput';
import { readWithProgress } from './progress';
import type { Services, Target } from './services';

const { t } = vscode.l10n;

/** One repository, or several, by a name. */
export interface RepositoriesSubject {
  readonly name: string;
  /** At least one. */
  readonly repositories: readonly RepositoryRef[];
}

/** The repositories that the command is about: those of the rows, all of a namespace, or those that are asked for. */
export async function repositoriesFrom(
  services: Services,
  target: Target,
): Promise<RepositoriesSubject | undefined> {
  if (target.kind === 'palette') {
    return pickRepositories(services);
  }
  const namespace = target.rows.find((row) => row.kind === 'namespace');
  if (namespace !== undefined) {
    return ofNamespace(services, namespace);
  }
  return subjectOf(uniqueRepositories(target.rows));
}

async function ofNamespace(
  { tree }: Services,
  namespace: NamespaceNode,
): Promise<RepositoriesSubject | undefined> {
  const { name } = namespace.namespace;
  const repositories = await readWithProgress(t('Listing repositories'), (signal) =>
    tree.listRepositoriesOf(namespace, signal),
  );
  if (repositories?.length === 0) {
    void vscode.window.showInformationMessage(t('{0} has no repositories.', name));
  }
  return repositories === undefined || repositories.length === 0 ? undefined : { name, repositories };
}

type Pick = vscode.QuickPickItem & { readonly subject?: RepositoriesSubject };

async function pickRepositories({ tree }: Services): Promise<RepositoriesSubject | undefined> {
  const repositories = await readWithProgress(t('Listing repositories'), (signal) =>
    tree.listRepositories(signal),
  );
  if (repositories === undefined) {
    return undefined;
  }
  if (repositories.length === 0) {
    void vscode.window.showInformationMessage(t('There is no repository in the view yet.'));
    return undefined;
  }
  const isSelected = (one: RepositoryRef) =>
    tree.selectedRepository !== undefined && isSameRepository(one, tree.selectedRepository);
  const picked = await pickOne<Pick>(
    [
      ...repositories.filter(isSelected).map(repositoryPick),
      ...namespacePicks(repositories),
      { label: t('One repository'), kind: vscode.QuickPickItemKind.Separator },
      ...repositories.filter((one) => !isSelected(one)).map(repositoryPick),
    ],
    { placeHolder: t('Where to look for the images to delete'), matchOnDescription: true },
  );
  return picked?.subject;
}

function repositoryPick(repository: RepositoryRef): Pick {
  const name = formatRepository(repository);
  return {
    label: name,
    iconPath: new vscode.ThemeIcon('repo'),
    subject: { name, repositories: [repository] },
  };
}

function namespacePicks(repositories: readonly RepositoryRef[]): readonly Pick[] {
  const names = [...new Set(repositories.map(({ namespace }) => namespace))];
  return [
    { label: t('All repositories of a namespace'), kind: vscode.QuickPickItemKind.Separator },
    ...names.map((name) => {
      const own = repositories.filter(({ namespace }) => namespace === name);
      return {
        label: name,
        description:
          own.length === 1 ? t('1 repository') : t('{0} repositories', own.length.toLocaleString('en')),
        iconPath: new vscode.ThemeIcon('organization'),
        subject: { name, repositories: own },
      };
    }),
  ];
}

function uniqueRepositories(rows: readonly Node[]): readonly RepositoryRef[] {
  const repositories = rows.flatMap((row) => repositoryOf(row) ?? []);
  return [...new Map(repositories.map((one) => [formatRepository(one), one])).values()];
}

function subjectOf(repositories: readonly RepositoryRef[]): RepositoriesSubject | undefined {
  const [only, another] = repositories;
  if (only === undefined) {
    return undefined;
  }
  const name =
    another === undefined
      ? formatRepository(only)
      : t('{0} repositories', repositories.length.toLocaleString('en'));
  return { name, repositories };
}
