import assert from 'node:assert/strict';
import { namespaceEntries, repositoryEntries, type Added } from '../../../src/catalog/entries';
import type { Namespace, Repository } from '../../../src/hub/model';
import { formatRepository, parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';

const namespace = (name: string, origin: Namespace['origin']): Namespace => ({
  name: parseNamespaceName(name),
  origin,
});
const repository = (name: string, isPrivate = false): Repository => ({
  ...parseRepositoryRef(name),
  isPrivate,
});
const added = (namespaces: readonly string[], repositories: readonly string[] = []): Added => ({
  namespaces: namespaces.map(parseNamespaceName),
  repositories: repositories.map(parseRepositoryRef),
});

describe('namespaceEntries', () => {
  it('has the own namespace first, then organizations by name, then what was added', () => {
    const rows = namespaceEntries(
      [namespace('zeta', 'organization'), namespace('acme', 'organization'), namespace('me', 'own')],
      added(['library', 'bitnami']),
    );
    assert.deepEqual(
      rows.map(({ namespace: { name: id }, isRemovable }) => [id, isRemovable]),
      [
        ['me', false],
        ['acme', false],
        ['zeta', false],
        ['library', true],
        ['bitnami', true],
      ],
    );
  });

  it('has a namespace once, as what it is to the person', () => {
    const rows = namespaceEntries([namespace('me', 'own')], added(['me'], ['me/app']));
    assert.deepEqual(
      rows.map(({ namespace: { name: id, origin }, isRemovable, isListed }) => [
        id,
        origin,
        isRemovable,
        isListed,
      ]),
      [['me', 'own', false, true]],
    );
  });

  it('shows a namespace for repositories that were added, and lists nothing else of it', () => {
    const [row, ...others] = namespaceEntries([], added([], ['acme/api', 'acme/web']));
    assert.deepEqual(others, []);
    assert.deepEqual([row?.namespace.name, row?.isListed, row?.isRemovable], ['acme', false, false]);
  });
});

it('sorts the namespaces of each kind in natural order', () => {
  const listed = ['team10', 'team9'].map((name) => namespace(name, 'organization'));
  assert.deepEqual(
    namespaceEntries([...listed, namespace('zoe', 'own')], added([])).map((row) => row.namespace.name),
    ['zoe', 'team9', 'team10'],
  );
});

describe('repositoryEntries', () => {
  const acme = parseNamespaceName('acme');

  it('are sorted by name, in natural order', () => {
    const listed = ['acme/web', 'acme/api10', 'acme/api9'].map((name) => repository(name));
    assert.deepEqual(
      repositoryEntries(acme, listed, added([])).map((row) => formatRepository(row.repository)),
      ['acme/api9', 'acme/api10', 'acme/web'],
    );
  });

  it('merge what was added with what is listed, each once and as the server knows it', () => {
    const rows = repositoryEntries(
      acme,
      [repository('acme/api', true)],
      added([], ['acme/api', 'acme/hidden', 'other/api']),
    );
    assert.deepEqual(
      rows.map((row) => [formatRepository(row.repository), row.repository.isPrivate, row.isRemovable]),
      [
        ['acme/api', true, true],
        ['acme/hidden', undefined, true],
      ],
    );
  });
});
