import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ReferencedImage } from '../../hub/codeReferences';
import { shortDigest } from '../../hub/digest';
import { referencedImage } from '../../hub/imageReferences';
import { currentTags, type Image } from '../../hub/model';
import { formatRepository, type RepositoryRef } from '../../hub/names';
import { readWithProgress } from '../../interaction/progress';
import type { Services, Target } from '../../interaction/services';
import { askForImages } from '../../interaction/subjects';
import { type Node, repositoryOf } from '../../providers/nodes';
import { numberText, sortedNaturally } from '../../texts/formats';
import { imagesText } from '../../texts/summary';
import { sanitizeLabel } from '../../util/sanitizeText';

/** What can be referred to, and its name. */
interface Subject {
  readonly name: string;
  readonly image: ReferencedImage;
}

/** Shows the lines in the workspace that refer to the images or tags. */
export async function findReferences(services: Services, target: Target): Promise<void> {
  const subjects = await subjectsFrom(services, target);
  const [first, another] = subjects;
  if (first === undefined) {
    return;
  }
  const name = another === undefined ? first.name : severalText(subjects);
  await readWithProgress(l10n.t('Searching the workspace for references'), (signal) =>
    services.referencesView.show({ name, images: subjects.map(({ image }) => image) }, signal),
  );
}

function severalText(subjects: readonly Subject[]): string {
  return subjects.some(({ image }) => image.digests.length === 0)
    ? l10n.t('{0} images and tags', numberText(subjects.length))
    : imagesText(subjects.length);
}

async function subjectsFrom(services: Services, target: Target): Promise<readonly Subject[]> {
  if (target.kind === 'palette') {
    const images = await askForImages(services, l10n.t('Select the images to find references to'));
    return images.map(({ repository, image }) => imageSubject(repository, image));
  }
  const subjects = target.rows.flatMap(rowSubject);
  if (subjects.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('No image is selected. Select the images in the Hub Images view first.'),
    );
  }
  return subjects;
}

function rowSubject(row: Node): readonly Subject[] {
  const repository = repositoryOf(row);
  if (repository === undefined) {
    return [];
  }
  switch (row.kind) {
    case 'image':
    case 'part':
      return [imageSubject(repository, row.image)];
    case 'tag': {
      const name = `${formatRepository(repository)}:${sanitizeLabel(row.tag.name)}`;
      return [{ name, image: { repository, digests: [], currentTags: [row.tag.name] } }];
    }
    default:
      return [];
  }
}

/** It is named by its first current tag, or by its digest. */
function imageSubject(repository: RepositoryRef, image: Image): Subject {
  const [tag] = sortedNaturally(currentTags(image));
  const rest = tag === undefined ? `@${shortDigest(image.digest)}` : `:${sanitizeLabel(tag)}`;
  return {
    name: `${formatRepository(repository)}${rest}`,
    image: referencedImage(repository, image),
  };
}
