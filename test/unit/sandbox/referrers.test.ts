import assert from 'node:assert/strict';
import { digestOf, sandboxAccounts, SandboxWorld, type SandboxOptions } from '../../../src/sandbox/index';
import { ociImageType, ociIndexType } from '../../../src/sandbox/mediaTypes';
import { withSandbox } from '../../support/sandbox';
import { TestRegistry } from './registryClient';

const image = digestOf('image');
const signature = digestOf('signature');
const sbom = digestOf('sbom');
const signatureType = 'application/vnd.dev.cosign.artifact.sig.v1+json';

interface IndexBody {
  readonly mediaType: string;
  readonly manifests: readonly Readonly<Record<string, unknown>>[];
}

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app');
  app.push({ digest: image, tags: ['latest'] });
  app.push({
    digest: signature,
    subject: image,
    artifactType: signatureType,
    annotations: { 'a.note': 'signed' },
    sizeBytes: 700,
  });
  app.push({ digest: sbom, subject: image, sizeBytes: 800 });
  app.push({ digest: digestOf('of nobody'), subject: digestOf('nowhere'), sizeBytes: 900 });
  return world;
}

describe('sandbox registry: referrers', () => {
  let options: SandboxOptions = {};
  const hub = withSandbox(() => ({ world: createWorld(), ...options }));

  const ask = (path: string, name = 'demo/app') =>
    new TestRegistry(hub.url, sandboxAccounts.demo).send(name, `referrers/${path}`);
  const digestsOf = async (path: string) =>
    ((await (await ask(path)).json()) as IndexBody).manifests.map(({ digest }) => digest);

  it('are returned as an index with type, size and annotations of each', async () => {
    const answer = await ask(image);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), ociIndexType);
    assert.equal(answer.headers.get('oci-filters-applied'), null);
    assert.deepEqual(await answer.json(), {
      schemaVersion: 2,
      mediaType: ociIndexType,
      manifests: [
        {
          mediaType: ociImageType,
          digest: signature,
          size: 700,
          artifactType: signatureType,
          annotations: { 'a.note': 'signed' },
        },
        { mediaType: ociImageType, digest: sbom, size: 800 },
      ],
    });
  });

  it('are an empty index where there are none, whether or not the subject exists', async () => {
    assert.deepEqual(await digestsOf(signature), []);
    assert.deepEqual(await digestsOf(digestOf('never pushed')), []);
    assert.deepEqual(await digestsOf(digestOf('nowhere')), [digestOf('of nobody')]);
  });

  it('are filtered by artifact type, which the answer confirms', async () => {
    const answer = await ask(`${image}?artifactType=${encodeURIComponent(signatureType)}`);
    assert.equal(answer.headers.get('oci-filters-applied'), 'artifactType');
    assert.deepEqual(
      ((await answer.json()) as IndexBody).manifests.map(({ digest }) => digest),
      [signature],
    );
  });

  it('are gone once they are deleted, and stay when their subject is deleted', async () => {
    hub.world.repository('demo/app').remove([signature]);
    assert.deepEqual(await digestsOf(image), [sbom]);
    hub.world.repository('demo/app').remove([image]);
    assert.deepEqual(await digestsOf(image), [sbom]);
  });

  it('name their subject in their own document', async () => {
    const registry = new TestRegistry(hub.url, sandboxAccounts.demo);
    const answer = await registry.send('demo/app', `manifests/${signature}`);
    const { subject, artifactType } = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual(subject, { mediaType: ociImageType, digest: image, size: 48_000_000 });
    assert.equal(artifactType, signatureType);
  });

  it('require a token for an existing repository', async () => {
    assert.equal((await fetch(`${hub.url}/v2/demo/app/referrers/${image}`)).status, 401);
    assert.equal((await ask(image, 'demo/nowhere')).status, 404);
    assert.equal((await ask(image, 'acme/nowhere')).status, 401);
  });

  describe('where they are deleted with their subject', () => {
    before(() => {
      options = { deletesReferrers: true };
    });

    after(() => {
      options = {};
    });

    it('are deleted at any depth, except those with a tag', async () => {
      const app = hub.world.repository('demo/app');
      const [untagged, tagged] = [digestOf('signature of the signature'), digestOf('tagged')];
      app.push({ digest: untagged, subject: signature });
      app.push({ digest: tagged, subject: signature, tags: ['kept'] });
      app.removeTag('latest');
      const registry = new TestRegistry(hub.url, sandboxAccounts.demo);
      const answer = await registry.send('demo/app', `manifests/${image}`, { method: 'DELETE' });
      assert.equal(answer.status, 202);
      assert.deepEqual(
        [image, signature, sbom, untagged, tagged].map((digest) => app.get(digest) !== undefined),
        [false, false, false, false, true],
      );
    });
  });

  describe('with the API switched off', () => {
    before(() => {
      options = { hasReferrers: false };
    });

    after(() => {
      options = {};
    });

    it('are answered as an unknown route', async () => {
      const answer = await ask(image);
      assert.equal(answer.status, 404);
      assert.equal(await answer.text(), '404 page not found\n');
    });
  });
});
