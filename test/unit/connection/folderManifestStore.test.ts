import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderManifestStore } from '../../../src/connection/folderManifestStore';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { StoredManifests } from '../../../src/hub/registry/manifestStore';
import { digestOf } from '../../support/images';

const origin = 'https://hub.docker.com';
const repository = parseRepositoryRef('acme/api');
const readAt = new Date('2026-01-31T12:00:00.123Z');
const pulledBefore = new Date('2025-10-01T08:00:00.000Z');
const manifests: StoredManifests = new Map([
  [
    digestOf('index'),
    {
      mediaType: 'application/vnd.oci.image.index.v1+json',
      parts: [
        {
          digest: digestOf('arm'),
          platforms: ['linux/arm/v6', 'linux/arm/v7'],
          isAttestation: false,
          sizeBytes: 12,
        },
        { digest: digestOf('built'), platforms: [], isAttestation: true, sizeBytes: undefined },
      ],
      subject: null,
      ownRead: { at: readAt, pulledBefore },
    },
  ],
  [
    digestOf('signature'),
    {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      parts: [],
      subject: digestOf('index'),
      ownRead: { at: readAt, pulledBefore: undefined },
    },
  ],
  [
    digestOf('only asked'),
    {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      parts: undefined,
      subject: undefined,
      ownRead: undefined,
    },
  ],
]);

describe('FolderManifestStore', () => {
  let folder = '';
  const store = (of = origin) => new FolderManifestStore(join(folder, 'manifests'), of);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-images-manifests-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was kept', async () => {
    assert.deepEqual(await store().read(repository), new Map());
    await store().write(repository, manifests);
    assert.deepEqual(await store().read(repository), manifests);
    await store().write(repository, new Map());
    assert.deepEqual(await store().read(repository), new Map());
  });

  it('keeps repositories and servers apart', async () => {
    await store().write(repository, manifests);
    assert.deepEqual(await store().read(parseRepositoryRef('acme/apis')), new Map());
    assert.deepEqual(await store('https://hub.example').read(repository), new Map());
  });

  it('leaves one file, for nobody else to read', async () => {
    await store().write(repository, manifests);
    await store().write(repository, manifests);
    const names = await readdir(join(folder, 'manifests'));
    assert.equal(names.length, 1);
    assert.match(names[0] ?? '', /^[0-9a-f]{64}\.json$/);
    if (process.platform !== 'win32') {
      assert.equal((await stat(join(folder, 'manifests', names[0] ?? ''))).mode & 0o077, 0);
    }
  });

  for (const damage of [
    '',
    '{',
    '[]',
    '{"version":1,"indexes":[]}',
    '{"version":2,"manifests":[["x",{}]]}',
  ]) {
    it(`knows nothing where the file holds ${JSON.stringify(damage)}`, async () => {
      await store().write(repository, manifests);
      const [name = ''] = await readdir(join(folder, 'manifests'));
      await writeFile(join(folder, 'manifests', name), damage);
      assert.deepEqual(await store().read(repository), new Map());
    });
  }
});
