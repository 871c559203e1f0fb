import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { currentTags, type Image, partsOf } from '../../hub/model';
import { formatRepository } from '../../hub/names';
import { readWithProgress } from '../../interaction/progress';
import type { Services, Target } from '../../interaction/services';
import { type ShownReference, shownReferenceOf } from '../../interaction/shownReference';
import type { Node } from '../../providers/nodes';
import { sanitizeLabel } from '../../util/sanitizeText';
import { signIn } from '../account/signIn';

/** Shows the row of an image that a file refers to: of the link in a hover, or else at the cursor. */
export async function showReference(services: Services, target: Target): Promise<void> {
  if (services.connections.current === undefined) {
    await offerSignIn(services);
    return;
  }
  const given = target.kind === 'palette' ? target.reference : undefined;
  const reference = given ?? (await referenceAtCursor(services));
  if (reference === undefined) {
    inform(noReferenceText(services));
    return;
  }
  const row = await readWithProgress(l10n.t('Looking for the image in {0}…', nameOf(reference)), (signal) =>
    findRow(services, reference, signal),
  );
  if (row !== undefined) {
    await services.treeView.reveal(row);
  }
}

async function offerSignIn(services: Services): Promise<void> {
  const button = l10n.t('Sign In');
  const text = l10n.t('Sign in to Docker Hub first.');
  if ((await vscode.window.showInformationMessage(text, button)) === button) {
    await signIn(services);
  }
}

/** With both settings off, references are not even looked for. */
function noReferenceText({ settings }: Services): string {
  return settings.showsReferenceHovers || settings.showsReferenceHints
    ? l10n.t('There is no reference to an image in your repositories at the cursor.')
    : l10n.t('References in text editors are turned off in the settings.');
}

/** Which repository a digest alone belongs to is known only if its images were read. */
async function referenceAtCursor({
  languageFeatures,
  catalog,
}: Services): Promise<ShownReference | undefined> {
  const editor = vscode.window.activeTextEditor;
  const reference = editor && (await languageFeatures.referenceAt(editor.document, editor.selection.active));
  const { digest } = reference ?? {};
  if (reference?.repository !== undefined || digest === undefined) {
    return shownReferenceOf(reference);
  }
  const repository = catalog.repositories.find((one) =>
    catalog.loadedImages(one).some((image) => has(image, { digest, tag: undefined })),
  );
  return repository && { repository, tag: undefined, digest };
}

/** @returns The row of the image; that of its repository if the image cannot be found, and a message says so. */
async function findRow(
  { tree, catalog }: Services,
  reference: ShownReference,
  signal: AbortSignal,
): Promise<Node | undefined> {
  const { repository, tag, digest } = reference;
  const repositoryRow = await tree.findRepositoryNode(repository);
  if (repositoryRow === undefined) {
    inform(l10n.t('{0} is not in the Hub Images view. To add it, run Add Repository….', nameOf(reference)));
    return undefined;
  }
  if (tag === undefined && digest === undefined) {
    return repositoryRow;
  }
  await catalog.listImages(repository, signal);
  for (let isMore = true; isMore;) {
    const row = await tree.findImageNode(repository, (image) => has(image, reference));
    if (row !== undefined) {
      return row;
    }
    signal.throwIfAborted();
    const { listing } = catalog.contents(repository) ?? {};
    isMore = listing?.hasNext === true;
    await (isMore && tree.loadMore(repository));
    isMore &&= listing !== catalog.contents(repository)?.listing; // otherwise the page could not be read
  }
  informNotFound(reference, catalog.contents(repository)?.listing?.query.status !== undefined);
  return repositoryRow;
}

function has(image: Image, { tag, digest }: Pick<ShownReference, 'tag' | 'digest'>): boolean {
  return digest === undefined
    ? tag !== undefined && currentTags(image).includes(tag)
    : [image, ...partsOf(image)].some((one) => one.digest === digest);
}

function informNotFound({ tag = '', digest, ...reference }: ShownReference, isFiltered: boolean): void {
  const name = nameOf({ tag, digest, ...reference });
  const missing =
    digest === undefined
      ? l10n.t('No image of {0} that is shown has the tag {1}.', name, sanitizeLabel(tag))
      : l10n.t('No image of {0} that is shown has the digest {1}.', name, sanitizeLabel(digest));
  const filter = l10n.t('The repository has a status filter, which may hide the image.');
  inform(isFiltered ? `${missing} ${filter}` : missing);
}

function nameOf({ repository }: ShownReference): string {
  return sanitizeLabel(formatRepository(repository));
}

function inform(message: string): void {
  void vscode.window.showInformationMessage(message);
}
