import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import { type KnownManifest, KnownManifests } from '../../../../src/hub/registry/knownManifests';
import {
  canHaveSubject,
  FactsByManifest,
  type FactSources,
  isIndependent,
  type ManifestFacts,
  manifestKind,
  mayBeAttached,
  roleOf,
} from '../../../../src/hub/registry/manifestFacts';
import type { ManifestKind } from '../../../../src/hub/registry/manifestKind';
import type { ReferenceGraph } from '../../../../src/hub/registry/referenceGraph';
import { tagClaims } from '../../../../src/hub/registry/tagClaims';
import { digestOf } from '../../../support/images';
import { listedManifest, listsOf, storedManifest, storedPart } from '../../../support/registryLists';

const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const [a, b, c] = [digestOf('a'), digestOf('b'), digestOf('c')];

const emptyGraph: ReferenceGraph = {
  parts: new Map(),
  parents: new Map(),
  subjects: new Map(),
  attachments: new Map(),
  unread: new Set(),
};

function sourcesOf({
  graph = {},
  ...others
}: Partial<Omit<FactSources, 'graph'>> & { readonly graph?: Partial<ReferenceGraph> } = {}): FactSources {
  return {
    claims: tagClaims([], [], new Map()),
    stored: new Map(),
    referrers: new Map(),
    times: new Map(),
    graph: { ...emptyGraph, ...graph },
    ...others,
  };
}

/** What is known of a manifest that no source names. */
const nothing: ManifestFacts = {
  tags: [],
  isDisputed: false,
  asked: undefined,
  isReferrer: false,
  parts: undefined,
  attachments: [],
  asPart: undefined,
  hasSubject: false,
  isUnread: false,
  times: undefined,
};

const factsOf = (facts: Partial<ManifestFacts>): ManifestFacts => ({ ...nothing, ...facts });
const known = new KnownManifests(
  listsOf(
    ['a', 'b', 'c'].map((seed) => listedManifest(seed)),
    [],
  ),
);

const asked = storedManifest({ mediaType: ociImage });
const part = storedPart('a', { platforms: ['linux/amd64'] });
const pullTimes = { lastPushed: undefined, lastPulled: new Date(0), reportsPulls: true };
const oneTag = tagClaims([listedManifest('a', { tags: ['1'] })], [], new Map());
const oneTagOfTwo = tagClaims([listedManifest('a', { tags: ['1'] })], [], new Map([['1', b]]));

describe('facts about a manifest', () => {
  const cases: Readonly<Record<string, readonly [FactSources, Partial<ManifestFacts>]>> = {
    'of no source': [sourcesOf(), {}],
    'of its tags': [sourcesOf({ claims: oneTag }), { tags: ['1'] }],
    'of a tag that also another one may have': [
      sourcesOf({ claims: oneTagOfTwo }),
      { tags: ['1'], isDisputed: true },
    ],
    'of the registry': [sourcesOf({ stored: new Map([[a, asked]]) }), { asked }],
    'of the attachments of a manifest': [sourcesOf({ referrers: new Map([[a, b]]) }), { isReferrer: true }],
    'of its own content': [
      sourcesOf({ graph: { parts: new Map([[a, [storedPart('b')]]]) } }),
      { parts: [storedPart('b')] },
    ],
    'of its attachments': [sourcesOf({ graph: { attachments: new Map([[a, [b]]]) } }), { attachments: [b] }],
    'of an index that contains it': [
      sourcesOf({ graph: { parts: new Map([[b, [part]]]) } }),
      { asPart: part },
    ],
    'of its subject': [sourcesOf({ graph: { subjects: new Map([[a, b]]) } }), { hasSubject: true }],
    'of what was not read': [sourcesOf({ graph: { unread: new Set([a]) } }), { isUnread: true }],
    'of its times': [sourcesOf({ times: new Map([[a, pullTimes]]) }), { times: pullTimes }],
  };
  for (const [source, [sources, expected]] of Object.entries(cases)) {
    it(`are those ${source}, whether or not the manifest is known`, () => {
      const facts = new FactsByManifest(known, sources);
      assert.deepEqual(facts.of(a, known.byDigest.get(a)), factsOf(expected));
      assert.deepEqual(facts.of(a, undefined), factsOf(expected));
      assert.deepEqual(facts.of(c, known.byDigest.get(c)), nothing);
    });
  }

  it('are those of all sources together', () => {
    const sources = sourcesOf({
      claims: oneTag,
      stored: new Map([[a, asked]]),
      referrers: new Map([[a, b]]),
      graph: {
        parts: new Map([
          [a, [storedPart('c')]],
          [b, [part]],
        ]),
        attachments: new Map([[a, [c]]]),
        subjects: new Map([[a, b]]),
        unread: new Set([a]),
      },
      times: new Map([[a, pullTimes]]),
    });
    assert.deepEqual(new FactsByManifest(known, sources).of(a, known.byDigest.get(a)), {
      tags: ['1'],
      isDisputed: false,
      asked,
      isReferrer: true,
      parts: [storedPart('c')],
      attachments: [c],
      asPart: part,
      hasSubject: true,
      isUnread: true,
      times: pullTimes,
    });
  });

  it('name it as a part with what all indexes say that contain it', () => {
    const parts = new Map([
      [b, [storedPart('a', { platforms: ['linux/amd64'] })]],
      [c, [storedPart('a', { platforms: ['linux/arm64'], isAttestation: true, sizeBytes: 1 })]],
    ]);
    const facts = new FactsByManifest(known, sourcesOf({ graph: { parts } }));
    assert.deepEqual(
      facts.of(a, known.byDigest.get(a)).asPart,
      storedPart('a', { platforms: ['linux/amd64', 'linux/arm64'], isAttestation: true, sizeBytes: 1 }),
    );
    assert.deepEqual([facts.isPart(a), facts.isPart(b)], [true, false]);
  });

  it('include those of manifests that are not known, and leave the known ones as they are', () => {
    const facts = new FactsByManifest(
      known,
      sourcesOf({ stored: new Map([[digestOf('unknown'), asked]]), graph: { unread: new Set([b]) } }),
    );
    assert.deepEqual(facts.of(digestOf('unknown'), undefined), factsOf({ asked }));
    assert.deepEqual(
      [a, b, c].map((digest) => facts.of(digest, known.byDigest.get(digest)).isUnread),
      [false, true, false],
    );
  });

  it('are looked up in the sources that name the manifest, and in no other', () => {
    const asks: string[] = [];
    const has = (name: string, source: { has(digest: Digest): boolean }) => ({
      has: (digest: Digest) => {
        asks.push(name);
        return source.has(digest);
      },
    });
    const watchedSet = (name: string, source: ReadonlySet<Digest>): ReadonlySet<Digest> =>
      Object.assign(new Set(source), has(name, source));
    const watched = <Fact>(name: string, source: ReadonlyMap<Digest, Fact>): ReadonlyMap<Digest, Fact> =>
      Object.assign(new Map(source), {
        ...has(name, source),
        get: (digest: Digest) => {
          asks.push(name);
          return source.get(digest);
        },
      });
    const { tagsOf, disputedImages } = oneTag;
    const sources = sourcesOf({
      claims: {
        ...oneTag,
        tagsOf: watched('tags', tagsOf),
        disputedImages: watchedSet('disputed', disputedImages),
      },
      stored: watched('asked', new Map([[a, asked]])),
      referrers: watched('referrers', new Map([[b, a]])),
      graph: {
        parts: watched('parts', new Map([[b, [storedPart('other')]]])),
        attachments: watched('attachments', new Map([[a, [b]]])),
        subjects: watched('subjects', new Map([[b, a]])),
        unread: watchedSet('unread', new Set([a])),
      },
      times: watched('times', new Map([[b, pullTimes]])),
    });
    const facts = new FactsByManifest(known, sources);
    const asksFor = (digest: Digest, manifest: KnownManifest | undefined) => {
      asks.length = 0;
      facts.of(digest, manifest);
      return [...asks];
    };
    assert.deepEqual(asksFor(a, known.byDigest.get(a)), [
      'tags',
      'disputed',
      'asked',
      'attachments',
      'unread',
    ]);
    assert.deepEqual(asksFor(b, known.byDigest.get(b)), ['referrers', 'parts', 'subjects', 'times']);
    assert.deepEqual(asksFor(c, known.byDigest.get(c)), []);
    assert.equal(asksFor(c, undefined).length, 9);
  });

  it('are one object for all manifests that no source names', () => {
    const facts = new FactsByManifest(known, sourcesOf({ graph: { unread: new Set([a]) } }));
    assert.equal(facts.of(b, known.byDigest.get(b)), facts.of(c, known.byDigest.get(c)));
  });
});

describe('whether a manifest stands for itself', () => {
  it('is so unless it is attached to another, or is a part without a tag', () => {
    const tags = ['1'];
    const cases: readonly (readonly [Partial<ManifestFacts>, boolean])[] = [
      [{}, true],
      [{ tags }, true],
      [{ asPart: part }, false],
      [{ asPart: part, tags }, true],
      [{ hasSubject: true }, false],
      [{ hasSubject: true, tags }, false],
      [{ hasSubject: true, asPart: part, tags }, false],
    ];
    for (const [facts, expected] of cases) {
      assert.equal(isIndependent(factsOf(facts)), expected, JSON.stringify(facts));
    }
  });
});

describe('the kind of a manifest', () => {
  const listed = (kind: ManifestKind): KnownManifest => ({
    index: 0,
    manifest: undefined,
    tags: [],
    kind,
    mayHaveSubject: true,
  });

  it('is what the registry said, otherwise what the lists say', () => {
    const read = factsOf({ asked: storedManifest({ mediaType: ociIndex }) });
    assert.equal(manifestKind(read, listed('image')), 'index');
    assert.equal(manifestKind(read, undefined), 'index');
    assert.equal(manifestKind(factsOf({ asked: storedManifest() }), listed('image')), 'unknown');
    assert.equal(manifestKind(nothing, listed('image')), 'image');
    assert.equal(manifestKind(nothing, undefined), 'unknown');
  });
});

describe('whether a manifest may be attached to any other', () => {
  const listed = (mayHaveSubject: boolean): KnownManifest => ({
    index: 0,
    manifest: undefined,
    tags: [],
    kind: 'unknown',
    mayHaveSubject,
  });
  const read = (mediaType: string) => storedManifest({ mediaType });

  it('follows from the format that the registry names, otherwise from the lists', () => {
    assert.equal(canHaveSubject(factsOf({ asked: read(dockerImage) }), listed(true)), false);
    assert.equal(canHaveSubject(factsOf({ asked: read(ociImage) }), listed(false)), true);
    assert.equal(canHaveSubject(nothing, listed(false)), false);
    assert.equal(canHaveSubject(nothing, listed(true)), true);
    assert.equal(canHaveSubject(nothing, undefined), true);
  });

  it('is not so once its subject, or that it has none, is known, nor with a tag or as a part', () => {
    const cases: readonly (readonly [Partial<ManifestFacts>, boolean])[] = [
      [{}, true],
      [{ asked: read(ociImage) }, true],
      [{ asked: read(dockerImage) }, false],
      [{ asked: storedManifest({ mediaType: ociImage, subject: null }) }, false],
      [{ asked: storedManifest({ mediaType: ociImage, subject: b }) }, false],
      [{ isReferrer: true }, false],
      [{ tags: ['1'] }, false],
      [{ asPart: part }, false],
    ];
    for (const [facts, expected] of cases) {
      assert.equal(mayBeAttached(factsOf(facts), listed(true)), expected, JSON.stringify(facts));
    }
    assert.equal(mayBeAttached(nothing, listed(false)), false);
  });
});

describe('the role of a manifest', () => {
  const subject = (of: Digest | null | undefined) => ({ asked: storedManifest({ subject: of }) });
  const attestation = storedPart('a', { isAttestation: true });
  const cases: readonly (readonly [
    string,
    Partial<ManifestFacts>,
    ManifestKind,
    ReturnType<typeof roleOf>,
  ])[] = [
    ['an image', {}, 'image', undefined],
    ['an image of an index', { asPart: part }, 'image', undefined],
    ['a manifest of an unknown kind', {}, 'unknown', undefined],
    ['an index', {}, 'index', 'index'],
    ['an index that the list of tags calls an image', { parts: [part] }, 'image', 'index'],
    ['an index with a subject that is elsewhere', subject(b), 'index', 'index'],
    ['an index that is attached', { hasSubject: true, parts: [part] }, 'index', 'signature'],
    ['an artifact', {}, 'artifact', 'signature'],
    ['an attachment whose subject is elsewhere', subject(b), 'image', 'signature'],
    ['an image without a subject', subject(null), 'image', undefined],
    ['an image that was not read', subject(undefined), 'image', undefined],
    ['an attestation', { asPart: attestation }, 'image', 'attestation'],
    ['an attached attestation', { asPart: attestation, hasSubject: true }, 'image', 'signature'],
  ];
  for (const [manifest, facts, kind, role] of cases) {
    it(`of ${manifest} is ${role ?? 'none'}`, () => {
      assert.equal(roleOf(factsOf(facts), kind), role);
    });
  }
});
