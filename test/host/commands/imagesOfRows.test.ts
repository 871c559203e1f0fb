import assert from 'node:assert/strict';
import { imagesOfRows } from '../../../src/commands/image/imagesOfRows';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import {
  imageNode,
  namespaceNode,
  type Node,
  partNodes,
  repositoryNode,
  tagNodes,
} from '../../../src/providers/nodes';
import { CapturedWindow } from '../../support/capturedWindow';
import { imageOf } from '../../support/images';

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'own' },
  { isRemovable: false, isListed: true },
);
const repository = repositoryNode(namespace, { ...parseRepositoryRef('acme/api'), isPrivate: false }, false);
const amd64 = imageOf('amd64', {
  platform: 'linux/amd64',
  parts: [imageOf('built', { role: 'attestation' })],
});
const index = imageNode(
  repository,
  imageOf('index', {
    tags: [
      { name: '1.1', isCurrent: true },
      { name: '1.0', isCurrent: false },
    ],
    parts: [amd64, imageOf('arm64', { platform: 'linux/arm64' })],
  }),
);
const other = imageNode(
  repository,
  imageOf('other', { tags: [{ name: '2.0', isCurrent: true }], parts: [amd64] }),
);
const single = imageNode(repository, imageOf('single', { tags: [{ name: '3.0', isCurrent: true }] }));
const [tag, formerTag] = tagNodes(index);
const [part, secondPart] = partNodes(index);
const [partOfPart] = part === undefined ? [] : partNodes(part);
const [partOfOther] = partNodes(other);

const nothingSelected = 'No image is selected. Select the images in the Hub Images view first.';
const onlyWhole = 'Only whole images can be deleted.';

/** The rows, what is said, the button that is chosen, and the images that it leads to. */
interface Case {
  readonly rows: readonly (Node | undefined)[];
  readonly says: readonly string[];
  readonly choose?: string;
  readonly leadsTo: readonly Node[];
}

const cases: Readonly<Record<string, Case>> = {
  'images alone': { rows: [index, single], says: [], leadsTo: [index, single] },
  'an image twice': { rows: [index, index], says: [], leadsTo: [index] },
  'no rows': { rows: [], says: [nothingSelected], leadsTo: [] },
  'a repository': { rows: [repository], says: [nothingSelected], leadsTo: [] },
  'a platform': {
    rows: [part],
    says: ['linux/amd64 is part of the image 1.1 and is deleted with it.', onlyWhole, 'Delete Image…'],
    choose: 'Delete Image…',
    leadsTo: [index],
  },
  'a platform, and the question is closed': {
    rows: [part],
    says: ['linux/amd64 is part of the image 1.1 and is deleted with it.', onlyWhole, 'Delete Image…'],
    leadsTo: [],
  },
  'an attestation of a platform': {
    rows: [partOfPart],
    says: ['attestation is part of the image 1.1 and is deleted with it.', onlyWhole, 'Delete Image…'],
    choose: 'Delete Image…',
    leadsTo: [index],
  },
  'a tag': {
    rows: [tag],
    says: ['1.1 is a tag of the image 1.1 and is deleted with it.', onlyWhole, 'Delete Image…'],
    choose: 'Delete Image…',
    leadsTo: [index],
  },
  'a former tag': {
    rows: [formerTag],
    says: [
      '1.0 no longer points to the image 1.1. Select the image itself to delete it; the tag stays where it is now.',
    ],
    leadsTo: [],
  },
  'several parts of one image': {
    rows: [part, secondPart, tag],
    says: ['The selected rows belong to the image 1.1.', onlyWhole, 'Delete Image…'],
    choose: 'Delete Image…',
    leadsTo: [index],
  },
  'parts of several images': {
    rows: [part, secondPart, partOfOther],
    says: ['The selected rows belong to 2 images.', onlyWhole, 'Delete 2 Images…'],
    choose: 'Delete 2 Images…',
    leadsTo: [index, other],
  },
  'an image and its own parts': { rows: [index, part, tag], says: [], leadsTo: [index] },
  'an image and a part of another, of which only the image is wanted': {
    rows: [single, part],
    says: [
      'Some of the selected rows belong to the image 1.1, which is not selected.',
      onlyWhole,
      'Delete Selected Images Only…',
      'Delete All 2 Images…',
    ],
    choose: 'Delete Selected Images Only…',
    leadsTo: [single],
  },
  'an image and parts of others, all of which are wanted': {
    rows: [single, part, partOfOther, repository],
    says: [
      'Some of the selected rows belong to 2 images that are not selected.',
      onlyWhole,
      'Delete Selected Images Only…',
      'Delete All 3 Images…',
    ],
    choose: 'Delete All 3 Images…',
    leadsTo: [single, index, other],
  },
};

describe('the images of rows', () => {
  for (const [name, { rows, says, choose, leadsTo }] of Object.entries(cases)) {
    it(`are found, or offered: ${name}`, async () => {
      const captured = new CapturedWindow({ showInformationMessage: () => choose });
      const known = rows.filter((row) => row !== undefined);
      assert.equal(known.length, rows.length);
      try {
        const images = await imagesOfRows(known);
        assert.deepEqual(
          images.map(
            ({ repository: { namespace: of, name: called }, image }) => `${of}/${called}@${image.digest}`,
          ),
          leadsTo.map(({ id }) => id),
        );
      } finally {
        captured.restore();
      }
      assert.deepEqual(captured.texts, says);
    });
  }
});
