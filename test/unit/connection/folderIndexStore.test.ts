import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderIndexStore } from '../../../src/connection/folderIndexStore';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { StoredIndexes } from '../../../src/hub/registry/indexStore';
import { digestOf } from '../../support/images';

const origin = 'https://hub.docker.com';
const repository = parseRepositoryRef('acme/api');
const indexes: StoredIndexes = new Map([
  [
    digestOf('index'),
    [
      { digest: digestOf('arm'), platform: 'linux/arm64/v8', isAttestation: false, sizeBytes: 12 },
      { digest: digestOf('built'), platform: undefined, isAttestation: true, sizeBytes: undefined },
    ],
  ],
  [digestOf('empty'), []],
]);

describe('FolderIndexStore', () => {
  let folder = '';
  const store = (of = origin) => new FolderIndexStore(join(folder, 'indexes'), of);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-images-indexes-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was kept', async () => {
    assert.deepEqual(await store().read(repository), new Map());
    await store().write(repository, indexes);
    assert.deepEqual(await store().read(repository), indexes);
    await store().write(repository, new Map());
    assert.deepEqual(await store().read(repository), new Map());
  });

  it('keeps repositories and servers apart', async () => {
    await store().write(repository, indexes);
    assert.deepEqual(await store().read(parseRepositoryRef('acme/apis')), new Map());
    assert.deepEqual(await store('https://hub.example').read(repository), new Map());
  });

  it('leaves one file, for nobody else to read', async () => {
    await store().write(repository, indexes);
    await store().write(repository, indexes);
    const names = await readdir(join(folder, 'indexes'));
    assert.equal(names.length, 1);
    assert.match(names[0] ?? '', /^[0-9a-f]{64}\.json$/);
    if (process.platform !== 'win32') {
      assert.equal((await stat(join(folder, 'indexes', names[0] ?? ''))).mode & 0o077, 0);
    }
  });

  for (const damage of ['', '{', '[]', '{"version":2,"indexes":[]}', '{"version":1,"indexes":[["x",[]]]}']) {
    it(`knows nothing where the file holds ${JSON.stringify(damage)}`, async () => {
      await store().write(repository, indexes);
      const [name = ''] = await readdir(join(folder, 'indexes'));
      await writeFile(join(folder, 'indexes', name), damage);
      assert.deepEqual(await store().read(repository), new Map());
    });
  }
});
