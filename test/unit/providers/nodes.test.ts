import assert from 'node:assert/strict';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import {
  imageNode,
  loadMoreNode,
  messageNode,
  namespaceNode,
  repositoryNode,
  repositoryOf,
  tagNodes,
  type Node,
} from '../../../src/providers/nodes';
import { imageOf } from '../../support/images';

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'organization' },
  { isRemovable: false, isListed: true },
);
const ref = parseRepositoryRef('acme/api');
const repository = repositoryNode(namespace, { ...ref, isPrivate: false }, false);
const image = imageNode(
  repository,
  imageOf('a', {
    tags: [
      { name: 'old', isCurrent: false },
      { name: 'latest', isCurrent: true },
      { name: 'latest', isCurrent: false },
    ],
  }),
);
const [tag] = tagNodes(image);
assert.ok(tag);
const message = messageNode(repository, 'listing', { severity: 'error', text: 'No.' });
const more = loadMoreNode(repository, { next: 1, loaded: 1, count: 2 });

describe('nodes', () => {
  it('have ids that stay the same from one reading to the next', () => {
    assert.equal(namespace.id, 'acme');
    assert.equal(repository.id, 'acme/api');
    assert.equal(image.id, `acme/api@${imageOf('a').digest}`);
    assert.equal(tag.id, `${image.id}#latest`);
  });

  it('have ids of their own', () => {
    const nodes: Node[] = [namespace, repository, image, ...tagNodes(image), message, more];
    nodes.push(messageNode(undefined, 'listing', { severity: 'error', text: 'No.' }));
    nodes.push(messageNode(namespace, 'listing', { severity: 'error', text: 'No.' }));
    nodes.push(messageNode(repository, 'nextPage', { severity: 'error', text: 'No.' }));
    assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  });

  it('list the tags of each kind in natural order', () => {
    const tags = ['v1.10', 'v1.9', 'v1.2'].flatMap((name) => [
      { name: `old-${name}`, isCurrent: false },
      { name, isCurrent: true },
    ]);
    assert.deepEqual(
      tagNodes(imageNode(repository, imageOf('a', { tags }))).map((node) => node.tag.name),
      ['v1.2', 'v1.9', 'v1.10', 'old-v1.2', 'old-v1.9', 'old-v1.10'],
    );
  });

  it('list a tag once, and the current ones first', () => {
    assert.deepEqual(
      tagNodes(image).map(({ tag: { name, isCurrent } }) => [name, isCurrent]),
      [
        ['latest', true],
        ['old', false],
      ],
    );
  });

  for (const node of [repository, image, tag, message, more]) {
    it(`belong to their repository: ${node.kind}`, () => {
      assert.deepEqual(repositoryOf(node), { ...ref, isPrivate: false });
    });
  }

  it('belong to no repository above one', () => {
    const rootMessage = messageNode(undefined, 'listing', { severity: 'error', text: 'No.' });
    assert.deepEqual([namespace, rootMessage, undefined].map(repositoryOf), [
      undefined,
      undefined,
      undefined,
    ]);
  });
});
