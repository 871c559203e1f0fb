import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NamespaceEntry } from '../catalog/entries';
import type { CommandId } from '../contributions';
import { shortDigest } from '../hub/digest';
import type { Image } from '../hub/model';
import { formatRepository, isSameRepository, type NamespaceName, type RepositoryRef } from '../hub/names';
import { imageRowSummary } from '../providers/texts/rows';
import { compareNaturally } from '../texts/formats';
import { imageLabel } from '../texts/imageLabel';
import { sanitizeLabel } from '../util/sanitizeText';
import { pickMany, pickOne } from '../util/quickInput';
import { readWithProgress } from './progress';
import type { Services } from './services';

interface ValueItem<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for one of the repositories of the tree. Undefined if the user cancelled or there is none. */
export async function pickRepository(
  services: Services,
  placeHolder: string,
): Promise<RepositoryRef | undefined> {
  const repositories = await readWithProgress(l10n.t('Listing repositories'), (signal) =>
    services.catalog.listRepositories(signal),
  );
  if (repositories === undefined) {
    return undefined;
  }
  if (repositories.length === 0) {
    await offerToAddRepository();
    return undefined;
  }
  const selected = services.tree.selectedRepository;
  const items = repositories.map((repository) => ({
    label: formatRepository(repository),
    iconPath: new vscode.ThemeIcon('repo'),
    value: repository,
  }));
  const isSelected = ({ value }: ValueItem<RepositoryRef>) =>
    selected !== undefined && isSameRepository(value, selected);
  const ordered = [...items.filter(isSelected), ...items.filter((item) => !isSelected(item))];
  return (await pickOne<ValueItem<RepositoryRef>>(ordered, { placeHolder }))?.value;
}

/** Asks for one of the namespaces of the tree. Undefined if the user cancelled or there is none. */
export async function pickNamespace(
  { catalog, tree }: Services,
  placeHolder: string,
): Promise<NamespaceEntry | undefined> {
  const namespaces = await readWithProgress(l10n.t('Listing namespaces'), (signal) =>
    catalog.listNamespaces(signal),
  );
  if (namespaces === undefined) {
    return undefined;
  }
  if (namespaces.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There are no namespaces in the view yet.'));
    return undefined;
  }
  const selected = tree.selectedRepository?.namespace;
  const items = namespaces.map((entry) => ({
    label: entry.namespace.name,
    iconPath: new vscode.ThemeIcon('organization'),
    value: entry,
  }));
  const isSelected = ({ label }: ValueItem<NamespaceEntry>) => label === selected;
  const ordered = [...items.filter(isSelected), ...items.filter((item) => !isSelected(item))];
  return (await pickOne<ValueItem<NamespaceEntry>>(ordered, { placeHolder }))?.value;
}

/** Asks for a repository, then for one or more of its images. Undefined if the user cancelled or there are none. */
export async function pickImages(
  services: Services,
  placeHolder: string,
): Promise<{ readonly repository: RepositoryRef; readonly images: readonly Image[] } | undefined> {
  const picked = await pickImageList(services);
  if (picked === undefined) {
    return undefined;
  }
  const images = await pickMany(imageItems(services, picked.images), {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return images === undefined || images.length === 0
    ? undefined
    : { repository: picked.repository, images: images.map(({ value }) => value) };
}

/** Asks for a repository, then for one of its images. Undefined if the user cancelled or there are none. */
export async function pickImage(
  services: Services,
  placeHolder: string,
): Promise<{ readonly repository: RepositoryRef; readonly image: Image } | undefined> {
  const picked = await pickImageList(services);
  if (picked === undefined) {
    return undefined;
  }
  const item = await pickOne(imageItems(services, picked.images), {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return item === undefined ? undefined : { repository: picked.repository, image: item.value };
}

/** Asks for one of the namespaces that the settings add to the tree. Undefined if the user cancelled or there is none. */
export async function pickAddedNamespace(services: Services): Promise<NamespaceName | undefined> {
  const { namespaces } = services.settings;
  if (namespaces.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No namespaces have been added.'));
    return undefined;
  }
  const placeHolder = l10n.t('Select the namespace to remove from the view');
  const items = [...namespaces].sort(compareNaturally).map((value) => ({ label: value, value }));
  return (await pickOne(items, { placeHolder }))?.value;
}

/** Asks for one of the repositories that the settings add to the tree. Undefined if the user cancelled or there is none. */
export async function pickAddedRepository(services: Services): Promise<RepositoryRef | undefined> {
  const { repositories } = services.settings;
  if (repositories.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No repositories have been added.'));
    return undefined;
  }
  const placeHolder = l10n.t('Select the repository to remove from the view');
  const items = repositories
    .map((value) => ({ label: formatRepository(value), value }))
    .sort((a, b) => compareNaturally(a.label, b.label));
  return (await pickOne(items, { placeHolder }))?.value;
}

/** Asks for a repository and lists its images. */
async function pickImageList(services: Services) {
  const repository = await pickRepository(services, l10n.t('Select the repository of the images'));
  if (repository === undefined) {
    return undefined;
  }
  const images = await readWithProgress(l10n.t('Listing images'), (signal) =>
    services.catalog.listImages(repository, signal),
  );
  if (images?.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('{0} has no images.', formatRepository(repository)));
    return undefined;
  }
  return images === undefined ? undefined : { repository, images };
}

function imageItems(services: Services, images: readonly Image[]): ValueItem<Image>[] {
  return images.map((image) => ({
    label: sanitizeLabel(imageLabel(image)),
    description: imageRowSummary(image, services.now()),
    detail: shortDigest(image.digest),
    value: image,
  }));
}

async function offerToAddRepository(): Promise<void> {
  const add = l10n.t('Add Repository…');
  const answer = await vscode.window.showInformationMessage(
    l10n.t('There are no repositories in the view yet.'),
    add,
  );
  if (answer === add) {
    await vscode.commands.executeCommand('hubImages.repository.add' satisfies CommandId);
  }
}
