import assert from 'node:assert/strict';
import { defaultRepositoriesView, type RepositoriesView } from '../../../src/catalog/repositoriesView';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { namespaceNode, type RepositoryNode, repositoryNode } from '../../../src/providers/nodes';
import { RepositoryRows } from '../../../src/providers/repositoryRows';

const parent = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'own' },
  { isRemovable: false, isListed: true },
);
const storage: Readonly<Record<string, number>> = { api: 1, 'api-docs': 5, 'api.v2': 2, web: 7, web_old: 3 };
const node = (name: string) =>
  repositoryNode(parent, { ...parseRepositoryRef(`acme/${name}`), isPrivate: false }, false);
const nodes = ['api', 'api-docs', 'api.v2', 'billing', 'mail-in', 'web', 'web_old'].map(node);

const figuresOf = ({ repository: { name } }: RepositoryNode) => {
  const storageBytes = storage[name];
  return storageBytes === undefined ? {} : { storageBytes };
};
const arranged = (
  view: Partial<RepositoriesView>,
  repositories: readonly RepositoryNode[] = nodes,
  previous?: RepositoryRows,
) => new RepositoryRows(parent, repositories, { ...defaultRepositoriesView, ...view }, figuresOf, previous);

/** Groups as `prefix(members)`. */
const shown = ({ rows }: RepositoryRows) =>
  rows
    .map((row) =>
      row.kind === 'group'
        ? `${row.prefix}(${row.repositories.map(({ repository }) => repository.name).join(' ')})`
        : row.repository.name,
    )
    .join(', ');

describe('RepositoryRows', () => {
  const cases: readonly [view: Partial<RepositoriesView>, expected: string][] = [
    [{}, 'api, api-docs, api.v2, billing, mail-in, web, web_old'],
    [{ ordering: '-storage' }, 'web, api-docs, web_old, api.v2, api, billing, mail-in'],
    [{ grouping: 'prefix' }, 'api(api api-docs api.v2), billing, mail-in, web(web web_old)'],
    [
      { grouping: 'prefix', ordering: '-storage' },
      'web(web web_old), api(api-docs api.v2 api), billing, mail-in',
    ],
  ];
  for (const [view, expected] of cases) {
    it(`are ${expected}`, () => {
      assert.equal(shown(arranged(view)), expected);
    });
  }

  it('know the group of a repository, and no group of one that stands alone', () => {
    const rows = arranged({ grouping: 'prefix' });
    const group = rows.groupOf(node('api.v2'));
    assert.equal(group?.id, 'acme/api*');
    assert.equal(rows.group('acme/api*'), group);
    assert.equal(group.parent, parent);
    assert.equal(rows.groupOf(node('mail-in')), undefined);
    assert.equal(arranged({}).groupOf(node('api.v2')), undefined);
  });

  it('keep the row of a group while it has the same repositories', () => {
    const before = arranged({ grouping: 'prefix' });
    const same = arranged({ grouping: 'prefix' }, nodes, before);
    assert.equal(same.group('acme/web*'), before.group('acme/web*'));
    const fewer = arranged({ grouping: 'prefix' }, nodes.slice(1), same);
    assert.notEqual(fewer.group('acme/api*'), before.group('acme/api*'));
    assert.equal(fewer.group('acme/web*'), before.group('acme/web*'));
  });
});
