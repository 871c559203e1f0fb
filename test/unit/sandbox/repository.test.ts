import assert from 'node:assert/strict';
import { countImages, selectManifests } from '../../../src/sandbox/listing';
import { SandboxRepository } from '../../../src/sandbox/repository';

const at = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-02T00:00:00Z');

function tagsOf(repository: SandboxRepository, digest: string): readonly string[] {
  const manifest = repository.get(digest);
  return manifest === undefined ? [] : repository.currentTags(manifest);
}

describe('sandbox repository', () => {
  it('moves a tag to the image that is pushed with it, and remembers where it was', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'a', tags: ['x'], at });
    repository.push({ digest: 'b', tags: ['x'], at: later });
    assert.deepEqual(tagsOf(repository, 'a'), []);
    assert.deepEqual(repository.get('a')?.tagHistory, ['x']);
    assert.deepEqual(tagsOf(repository, 'b'), ['x']);
    assert.deepEqual([...repository.holdersOf('x')], ['a', 'b']);
  });

  it('moves a tag back without remembering it twice', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'a', tags: ['x'], at });
    repository.push({ digest: 'b', tags: ['x'], at });
    repository.retag('x', 'a');
    assert.deepEqual(tagsOf(repository, 'a'), ['x']);
    assert.deepEqual(repository.get('a')?.tagHistory, ['x']);
  });

  it('keeps pulls and tags when the same image is pushed again', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'a', tags: ['x'], at, sizeBytes: 5 });
    repository.pull('a', later);
    repository.push({ digest: 'a', tags: ['y'], at: later });
    assert.deepEqual(repository.get('a'), {
      digest: 'a',
      tagHistory: ['x', 'y'],
      lastPushed: later,
      lastPulled: later,
      children: [],
      sizeBytes: 5,
      platform: { os: 'linux', architecture: 'amd64' },
    });
    assert.equal(repository.sizeBytes, 5);
  });

  it('forgets an image with all that points at it', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'index', tags: ['x'], at, children: ['child'], sizeBytes: 5 });
    repository.remove(['index']);
    assert.deepEqual([...repository.tags], []);
    assert.deepEqual([...repository.holdersOf('x')], []);
    assert.equal(repository.isChild('child'), false);
    assert.deepEqual(
      [...repository.manifests].map(({ digest }) => digest),
      ['child'],
    );
  });

  it('does not pull or tag an image that is not there', () => {
    const repository = new SandboxRepository('team', 'app');
    assert.throws(() => repository.pull('a', at), /team\/app has no image a/);
    assert.throws(() => repository.retag('x', 'a'), /team\/app has no image a/);
  });
});

describe('sandbox listing', () => {
  const selection = { status: 'active', ordering: 'digest', activeFrom: later } as const;

  it('sorts and filters once until the repository changes', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'b', at });
    repository.push({ digest: 'a', at: later });
    const listed = selectManifests(repository, selection);
    assert.deepEqual(
      listed.map(({ digest }) => digest),
      ['a'],
    );
    assert.equal(selectManifests(repository, selection), listed);
    repository.pull('b', later);
    assert.deepEqual(
      selectManifests(repository, selection).map(({ digest }) => digest),
      ['a', 'b'],
    );
  });

  it('forgets filtered lists of instants that have passed', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'a', at });
    const listed = selectManifests(repository, selection);
    for (let ms = 1; ms < 100; ms += 1) {
      selectManifests(repository, { ...selection, activeFrom: new Date(later.getTime() + ms) });
    }
    assert.notEqual(selectManifests(repository, selection), listed);
  });

  it('serves a hundred thousand images', () => {
    const repository = new SandboxRepository('team', 'app');
    for (let number = 0; number < 100_000; number += 1) {
      repository.push({ digest: `image ${number}`, tags: ['latest'], at: new Date(number * 60_000) });
    }
    const activeFrom = new Date(90_000 * 60_000);
    assert.deepEqual(countImages(repository, activeFrom), {
      total: 100_000,
      active: 10_000,
      inactive: 90_000,
    });
    const listed = selectManifests(repository, {
      status: 'inactive',
      ordering: '-last_activity',
      activeFrom,
    });
    assert.deepEqual([listed.length, listed[0]?.digest], [90_000, 'image 89999']);
  });
});
