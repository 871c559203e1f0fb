import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '../../../src/hub/session/credentials';
import { sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { Skopeo } from '../support/skopeo';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder';
import {
  attestationOf,
  imageOf,
  indexOf,
  type TestManifest,
  withParts,
  writeLayout,
} from '../support/testImages';
import { demo } from '../support/tokenServer';
import { withRegistry } from '../support/withRegistry';

/** A registry that skopeo is pointed at. */
interface Target {
  /** @param credentials Of an account that may do everything, unless said otherwise; `null` for nobody. */
  readonly skopeo: (credentials?: Credentials | null) => Skopeo;
  readonly account: Credentials;
  /** All known differences between Docker Hub and docker-registry. */
  readonly differences: {
    /** Result of the deletion of an image with tags. */
    readonly taggedImage: 'deleted with its tags' | 'refused';
    /** What happens to manifests that only a deleted index contains. */
    readonly partsOfDeletedIndex: 'kept' | 'deleted';
    /** Result of the deletion of a manifest that an index contains. */
    readonly partOfIndex: 'deleted' | 'refused';
  };
  /** Removes a tag by Docker Hub's own API, which docker-registry does not have. */
  readonly removeTag: (name: string, tag: string) => void;
}

const arm = { os: 'linux', architecture: 'arm64', variant: 'v8' };
const at = ({ digest }: TestManifest) => `@${digest}`;

describe('skopeo', () => {
  const registry = withRegistry();
  const hub = withSandbox(() => ({ world: createWorld(), routes: 'today' }));
  let temporary: TemporaryFolder | undefined;
  let folder = '';
  let layouts = 0;
  let repositories = 0;

  before(async () => {
    temporary = await createTemporaryFolder('hub-images-skopeo-');
    folder = temporary.path;
  });

  after(() => temporary?.remove());

  const layout = () => {
    layouts += 1;
    return join(folder, `layout-${layouts}`);
  };

  const dockerRegistry: Target = {
    skopeo: (credentials) => registry.skopeo(credentials),
    account: demo,
    differences: {
      taggedImage: 'deleted with its tags',
      partsOfDeletedIndex: 'kept',
      partOfIndex: 'deleted',
    },
    removeTag: () => undefined,
  };

  const sandbox: Target = {
    skopeo: (credentials = sandboxAccounts.demo) =>
      new Skopeo({ host: new URL(hub.url).host, folder, ...(credentials && { credentials }) }),
    account: sandboxAccounts.demo,
    differences: {
      taggedImage: 'refused',
      partsOfDeletedIndex: 'deleted',
      partOfIndex: 'refused',
    },
    removeTag: (name, tag) => {
      hub.world.repository(name).removeTag(tag);
    },
  };

  for (const [title, target] of [
    ['docker-registry', dockerRegistry],
    ['the sandbox', sandbox],
  ] as const) {
    describe(`at ${title}`, () => {
      const { skopeo, account, differences, removeTag } = target;
      let name = '';

      beforeEach(() => {
        repositories += 1;
        name = `demo/skopeo-${repositories}`; // its own, so that no test sees what another has pushed
      });

      async function push(manifest: TestManifest, reference: string, ...options: string[]): Promise<void> {
        const source = layout();
        await writeLayout(source, manifest);
        await skopeo().copyIn(source, name, reference, ...options);
      }

      const isThere = async (manifest: TestManifest) =>
        skopeo()
          .inspectRaw(name, at(manifest))
          .then(
            () => true,
            (error: unknown) => {
              assert.match(String(error), /manifest unknown/);
              return false;
            },
          );

      it('lists the tags', async () => {
        const image = imageOf([name]);
        for (const tag of ['latest', '1.0', '1.1']) await push(image, `:${tag}`);
        assert.deepEqual([...(await skopeo().listTags(name))].sort(), ['1.0', '1.1', 'latest']);
      });

      it('inspects an image by tag and by digest', async () => {
        const image = imageOf([name, 'second layer'], arm);
        await push(image, ':1.0');
        for (const reference of [':1.0', at(image)]) {
          const found = await skopeo().inspect(name, reference);
          assert.equal(found.Digest, image.digest);
          assert.deepEqual(found.RepoTags, ['1.0']);
          assert.deepEqual([found.Os, found.Architecture], ['linux', 'arm64']);
          assert.deepEqual(
            found.Layers,
            image.parts.slice(1).map(({ digest }) => digest),
          );
        }
      });

      it('reads the exact bytes of an image and of an index, by tag and by digest', async () => {
        const amd64 = imageOf([name]);
        const index = indexOf(amd64, imageOf([name, 'arm'], arm), attestationOf(amd64));
        await push(index, ':multi');
        for (const [reference, manifest] of [
          [':multi', index],
          [at(index), index],
          [at(amd64), amd64],
        ] as const) {
          assert.equal(await skopeo().inspectRaw(name, reference), manifest.bytes.toString());
        }
      });

      it('copies an index in and out with all its contents', async () => {
        const amd64 = imageOf([name]);
        const index = indexOf(amd64, imageOf([name, 'arm'], arm), attestationOf(amd64));
        await push(index, ':multi');
        const target = layout();
        await skopeo().copyOut(name, ':multi', target);
        for (const { digest } of withParts(index)) {
          await access(join(target, 'blobs', ...digest.split(':')));
        }
      });

      it("copies in Docker's own formats", async () => {
        const index = indexOf(imageOf([name]), imageOf([name, 'arm'], arm));
        await push(index, ':multi', '--format', 'v2s2');
        const { mediaType, manifests } = JSON.parse(await skopeo().inspectRaw(name, ':multi')) as {
          readonly mediaType: string;
          readonly manifests: readonly { readonly mediaType: string }[];
        };
        assert.equal(mediaType, 'application/vnd.docker.distribution.manifest.list.v2+json');
        for (const part of manifests) {
          assert.equal(part.mediaType, 'application/vnd.docker.distribution.manifest.v2+json');
        }
        await skopeo().copyOut(name, ':multi', layout());
      });

      it('copies from one repository to another', async () => {
        const image = imageOf([name]);
        await push(image, ':1.0');
        await skopeo().copyWithin(name, `${name}-copy`, ':1.0');
        assert.equal((await skopeo().inspect(`${name}-copy`, ':1.0')).Digest, image.digest);
        assert.deepEqual(await skopeo().listTags(`${name}-copy`), ['1.0']);
      });

      it('reads without credentials, but writes and deletes nothing', async () => {
        const image = imageOf([name]);
        await push(image, ':1.0');
        assert.equal((await skopeo(null).inspect(name, ':1.0')).Digest, image.digest);
        const source = layout();
        await writeLayout(source, image);
        await assert.rejects(skopeo(null).copyIn(source, name, ':2.0'), /authentication required|denied/);
        await assert.rejects(skopeo(null).delete(name, ':1.0'), /authentication required|denied/);
        assert.deepEqual(await skopeo().listTags(name), ['1.0']);
      });

      it('reports a wrong password, a missing tag and a missing repository', async () => {
        await push(imageOf([name]), ':1.0');
        const stranger = { ...account, password: 'wrong' };
        await assert.rejects(skopeo(stranger).inspect(name, ':1.0'), /incorrect username or password/);
        await assert.rejects(skopeo().inspectRaw(name, ':nowhere'), /manifest unknown/);
        await assert.rejects(skopeo().inspectRaw(`${name}-nowhere`, ':1.0'), /(manifest|name) unknown/);
      });

      it('deletes an image without tags, once', async () => {
        const [earlier, later] = [imageOf([name, 'earlier']), imageOf([name, 'later'])];
        await push(earlier, ':latest');
        await push(later, ':latest');
        await skopeo().delete(name, at(earlier));
        assert.equal(await isThere(earlier), false);
        await assert.rejects(skopeo().delete(name, at(earlier)), /Image may not exist/);
        assert.equal((await skopeo().inspect(name, ':latest')).Digest, later.digest);
      });

      for (const by of ['tag', 'digest'] as const) {
        it(`deletes an image with tags by ${by}: it is ${differences.taggedImage}`, async () => {
          const image = imageOf([name]);
          await push(image, ':1.0');
          await push(image, ':latest');
          const deletion = skopeo().delete(name, by === 'tag' ? ':1.0' : at(image));
          if (differences.taggedImage === 'refused') {
            await assert.rejects(deletion, /referenced by other images/);
            assert.deepEqual([...(await skopeo().listTags(name))].sort(), ['1.0', 'latest']);
            removeTag(name, '1.0');
            removeTag(name, 'latest');
            await skopeo().delete(name, at(image));
          } else {
            await deletion;
          }
          assert.equal(await isThere(image), false);
          assert.deepEqual(await skopeo().listTags(name), []);
        });
      }

      it(`deletes an index: manifests that only it contains are ${differences.partsOfDeletedIndex}`, async () => {
        const shared = imageOf([name, 'shared'], arm);
        const [old, newer] = [imageOf([name, 'old']), imageOf([name, 'newer'])];
        const [leaving, staying] = [indexOf(old, shared), indexOf(newer, shared)];
        await push(leaving, ':latest');
        await push(staying, ':latest');
        await skopeo().delete(name, at(leaving));
        assert.equal(await isThere(leaving), false);
        assert.equal(await isThere(old), differences.partsOfDeletedIndex === 'kept');
        for (const manifest of [staying, newer, shared]) assert.equal(await isThere(manifest), true);
      });

      it(`deletes a manifest that an index contains: it is ${differences.partOfIndex}`, async () => {
        const part = imageOf([name]);
        await push(indexOf(part, imageOf([name, 'arm'], arm)), ':latest');
        const deletion = skopeo().delete(name, at(part));
        if (differences.partOfIndex === 'refused') {
          await assert.rejects(deletion, /referenced by other images/);
        } else {
          await deletion;
        }
        assert.equal(await isThere(part), differences.partOfIndex === 'refused');
      });
    });
  }
});

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  return world;
}
