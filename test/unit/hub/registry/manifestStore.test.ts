import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { MemoryManifestStore, type StoredManifest } from '../../../../src/hub/registry/manifestStore';
import { digestOf } from '../../../support/images';
import { storedManifest } from '../../../support/registryLists';

const of = (...seeds: readonly string[]) =>
  new Map(
    seeds.map((seed): [ReturnType<typeof digestOf>, StoredManifest] => [digestOf(seed), storedManifest()]),
  );

describe('manifests stored in memory', () => {
  it('are kept for each repository, by its full name', async () => {
    const store = new MemoryManifestStore();
    const [one, two, other] = ['demo/one', 'demo/two', 'other/one'].map(parseRepositoryRef);
    assert.ok(one !== undefined && two !== undefined && other !== undefined);
    await store.write(one, of('a'));
    await store.write(two, of('b'));
    assert.deepEqual(await store.read(one), of('a'));
    assert.deepEqual(await store.read(two), of('b'));
    assert.deepEqual(await store.read(other), new Map());
  });

  it('are replaced by the next ones, and do not change with the given map', async () => {
    const store = new MemoryManifestStore();
    const app = parseRepositoryRef('demo/app');
    const given = of('a');
    await store.write(app, of('c'));
    await store.write(app, given);
    given.clear();
    assert.deepEqual(await store.read(app), of('a'));
  });
});
