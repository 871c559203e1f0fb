import assert from 'node:assert/strict';
import type { Namespace, Repository } from '../../../src/hub/model';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { NodeCache } from '../../../src/providers/nodeCache';
import { namespaceNode, type NamespaceNode, repositoryNode } from '../../../src/providers/nodes';

const namespace = (name: string, origin: Namespace['origin']): Namespace => ({
  name: parseNamespaceName(name),
  origin,
});
const repository = (name: string, isPrivate = false): Repository => ({
  ...parseRepositoryRef(name),
  isPrivate,
});

describe('NodeCache', () => {
  const read = (isPrivate: boolean) => {
    const rows = [namespaceNode(namespace('acme', 'own'), { isRemovable: false, isListed: true })];
    const repositoryRows = (parent: NamespaceNode) => [
      repositoryNode(parent, repository('acme/api', isPrivate), false),
    ];
    return { rows, repositoryRows };
  };

  it('gives the same object for a row that says the same', () => {
    const cache = new NodeCache();
    const [first] = cache.replaceChildren(undefined, read(false).rows);
    const [second] = cache.replaceChildren(undefined, read(false).rows);
    assert.equal(first, second);
    assert.ok(first);
    const [api] = cache.replaceChildren(first, read(false).repositoryRows(first));
    const [same] = cache.replaceChildren(first, read(false).repositoryRows(first));
    assert.equal(api, same);
  });

  it('gives another object for a row that changed', () => {
    const cache = new NodeCache();
    const [parent] = cache.replaceChildren(undefined, read(false).rows);
    assert.ok(parent);
    cache.replaceChildren(parent, read(false).repositoryRows(parent));
    const [changed] = cache.replaceChildren(parent, read(true).repositoryRows(parent));
    assert.equal(changed?.repository.isPrivate, true);
  });

  it('forgets rows that are gone, and those under them', () => {
    const cache = new NodeCache();
    const [parent] = cache.replaceChildren(undefined, read(false).rows);
    assert.ok(parent);
    cache.replaceChildren(parent, read(false).repositoryRows(parent));
    assert.equal(cache.repositories().length, 1);
    cache.replaceChildren(undefined, []);
    assert.deepEqual([cache.namespaces(), cache.repositories()], [[], []]);
  });
});
