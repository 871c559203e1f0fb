import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import type { KnownManifest } from '../../../../src/hub/registry/knownManifests';
import type { ListedTag } from '../../../../src/hub/registry/listWire';
import type { StoredManifest } from '../../../../src/hub/registry/manifestStore';
import { type GraphSources, merged, referenceGraph } from '../../../../src/hub/registry/referenceGraph';
import { listedPart, listedTag, storedManifest, storedPart } from '../../../support/registryLists';
import { digestOf } from '../../../support/images';

interface Facts {
  readonly manifests: readonly string[];
  readonly indexes?: readonly string[];
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly listedTags?: readonly ListedTag[];
  readonly stored?: Readonly<Record<string, Partial<StoredManifest>>>;
  /** Subject by attachment. */
  readonly referrers?: Readonly<Record<string, string>>;
}

/** The graph with the names of the manifests instead of their digests. */
function graphOf({
  manifests,
  indexes = [],
  tags = {},
  listedTags = [],
  stored = {},
  referrers = {},
}: Facts) {
  const byDigest = <T>(facts: Readonly<Record<string, T>>) =>
    new Map(Object.entries(facts).map(([name, fact]): [Digest, T] => [digestOf(name), fact]));
  const knownManifest = (name: string, index: number): KnownManifest => ({
    index,
    manifest: undefined,
    tags: [],
    kind: indexes.includes(name) ? 'index' : 'image',
    mayHaveSubject: true,
  });
  const sources: GraphSources = {
    known: new Map(manifests.map((name, index) => [digestOf(name), knownManifest(name, index)])),
    tagsOf: byDigest(tags),
    listedTags,
    stored: new Map([...byDigest(stored)].map(([digest, facts]) => [digest, storedManifest(facts)])),
    referrers: new Map(Object.entries(referrers).map(([of, subject]) => [digestOf(of), digestOf(subject)])),
  };
  const graph = referenceGraph(sources);
  const names = new Map(
    ['a', 'b', 'c', 'd', 'x', 'y', 'z', ...manifests].map((name) => [digestOf(name), name]),
  );
  const nameOf = (digest: Digest) => names.get(digest) ?? digest;
  const named = (lists: ReadonlyMap<Digest, readonly Digest[]>) =>
    Object.fromEntries([...lists].map(([key, list]) => [nameOf(key), list.map(nameOf)]));
  return {
    graph,
    parts: named(new Map([...graph.parts].map(([key, own]) => [key, own.map(({ digest }) => digest)]))),
    parents: named(graph.parents),
    subjects: Object.fromEntries([...graph.subjects].map(([key, subject]) => [nameOf(key), nameOf(subject)])),
    attachments: named(graph.attachments),
    unread: [...graph.unread].map(nameOf),
  };
}

const hexOf = (seed: string) => digestOf(seed).slice('sha256:'.length);

describe('parts of indexes', () => {
  it('are unknown for a manifest whose media type the registry does not explain, whatever the list says', () => {
    const image = 'application/vnd.docker.distribution.manifest.v2+json';
    const unread = (mediaType: string, indexes: readonly string[]) =>
      graphOf({ manifests: ['x'], indexes, stored: { x: { mediaType, parts: undefined } } }).unread;
    assert.deepEqual(unread('application/json', []), ['x']);
    assert.deepEqual(unread(image, ['x']), []);
  });

  it('are unknown if there are too many to evaluate, whatever the format', () => {
    const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
    const parts = Array.from({ length: 10_001 }, (_, index) => storedPart(`part ${index}`));
    assert.deepEqual(graphOf({ manifests: ['x'], stored: { x: { mediaType, parts } } }).unread, ['x']);
  });

  it('are what the registry and the list of tags say, each once', () => {
    const { parts, parents, unread } = graphOf({
      manifests: ['x', 'y', 'a', 'b', 'c'],
      indexes: ['x', 'y'],
      stored: { x: { parts: [storedPart('a'), storedPart('b'), storedPart('a')] } },
      listedTags: [listedTag('latest', { digest: digestOf('x'), parts: [listedPart('b'), listedPart('c')] })],
    });
    assert.deepEqual(parts, { x: ['a', 'b', 'c'] });
    assert.deepEqual(parents, { a: ['x'], b: ['x'], c: ['x'] });
    assert.deepEqual(unread, ['y']);
  });

  it('may be shared', () => {
    const { parents } = graphOf({
      manifests: ['x', 'y', 'a'],
      stored: { x: { parts: [storedPart('a')] }, y: { parts: [storedPart('a')] } },
    });
    assert.deepEqual(parents, { a: ['x', 'y'] });
  });

  it('are none of a single image, which the list of tags names as the only part of itself', () => {
    const { parts, unread } = graphOf({
      manifests: ['a', 'b'],
      listedTags: [
        listedTag('a', { digest: digestOf('a'), parts: [listedPart('a')] }),
        listedTag('b', { digest: digestOf('b'), parts: [listedPart('b', { digest: undefined })] }),
        listedTag('none', { parts: [listedPart('c')] }),
      ],
    });
    assert.deepEqual([parts, unread], [{}, []]);
  });

  it('are none where an index names itself', () => {
    const { parts, unread } = graphOf({ manifests: ['x'], stored: { x: { parts: [storedPart('x')] } } });
    assert.deepEqual([parts, unread], [{}, []]);
    const more = graphOf({ manifests: ['x'], stored: { x: { parts: [storedPart('x'), storedPart('a')] } } });
    assert.deepEqual(more.parts, { x: ['a'] });
  });

  it('make what the list of tags calls an image an index that was not read', () => {
    const listedTags = [listedTag('latest', { digest: digestOf('x'), parts: [listedPart('a')] })];
    assert.deepEqual(graphOf({ manifests: ['x', 'a'], listedTags }).unread, ['x']);
    const stored = { x: { parts: [] } };
    assert.deepEqual(graphOf({ manifests: ['x', 'a'], listedTags, stored }).unread, []);
    assert.deepEqual(graphOf({ manifests: ['x', 'a'], listedTags, stored: { x: {} } }).unread, ['x']);
  });

  it('are not evaluated beyond 10,000', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => storedPart(`${index}`));
    const all = graphOf({
      manifests: ['x', 'y'],
      stored: { x: { parts: many(10_000) }, y: { parts: many(10_001) } },
    });
    assert.equal(all.graph.parts.get(digestOf('x'))?.length, 10_000);
    assert.equal(all.graph.parts.has(digestOf('y')), false);
    assert.deepEqual(all.unread, ['y']);
    const listed = (count: number) => [
      listedTag('latest', {
        digest: digestOf('x'),
        parts: Array.from({ length: count }, (_, index) => listedPart(`${index}`)),
      }),
    ];
    const parts = (count: number) =>
      graphOf({ manifests: ['x'], listedTags: listed(count) }).graph.parts.get(digestOf('x'))?.length;
    assert.deepEqual([parts(10_000), parts(10_001)], [10_000, undefined]);
  });

  it('have what each source tells of them', () => {
    const { graph } = graphOf({
      manifests: ['x'],
      stored: { x: { parts: [storedPart('a', { platforms: ['linux/amd64'] })] } },
      listedTags: [
        listedTag('latest', {
          digest: digestOf('x'),
          parts: [
            listedPart('a', { platform: 'linux/arm64', sizeBytes: 7, isAttestation: true }),
            listedPart('b'),
          ],
        }),
      ],
    });
    assert.deepEqual(graph.parts.get(digestOf('x')), [
      storedPart('a', { platforms: ['linux/amd64', 'linux/arm64'], isAttestation: true, sizeBytes: 7 }),
      storedPart('b'),
    ]);
  });
});

describe('two descriptions of a manifest', () => {
  it('are combined, what is known first coming first', () => {
    const a = storedPart('a', { platforms: ['x', 'y'], sizeBytes: 1 });
    const b = storedPart('a', { platforms: ['y', 'z'], sizeBytes: 2, isAttestation: true });
    assert.deepEqual(
      merged(a, b),
      storedPart('a', { platforms: ['x', 'y', 'z'], sizeBytes: 1, isAttestation: true }),
    );
    assert.equal(merged(b, a).isAttestation, true);
    assert.equal(merged(a, a).isAttestation, false);
    assert.equal(merged(a, storedPart('a', { platforms: ['y'] })).platforms, a.platforms);
    assert.equal(merged(storedPart('a'), b).sizeBytes, 2);
  });

  it('have no more platforms than anybody reads', () => {
    const of = (count: number) =>
      storedPart('a', { platforms: Array.from({ length: count }, (_, index) => `p${index}`) });
    const more = storedPart('a', { platforms: ['more'] });
    assert.equal(merged(of(19), more).platforms.length, 20);
    assert.equal(merged(of(20), more).platforms.length, 20);
  });
});

describe('subjects of attachments', () => {
  it('are named by their content, by the subject, or by their tags', () => {
    const { subjects, attachments } = graphOf({
      manifests: ['a', 'x', 'y', 'z'],
      stored: { x: { subject: digestOf('a') } },
      referrers: { y: 'a' },
      tags: { z: [`sha256-${hexOf('a')}.sig`, `sha256-${hexOf('a')}.att`] },
    });
    assert.deepEqual(subjects, { x: 'a', y: 'a', z: 'a' });
    assert.deepEqual(attachments, { a: ['x', 'y', 'z'] });
  });

  it('are by content rather than by what the subject says', () => {
    const { subjects } = graphOf({
      manifests: ['a', 'b', 'x'],
      stored: { x: { subject: digestOf('a') } },
      referrers: { x: 'b' },
    });
    assert.deepEqual(subjects, { x: 'a' });
  });

  it('are none where they are not in the repository, or the same', () => {
    assert.deepEqual(graphOf({ manifests: ['x'], referrers: { x: 'a' } }).subjects, {});
    assert.deepEqual(graphOf({ manifests: ['x'], referrers: { x: 'x' } }).subjects, {});
    assert.deepEqual(graphOf({ manifests: ['x'], stored: { x: { subject: null } } }).subjects, {});
  });

  it('are none of an image with any other tag', () => {
    const sign = `sha256-${hexOf('a')}.sig`;
    for (const tags of [['latest'], [sign, 'latest'], ['latest', sign], [sign, `sha256-${hexOf('b')}.sig`]]) {
      const facts = { manifests: ['a', 'b', 'x'], tags: { x: tags }, referrers: { x: 'a' } };
      assert.deepEqual(graphOf(facts).subjects, {}, tags.join());
    }
  });

  it('may be attached to each other in a row', () => {
    const { subjects, attachments } = graphOf({
      manifests: ['c', 'b', 'a', 'x'],
      referrers: { a: 'x', b: 'a', c: 'b' },
    });
    assert.deepEqual(subjects, { a: 'x', b: 'a', c: 'b' });
    assert.deepEqual(attachments, { x: ['a'], a: ['b'], b: ['c'] });
  });

  it('take time in proportion to their number', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `${index}`);
    const referrers = Object.fromEntries(names.slice(1).map((name, index) => [name, `${index}`]));
    assert.equal(graphOf({ manifests: names, referrers }).graph.subjects.size, names.length - 1);
  });

  it('are taken apart where they are attached to each other in a circle', () => {
    const circle = graphOf({
      manifests: ['a', 'b', 'c', 'd'],
      referrers: { a: 'b', b: 'c', c: 'b', d: 'a' },
    });
    assert.deepEqual(circle.subjects, { a: 'b', c: 'b', d: 'a' });
    const two = graphOf({ manifests: ['a', 'b'], referrers: { a: 'b', b: 'a' } });
    assert.deepEqual(two.subjects, { b: 'a' });
  });
});
