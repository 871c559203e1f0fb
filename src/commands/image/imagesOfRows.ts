import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PlannedImage } from '../../hub/deletionRequest';
import { imageNodeOf, type ImageNode, type Node, type PartNode, type TagNode } from '../../providers/nodes';
import { imageRowLabel, partRowLabel } from '../../providers/texts/rows';
import { numberText } from '../../texts/formats';
import { sanitizeLabel } from '../../util/sanitizeText';

/** A row of something that is deleted only with its image. */
type OwnedNode = PartNode | TagNode;

interface Question {
  readonly message: string;
  readonly detail: string;
  readonly choices: readonly { readonly title: string; readonly images: readonly ImageNode[] }[];
}

/**
 * The images among the rows. Platforms, attachments and tags are deleted with their image; where that is not among the rows,
 * a question says so and offers it. A former tag leads to no image: it is deleted with another one. If nothing is left, a
 * message says so.
 *
 * @returns No images if there are none, or the user cancelled.
 */
export async function imagesOfRows(rows: readonly Node[]): Promise<readonly PlannedImage[]> {
  const images = distinct(rows.filter((row) => row.kind === 'image'));
  const selected = new Set(images.map(({ id }) => id));
  const owned = rows
    .filter((row) => row.kind === 'part' || row.kind === 'tag')
    .filter((row) => row.kind === 'part' || row.tag.isCurrent)
    .filter((row) => !selected.has(imageNodeOf(row).id));
  if (owned.length > 0) {
    return planned(await ask(images.length === 0 ? aboutOwned(owned) : aboutOthers(images, owned)));
  }
  if (images.length === 0) {
    void vscode.window.showInformationMessage(noImageText(rows));
  }
  return planned(images);
}

function noImageText(rows: readonly Node[]): string {
  const former = rows.find((row) => row.kind === 'tag');
  return former === undefined
    ? l10n.t('No image is selected. Select the images in the Hub Images view first.')
    : l10n.t(
        '{0} no longer points to the image {1}. Select the image itself to delete it; the tag stays where it is now.',
        sanitizeLabel(former.tag.name),
        labelOf(former.parent),
      );
}

async function ask({ message, detail, choices }: Question): Promise<readonly ImageNode[]> {
  const titles = choices.map(({ title }) => title);
  const answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...titles);
  return choices.find(({ title }) => title === answer)?.images ?? [];
}

function aboutOwned(owned: readonly OwnedNode[]): Question {
  const images = distinct(owned.map(imageNodeOf));
  const [row] = owned;
  const isOneRow = owned.length === 1 && row !== undefined;
  return {
    message: isOneRow ? ownedText(row) : belongingText(images),
    detail: l10n.t('Only whole images can be deleted.'),
    choices: [
      {
        title:
          images.length === 1
            ? l10n.t('Delete Image…')
            : l10n.t('Delete {0} Images…', numberText(images.length)),
        images,
      },
    ],
  };
}

function aboutOthers(images: readonly ImageNode[], owned: readonly OwnedNode[]): Question {
  const others = distinct(owned.map(imageNodeOf));
  const [only, another] = others;
  const all = [...images, ...others];
  return {
    message:
      only !== undefined && another === undefined
        ? l10n.t('Some of the selected rows belong to the image {0}, which is not selected.', labelOf(only))
        : l10n.t(
            'Some of the selected rows belong to {0} images that are not selected.',
            numberText(others.length),
          ),
    detail: l10n.t('Only whole images can be deleted.'),
    choices: [
      { title: l10n.t('Delete Selected Images Only…'), images },
      { title: l10n.t('Delete All {0} Images…', numberText(all.length)), images: all },
    ],
  };
}

function ownedText(row: OwnedNode): string {
  const image = labelOf(imageNodeOf(row));
  if (row.kind === 'part') {
    return l10n.t('{0} is part of the image {1} and is deleted with it.', partRowLabel(row.image), image);
  }
  return l10n.t('{0} is a tag of the image {1} and is deleted with it.', sanitizeLabel(row.tag.name), image);
}

function belongingText(images: readonly ImageNode[]): string {
  const [only, another] = images;
  return only !== undefined && another === undefined
    ? l10n.t('The selected rows belong to the image {0}.', labelOf(only))
    : l10n.t('The selected rows belong to {0} images.', numberText(images.length));
}

function labelOf({ image }: ImageNode): string {
  return imageRowLabel(image);
}

function distinct(nodes: readonly ImageNode[]): readonly ImageNode[] {
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

function planned(nodes: readonly ImageNode[]): readonly PlannedImage[] {
  return nodes.map(({ parent, image }) => ({ repository: parent.repository, image }));
}
