import assert from 'node:assert/strict';
import {
  demoCredentials,
  demoWorld,
  sandboxAccounts,
  type SandboxRepository,
} from '../../../src/sandbox/index';
import { countImages } from '../../../src/sandbox/listing';
import { oneMonthBefore } from '../../../src/sandbox/time';

const now = new Date('2026-05-20T09:00:00Z');

function snapshot(repository: SandboxRepository): string {
  return JSON.stringify([[...repository.manifests], [...repository.tags]]);
}

describe('demo world', () => {
  const world = demoWorld(now);
  const repositories = [...world.namespaces].flatMap(({ repositories: all }) => [...all.values()]);

  for (const [name, total, inactive] of [
    ['acme/api', 41, 12],
    ['acme/gateway', 27, 15],
    ['acme/nightly', 240, 210],
    ['acme/billing', 9, 6],
    ['demo/website', 12, 8],
    ['demo/dotfiles', 5, 3],
    ['demo/archive', 6, 6],
    ['demo/scratchpad', 0, 0],
  ] as const) {
    it(`has ${total} images in ${name}, ${inactive} of them inactive`, () => {
      const counts = countImages(world.repository(name), oneMonthBefore(now));
      assert.deepEqual(counts, { total, active: total - inactive, inactive });
    });
  }

  for (const time of ['2026-03-05T00:00:00Z', '2026-03-31T23:00:00Z', '2026-08-31T12:00:00Z']) {
    it(`tells the same story on ${time}, however long the month before was`, () => {
      const then = new Date(time);
      const counts = countImages(demoWorld(then).repository('acme/api'), oneMonthBefore(then));
      assert.deepEqual(counts, { total: 41, active: 29, inactive: 12 });
    });
  }

  it('is the same for the same time', () => {
    const again = demoWorld(now);
    for (const repository of repositories) {
      const { namespace, name } = repository;
      assert.equal(snapshot(again.repository(`${namespace}/${name}`)), snapshot(repository));
    }
  });

  it('has digests of the real form, and no time in the future', () => {
    for (const { manifests } of repositories) {
      for (const { digest, lastPushed, lastPulled } of manifests) {
        assert.match(digest, /^sha256:[0-9a-f]{64}$/);
        assert.ok((lastPushed ?? now) <= now && (lastPulled ?? now) <= now);
        assert.ok(lastPulled === undefined || lastPushed === undefined || lastPulled >= lastPushed);
      }
    }
  });

  it('has everything a newcomer should meet', () => {
    const all = repositories.flatMap((repository) =>
      [...repository.manifests].map((manifest) => ({
        ...manifest,
        current: repository.currentTags(manifest).length,
      })),
    );
    const meets = {
      untagged: all.some(({ current }) => current === 0),
      formerlyTagged: all.some(({ current, tagHistory }) => current === 0 && tagHistory.length > 0),
      manyTags: all.some(({ current }) => current > 2),
      multiPlatform: all.some(({ children }) => children.length > 0),
      neverPulled: all.some(({ lastPulled }) => lastPulled === undefined),
      unknown: all.some(({ lastPulled, lastPushed }) => lastPulled === undefined && lastPushed === undefined),
      private: repositories.some(({ isPrivate }) => isPrivate),
    };
    assert.deepEqual(Object.values(meets).every(Boolean), true, JSON.stringify(meets));
  });

  it('is signed into with obviously false credentials', () => {
    for (const { username, password } of Object.values(sandboxAccounts)) {
      assert.equal(password, `sandbox-${username}`);
      assert.equal(world.findUser(username)?.password, password);
    }
    assert.deepEqual(demoCredentials, { username: 'demo', password: 'dckr_pat_sandbox-demo' });
  });
});
