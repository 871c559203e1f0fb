import assert from 'node:assert/strict';
import { findReferences } from '../../../src/commands/image/findReferences';
import { shortDigest } from '../../../src/hub/digest';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import type { Services } from '../../../src/interaction/services';
import {
  imageNode,
  namespaceNode,
  type Node,
  partNodes,
  repositoryNode,
  tagNodes,
} from '../../../src/providers/nodes';
import type { ReferenceSubject } from '../../../src/workspace/referenceResults/subject';
import { CapturedWindow } from '../../support/capturedWindow';
import { digestOf, imageOf } from '../../support/images';

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'own' },
  { isRemovable: false, isListed: true },
);
const repository = repositoryNode(namespace, { ...parseRepositoryRef('acme/api'), isPrivate: false }, false);
const index = imageNode(
  repository,
  imageOf('index', {
    tags: [
      { name: '1.10', isCurrent: true },
      { name: '1.9', isCurrent: true },
      { name: '1.0', isCurrent: false },
    ],
    parts: [imageOf('amd64', { parts: [imageOf('built')] })],
  }),
);
const untagged = imageNode(repository, imageOf('untagged'));
const [part] = partNodes(index);
const [tag, , former] = tagNodes(index);

/** What is searched for, in the words of a person: tags, and images by their seeds. */
interface Case {
  readonly rows: readonly (Node | undefined)[];
  readonly name: string;
  readonly images: readonly (readonly [tags: readonly string[], digests: readonly string[]])[];
}

const cases: Readonly<Record<string, Case>> = {
  'an image: its tags, and the digests of its parts': {
    rows: [index],
    name: 'acme/api:1.9',
    images: [
      [
        ['1.10', '1.9'],
        ['index', 'amd64', 'built'],
      ],
    ],
  },
  'an untagged image: its digest': {
    rows: [untagged],
    name: `acme/api@${shortDigest(digestOf('untagged'))}`,
    images: [[[], ['untagged']]],
  },
  'a platform: its own digest, and that of what belongs to it': {
    rows: [part],
    name: `acme/api@${shortDigest(digestOf('amd64'))}`,
    images: [[[], ['amd64', 'built']]],
  },
  'a tag: nothing but the tag': { rows: [tag], name: 'acme/api:1.9', images: [[['1.9'], []]] },
  'a former tag, too: that tag': { rows: [former], name: 'acme/api:1.0', images: [[['1.0'], []]] },
  'several images': {
    rows: [index, untagged, repository],
    name: '2 images',
    images: [
      [
        ['1.10', '1.9'],
        ['index', 'amd64', 'built'],
      ],
      [[], ['untagged']],
    ],
  },
  'an image and a tag': {
    rows: [untagged, tag],
    name: '2 images and tags',
    images: [
      [[], ['untagged']],
      [['1.9'], []],
    ],
  },
};

async function run(rows: readonly Node[]) {
  const shown: ReferenceSubject[] = [];
  const services: Partial<Services> = {
    referencesView: {
      show: (subject) => {
        shown.push(subject);
        return Promise.resolve();
      },
    },
  };
  const captured = new CapturedWindow({});
  try {
    await findReferences(services as Services, { kind: 'rows', rows }); // no more of them are used
  } finally {
    captured.restore();
  }
  return { shown, texts: captured.texts };
}

describe('finding references in the workspace to', () => {
  for (const [what, { rows, name, images }] of Object.entries(cases)) {
    it(what, async () => {
      const { shown } = await run(rows.filter((row) => row !== undefined));
      assert.deepEqual(shown, [
        {
          name,
          images: images.map(([currentTags, seeds]) => ({
            repository: repository.repository,
            digests: seeds.map(digestOf),
            currentTags,
          })),
        },
      ]);
    });
  }

  it('nothing says that no image is selected', async () => {
    const { shown, texts } = await run([repository]);
    assert.deepEqual(shown, []);
    assert.deepEqual(texts, ['No image is selected. Select the images in the Hub Images view first.']);
  });
});
