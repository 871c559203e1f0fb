import assert from 'node:assert/strict';
import { countImages, selectManifests } from '../../../src/sandbox/listing';
import { dockerListType, ociImageType } from '../../../src/sandbox/mediaTypes';
import { SandboxRepository } from '../../../src/sandbox/repository';

const at = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-02T00:00:00Z');

const arm = { os: 'linux', architecture: 'arm', variant: 'v7' };

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
      entries: [],
      sizeBytes: 5,
      platform: { os: 'linux', architecture: 'amd64' },
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      subject: undefined,
      artifactType: undefined,
      annotations: undefined,
      document: undefined,
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

  it('keeps media type, index entries and subject of a push', () => {
    const repository = new SandboxRepository('team', 'app');
    const entry = { digest: 'part', platform: arm, annotations: { 'a.note': 'of the index' } };
    repository.push({ digest: 'list', at, mediaType: dockerListType, children: [entry, 'other'] });
    repository.push({ digest: 'signature', at, subject: 'list', artifactType: 'a/kind' });
    assert.equal(repository.get('list')?.mediaType, dockerListType);
    assert.deepEqual(repository.get('list')?.entries, [entry, { digest: 'other' }]);
    assert.deepEqual(repository.get('part')?.platform, arm);
    assert.equal(repository.get('part')?.mediaType, ociImageType);
    assert.deepEqual([...repository.referrersOf('list')], ['signature']);
    assert.equal(repository.get('signature')?.artifactType, 'a/kind');
    repository.push({ digest: 'list', at: later, tags: ['x'] });
    assert.equal(repository.get('list')?.mediaType, dockerListType);
    assert.ok(repository.isChild('part'));
    repository.remove(['list', 'signature']);
    assert.deepEqual([...repository.referrersOf('list')], []);
  });

  it('accepts a subject that does not exist', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'signature', subject: 'nowhere' });
    assert.deepEqual([...repository.referrersOf('nowhere')], ['signature']);
    assert.equal(repository.get('nowhere'), undefined);
  });

  it('releases a child when its index is pushed without it', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'index', children: ['a', 'b'] });
    repository.push({ digest: 'index', children: ['b'] });
    assert.deepEqual([repository.isChild('a'), repository.isChild('b')], [false, true]);
  });

  it('keeps the time of the last update of each tag', () => {
    const repository = new SandboxRepository('team', 'app');
    repository.push({ digest: 'a', tags: ['x', 'y'], at });
    repository.push({ digest: 'b', at: later });
    repository.retag('x', 'b');
    assert.deepEqual(repository.tagUpdatedAt('x'), new Date(later.getTime() + 1));
    assert.deepEqual(repository.tagUpdatedAt('y'), at);
    repository.retag('y', 'b');
    assert.deepEqual(repository.tagUpdatedAt('y'), new Date(later.getTime() + 2));
    repository.retag('y', 'a', at);
    assert.deepEqual(repository.tagUpdatedAt('y'), at);
    repository.push({ digest: 'b', tags: ['y'] });
    assert.equal(repository.tagUpdatedAt('y'), undefined);
    repository.removeTag('x');
    assert.equal(repository.tagUpdatedAt('x'), undefined);
  });

  it('notifies before each change, once for a whole push', () => {
    const repository = new SandboxRepository('team', 'app');
    const seen: (readonly [manifests: number, tags: number])[] = [];
    const end = repository.onWillChange(({ size, tags }) => seen.push([size, tags.size]));
    repository.push({ digest: 'index', tags: ['x', 'y'], children: ['a', 'b'] });
    repository.retag('z', 'a');
    repository.pull('a', at);
    repository.removeTag('z');
    repository.remove(['index']);
    end();
    repository.push({ digest: 'c' });
    assert.deepEqual(seen, [
      [0, 0],
      [3, 2],
      [3, 3],
      [3, 3],
      [3, 2],
    ]);
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
