import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import type { Image } from '../../../../src/hub/model';
import type { ListedManifest, ListedTag } from '../../../../src/hub/registry/listWire';
import type { StoredPart } from '../../../../src/hub/registry/manifestStore';
import { Survey } from '../../../../src/hub/registry/survey';
import { digestOf } from '../../../support/images';
import {
  listedManifest,
  listedPart,
  listedTag,
  storedManifest,
  storedPart,
  type SurveyFacts,
  surveyOf,
} from '../../../support/registryLists';

const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const artifact = 'application/vnd.oci.artifact.manifest.v1+json';

const activeFrom = new Date('2026-05-01T00:00:00Z');
const before = new Date('2026-01-01T00:00:00Z');
const after = new Date('2026-06-01T00:00:00Z');

const seeds = ['a', 'b', 'c', 'd', 'p', 'q', 's', 't', 'x', 'y', 'z', 'none'];
const nameOf = (digest: Digest) => seeds.find((seed) => digestOf(seed) === digest) ?? digest;
const named = (digests: Iterable<Digest>) => [...digests].map(nameOf);
const namesOf = (images: readonly Image[] | undefined) => images?.map(({ digest }) => nameOf(digest));

/** Digests by the first letters of the alphabet, so that they read like names. */
const [a, p, q, s, t, x] = ['a', 'p', 'q', 's', 't', 'x'].map(digestOf) as [
  Digest,
  Digest,
  Digest,
  Digest,
  Digest,
  Digest,
];

/** An old Docker image that was never pulled, and that cannot be an attachment. */
const image = (seed: string, facts: Partial<ListedManifest> = {}) =>
  listedManifest(seed, { mediaType: dockerImage, lastPushed: before, reportsPulls: true, ...facts });
const index = (seed: string, facts: Partial<ListedManifest> = {}) =>
  image(seed, { mediaType: dockerIndex, ...facts });
const tagAt = (name: string, seed: string, facts: Partial<ListedTag> = {}) =>
  listedTag(name, { digest: digestOf(seed), mediaType: dockerImage, ...facts });
const indexOf = (...parts: readonly (string | StoredPart)[]) =>
  storedManifest({
    mediaType: dockerIndex,
    parts: parts.map((part) => (typeof part === 'string' ? storedPart(part) : part)),
    subject: null,
  });
const attachedTo = (seed: string) =>
  storedManifest({ mediaType: ociImage, parts: [], subject: digestOf(seed) });
const hexOf = (seed: string) => digestOf(seed).slice('sha256:'.length);

const listed = (facts: SurveyFacts) => namesOf(surveyOf(facts).images(activeFrom));
const imageIn = (facts: SurveyFacts, seed: string) => surveyOf(facts).image(digestOf(seed), activeFrom);

describe('a survey of the first tags', () => {
  const ofFirstTags = () =>
    Survey.ofFirstTags([
      tagAt('latest', 'x', { mediaType: dockerIndex, parts: [listedPart('p')] }),
      tagAt('1.0', 'a'),
    ]);

  it('is partial, and shows what the tags name', () => {
    const survey = ofFirstTags();
    assert.equal(survey.isPartial, true);
    const images = survey.images(activeFrom);
    assert.deepEqual(namesOf(images), ['x', 'a']);
    assert.deepEqual(namesOf(images[0]?.parts), ['p']);
    assert.equal(images[1]?.arePartsUnknown, undefined);
  });

  it('has no untagged images and no other gap', () => {
    const survey = ofFirstTags();
    assert.equal(survey.hasUntagged, false);
    assert.deepEqual(survey.gaps, ['untaggedHidden']);
  });
});

describe('gaps of a survey', () => {
  const manifests = [image('a')];
  const gaps = (facts: SurveyFacts) => surveyOf(facts).gaps;

  it('are none where the lists are complete and agree', () => {
    assert.deepEqual(gaps({ manifests }), []);
    assert.deepEqual(gaps({ manifests, tags: [tagAt('1', 'a'), listedTag('2')] }), []);
    assert.equal(surveyOf({ manifests }).isPartial, false);
  });

  it('are untagged images without a list of manifests, and tags without a digest then', () => {
    assert.deepEqual(gaps({ manifests: undefined, tags: [tagAt('1', 'a')] }), ['untaggedHidden']);
    const tags = [tagAt('1', 'a'), listedTag('2')];
    assert.deepEqual(gaps({ manifests: undefined, tags }), ['untaggedHidden', 'tagsCut']);
  });

  it('are what the server does not list', () => {
    assert.deepEqual(gaps({ manifests, lists: { areManifestsCut: true } }), ['manifestsCut']);
    assert.deepEqual(gaps({ manifests, lists: { areTagsCut: true } }), ['tagsCut']);
  });

  it('are disputed tags', () => {
    const tags = [tagAt('1', 'b')];
    assert.deepEqual(gaps({ manifests: [image('a', { tags: ['1'] }), image('b')], tags }), ['tagsDisputed']);
  });

  it('are indexes that were not read, if an image that is listed may belong to one', () => {
    assert.deepEqual(gaps({ manifests: [index('x'), image('a')] }), ['indexesUnread']);
    assert.deepEqual(gaps({ manifests: [index('x')] }), []);
    assert.deepEqual(gaps({ manifests: [index('x'), image('a', { tags: ['1'] })] }), []);
    assert.deepEqual(gaps({ manifests: [index('x'), image('a')], stored: { x: indexOf('a') } }), []);
  });

  it('are no indexes that were not read where everything that may be in them is in another one', () => {
    const manifests = [index('x'), index('y', { tags: ['1'] }), image('a')];
    assert.deepEqual(gaps({ manifests, stored: { y: indexOf('a') } }), []);
  });

  it('are no indexes that were not read where only images with a tag are listed', () => {
    const tags = [tagAt('1', 'a', { mediaType: '' }), tagAt('2', 'b', { mediaType: '' })];
    assert.deepEqual(gaps({ manifests: undefined, tags }), ['untaggedHidden']);
  });

  it('may be several', () => {
    const all = gaps({
      manifests: [index('x'), image('a', { tags: ['1'] }), image('b')],
      tags: [tagAt('1', 'b'), tagAt('2', 'b')],
      lists: { areManifestsCut: true, areTagsCut: true },
    });
    assert.deepEqual(all, ['manifestsCut', 'tagsCut', 'tagsDisputed']);
  });

  it('include untagged manifests that no list shows', () => {
    const mayLack = (facts: SurveyFacts) => surveyOf(facts).mayLackUntagged;
    assert.equal(mayLack({ manifests }), false);
    assert.equal(mayLack({ manifests: undefined }), true);
    assert.equal(mayLack({ manifests, lists: { areManifestsCut: true } }), true);
  });
});

describe('manifests of a survey', () => {
  it('are those of both lists', () => {
    const survey = surveyOf({ manifests: [image('a')], tags: [tagAt('1', 'b')] });
    assert.deepEqual(named(survey.digests), ['a', 'b']);
    assert.deepEqual(
      ['a', 'b', 'c'].map((seed) => survey.has(digestOf(seed))),
      [true, true, false],
    );
    assert.deepEqual(
      ['a', 'b', 'c'].map((seed) => survey.isInManifestList(digestOf(seed))),
      [true, false, false],
    );
  });

  it('exist where an index names them, but are evaluated only where a list shows them', () => {
    const survey = surveyOf({ manifests: [index('x')], stored: { x: indexOf('p') } });
    assert.deepEqual(named(survey.digests), ['x']);
    assert.ok(survey.has(p));
  });

  it('include the platforms that the list of tags names, if there is no list of manifests', () => {
    const tags = [
      tagAt('latest', 'x', {
        mediaType: dockerIndex,
        parts: [listedPart('p'), listedPart('q', { digest: undefined }), listedPart('a')],
      }),
      tagAt('1', 'a'),
      listedTag('2', { parts: [listedPart('z')] }),
    ];
    assert.deepEqual(named(surveyOf({ manifests: undefined, tags }).digests), ['x', 'a', 'p']);
    assert.deepEqual(named(surveyOf({ manifests: [], tags }).digests), ['x', 'a']);
  });

  it('have the tags that any source reports', () => {
    const survey = surveyOf({
      manifests: [image('a', { tags: ['1'] }), image('b')],
      tags: [tagAt('2', 'a')],
      asked: new Map([['3', a]]),
    });
    assert.deepEqual(survey.tagsOf(a), ['1', '2', '3']);
    assert.deepEqual(survey.tagsOf(digestOf('b')), []);
  });

  it('are of the kind that the registry reports, or else the lists', () => {
    const survey = surveyOf({
      manifests: [image('a'), image('b'), listedManifest('c')],
      stored: { b: storedManifest({ mediaType: artifact }) },
    });
    assert.deepEqual(
      ['a', 'b', 'c', 'none'].map((seed) => survey.kind(digestOf(seed))),
      ['image', 'artifact', 'unknown', 'unknown'],
    );
  });

  it('have the latest pull of their own', () => {
    const survey = surveyOf({
      manifests: [image('a', { lastPulled: before }), image('b', { lastPulled: before }), image('c')],
      tags: [tagAt('1', 'b', { lastPulled: after, reportsPulls: true })],
    });
    assert.deepEqual(
      ['a', 'b', 'c', 'none'].map((seed) => survey.lastPulled(digestOf(seed))),
      [before, after, undefined, undefined],
    );
  });
});

describe('attachments that no list shows', () => {
  const manifests = [image('a')];

  it('belong to their subject', () => {
    const survey = surveyOf({ manifests, remember: (memory) => memory.noteReferrers(a, [s]) });
    assert.ok(survey.has(s));
    assert.deepEqual(named(survey.digests), ['a', 's']);
    assert.deepEqual(named(survey.attachmentsOf(a)), ['s']);
    assert.deepEqual(survey.attachmentsOf(s), []);
  });

  it('may be attached to each other, in whatever order the registry named them', () => {
    const survey = surveyOf({
      manifests,
      remember: (memory) => {
        memory.noteReferrers(s, [t]);
        memory.noteReferrers(t, [digestOf('z')]);
        memory.noteReferrers(s, [t, digestOf('y')]);
        memory.noteReferrers(a, [s]);
      },
    });
    assert.deepEqual(named(survey.digests), ['a', 's', 't', 'y', 'z']);
  });

  it('do not exist without a subject that does', () => {
    const survey = surveyOf({ manifests, remember: (memory) => memory.noteReferrers(x, [s]) });
    assert.deepEqual([survey.has(s), named(survey.digests)], [false, ['a']]);
  });

  it('are gone if they were deleted, or if a complete list has shown them before', () => {
    const has = (remember: SurveyFacts['remember'], facts: Partial<SurveyFacts> = {}) =>
      surveyOf({
        manifests,
        ...facts,
        remember: (memory) => {
          memory.noteReferrers(a, [s]);
          remember?.(memory);
        },
      }).has(s);
    assert.equal(
      has((memory) => memory.gone.add(s)),
      false,
    );
    const shown: SurveyFacts['remember'] = (memory) => {
      memory.noteShown([a, s]);
    };
    assert.equal(has(shown), false);
    assert.equal(has(shown, { lists: { areManifestsCut: true } }), true);
    assert.equal(has(shown, { manifests: undefined, tags: [tagAt('1', 'a')] }), true);
  });

  it('may be attached to a platform that only the list of tags names', () => {
    const tags = [tagAt('latest', 'x', { mediaType: dockerIndex, parts: [listedPart('p')] })];
    const survey = surveyOf({
      manifests: undefined,
      tags,
      remember: (memory) => memory.noteReferrers(p, [s]),
    });
    assert.deepEqual(named(survey.digests), ['x', 'p', 's']);
  });

  it('are counted once where a list shows them', () => {
    const survey = surveyOf({
      manifests: [image('s', { mediaType: ociImage }), image('a')],
      remember: (memory) => memory.noteReferrers(a, [s]),
    });
    assert.deepEqual(named(survey.digests), ['s', 'a']);
    assert.ok(survey.isInManifestList(s));
  });
});

describe('what a manifest belongs to', () => {
  it('are the indexes that contain it, and its subject', () => {
    const survey = surveyOf({
      manifests: [index('x'), index('y'), image('p'), image('s', { mediaType: ociImage }), image('a')],
      stored: { x: indexOf('p', 's'), y: indexOf('p'), s: attachedTo('a') },
    });
    assert.deepEqual(
      ['x', 'p', 's', 'a', 'none'].map((seed) => named(survey.parentsOf(digestOf(seed)))),
      [[], ['x', 'y'], ['x', 'a'], [], []],
    );
  });

  it('are what has it among its dependents, at any depth', () => {
    const deep = surveyOf({
      manifests: [index('x'), index('y'), image('p'), image('s', { mediaType: ociImage }), image('a')],
      stored: { x: indexOf('y'), y: indexOf('p'), s: attachedTo('p') },
    });
    assert.deepEqual(named(deep.withDependents([x])), ['x', 'y', 'p', 's']);
    assert.deepEqual(named(deep.withDependents([p, a])), ['p', 'a', 's']);
    assert.deepEqual(named(deep.withDependents([digestOf('none')])), ['none']);
  });

  it('make it stand for itself only if these are none, or indexes while it has a tag', () => {
    const tagged = surveyOf({
      manifests: [index('x'), image('p', { tags: ['1'] }), image('q'), image('a')],
      stored: { x: indexOf('p', 'q') },
    });
    assert.deepEqual(
      ['x', 'p', 'q', 'a'].map((seed) => tagged.standsForItself(digestOf(seed))),
      [true, true, false, true],
    );
    const signed = surveyOf({
      manifests: [image('a'), image('s', { mediaType: ociImage })],
      tags: [tagAt(`sha256-${hexOf('a')}.sig`, 's')],
    });
    assert.equal(signed.standsForItself(s), false);
  });
});

describe('doubt about an image', () => {
  const doubt = (facts: SurveyFacts, seed = 'a') => {
    const survey = surveyOf(facts);
    const digest = digestOf(seed);
    const found = survey.doubtAbout(digest);
    if (found !== 'disputed') {
      assert.equal(survey.mayBePart(digest) || survey.mayBeAttachment(digest), found === 'undetermined');
    }
    return found;
  };

  it('is none of an image that belongs to nothing', () => {
    assert.equal(doubt({ manifests: [image('a'), image('b')] }), undefined);
  });

  it('is a dispute about a tag, before anything else', () => {
    const facts = {
      manifests: [image('a', { tags: ['1'] }), image('b'), index('x')],
      tags: [tagAt('1', 'b')],
    };
    assert.deepEqual([doubt(facts, 'a'), doubt(facts, 'b')], ['disputed', 'disputed']);
  });

  it('is that an index which was not read may contain it, if it has no tag', () => {
    const manifests = [image('a'), index('x')];
    assert.equal(doubt({ manifests }), 'undetermined');
    assert.equal(doubt({ manifests, tags: [tagAt('1', 'a')] }), undefined);
    assert.equal(doubt({ manifests, stored: { x: indexOf('p') } }), undefined);
  });

  it('is of an index that was not read if there is another one', () => {
    assert.equal(doubt({ manifests: [index('x')] }, 'x'), undefined);
    assert.equal(doubt({ manifests: [index('x'), index('y')] }, 'x'), 'undetermined');
  });

  it('is of a tagged image only if it may be an index itself', () => {
    const tags = ['1'];
    assert.equal(doubt({ manifests: [listedManifest('a', { tags })] }), 'undetermined');
    assert.equal(doubt({ manifests: [index('a', { tags }), listedManifest('b')] }), undefined);
  });

  it('is that it may be attached to another one, if its format allows it', () => {
    assert.equal(doubt({ manifests: [image('a', { mediaType: ociImage })] }), 'undetermined');
    assert.equal(doubt({ manifests: [image('a', { mediaType: ociImage, tags: ['1'] })] }), undefined);
    const noAttachment = surveyOf({
      manifests: [image('a', { mediaType: ociImage })],
      remember: (memory) => {
        memory.noteAskedAll(surveyOf({ manifests: [image('a', { mediaType: ociImage })] }));
      },
    });
    assert.equal(noAttachment.doubtAbout(a), undefined);
    assert.equal(noAttachment.mayBeAttachment(a), false);
  });
});

describe('an unknown subject', () => {
  const mayHave = (facts: SurveyFacts) => surveyOf(facts).mayHaveUnknownSubject(a);
  const manifests = [image('a', { mediaType: ociImage }), image('b')];

  it('is possible without a tag, unless the content was read or the registry named the subject', () => {
    assert.equal(mayHave({ manifests }), true);
    const stored = { a: storedManifest({ mediaType: ociImage }) };
    assert.equal(mayHave({ manifests, stored }), true);
    assert.equal(mayHave({ manifests, stored: { a: { ...stored.a, parts: [], subject: null } } }), false);
    assert.equal(mayHave({ manifests, stored: { a: attachedTo('b') } }), false);
    assert.equal(mayHave({ manifests, remember: (memory) => memory.noteReferrers(p, [a]) }), false);
  });

  it('is impossible with a tag, in an index, or in a format without the field', () => {
    assert.equal(mayHave({ manifests, tags: [tagAt('1', 'a', { mediaType: ociImage })] }), false);
    assert.equal(mayHave({ manifests: [...manifests, index('x')], stored: { x: indexOf('a') } }), false);
    assert.equal(mayHave({ manifests: [image('a')] }), false);
  });

  it('depends on the format by the registry rather than by the lists', () => {
    const by = (listedType: string, askedType: string) =>
      surveyOf({
        manifests: [image('a', { mediaType: listedType })],
        stored: { a: storedManifest({ mediaType: askedType }) },
      }).mayHaveSubject(a);
    assert.deepEqual([by(dockerImage, ociImage), by(ociImage, dockerImage)], [true, false]);
    const survey = surveyOf({ manifests: [image('a')] });
    assert.deepEqual([survey.mayHaveSubject(a), survey.mayHaveSubject(p)], [false, true]);
  });
});

describe('images of a survey', () => {
  it('are those that stand for themselves, in the order of the list of manifests', () => {
    const manifests = [image('p'), image('b'), index('x'), image('a'), image('q', { tags: ['1'] })];
    assert.deepEqual(listed({ manifests, stored: { x: indexOf('p', 'q') } }), ['b', 'x', 'a', 'q']);
  });

  it('are evaluated for the given time, and only once for the same', () => {
    const survey = surveyOf({ manifests: [image('a')] });
    const images = survey.images(activeFrom);
    assert.equal(survey.images(new Date(activeFrom)), images);
    assert.equal(images[0]?.status, 'inactive');
    assert.equal(survey.images(before)[0]?.status, 'active');
    assert.equal(survey.image(a, before)?.status, 'active');
    assert.equal(survey.image(a, activeFrom)?.status, 'inactive');
  });

  it('are found by their digest, also as a part of another, but only where a list shows them', () => {
    const facts = { manifests: [index('x'), image('p')], stored: { x: indexOf('p', 'q') } };
    assert.equal(imageIn(facts, 'p')?.digest, p);
    assert.equal(imageIn(facts, 'q'), undefined);
    assert.equal(imageIn(facts, 'none'), undefined);
  });

  it('have what the lists tell and nothing else', () => {
    const manifests = [image('a', { tags: ['1', '2'], lastPulled: before, sizeBytes: 7 }), image('b')];
    assert.deepEqual(surveyOf({ manifests }).images(activeFrom), [
      {
        digest: a,
        tags: [
          { name: '1', isCurrent: true },
          { name: '2', isCurrent: true },
        ],
        lastPushed: before,
        lastPulled: before,
        status: 'inactive',
        sizeBytes: 7,
      },
      { digest: digestOf('b'), tags: [], lastPushed: before, lastPulled: undefined, status: 'inactive' },
    ]);
  });

  it('have the size by the list of manifests, or else of tags, or else of an index', () => {
    const size = (facts: SurveyFacts) => imageIn(facts, 'p')?.sizeBytes;
    const stored = { x: indexOf(storedPart('p', { sizeBytes: 3 })) };
    const tags = [tagAt('1', 'p', { sizeBytes: 2 })];
    assert.equal(size({ manifests: [index('x'), image('p', { sizeBytes: 1 })], tags, stored }), 1);
    assert.equal(size({ manifests: [index('x'), image('p')], tags, stored }), 2);
    assert.equal(size({ manifests: [index('x'), image('p')], stored }), 3);
    assert.equal(size({ manifests: [index('x'), image('p')] }), undefined);
  });

  it('have the platforms that the indexes name', () => {
    const platform = (...parts: readonly StoredPart[]) =>
      imageIn(
        {
          manifests: [index('x'), index('y'), image('p')],
          stored: { x: indexOf(...parts.slice(0, 1)), y: indexOf(...parts.slice(1)) },
        },
        'p',
      )?.platform;
    const [amd, arm] = ['linux/amd64', 'linux/arm64'].map((name) => storedPart('p', { platforms: [name] }));
    assert.ok(amd !== undefined && arm !== undefined);
    assert.equal(platform(amd), 'linux/amd64');
    assert.equal(platform(amd, arm), 'linux/amd64, linux/arm64');
    assert.equal(platform(storedPart('p')), undefined);
    assert.equal(platform({ ...amd, isAttestation: true }), undefined);
  });

  it('have the manifests that belong to them, each once', () => {
    const facts = {
      manifests: [index('x'), image('p'), image('s', { mediaType: ociImage }), image('a')],
      stored: { x: indexOf('p', 's', 'q'), s: attachedTo('x') },
    };
    assert.deepEqual(namesOf(imageIn(facts, 'x')?.parts), ['p', 's', 'q']);
    const single = imageIn(facts, 'a');
    assert.ok(single !== undefined && !('parts' in single));
    const signed = {
      manifests: [index('x'), image('p'), image('s', { mediaType: ociImage })],
      stored: { x: indexOf('p'), s: attachedTo('x') },
    };
    assert.deepEqual(namesOf(imageIn(signed, 'x')?.parts), ['p', 's']);
  });

  it('have what is attached to them, also if that is all that belongs to them', () => {
    const facts = {
      manifests: [image('a'), image('s', { mediaType: ociImage })],
      stored: { s: attachedTo('a') },
    };
    assert.deepEqual(namesOf(imageIn(facts, 'a')?.parts), ['s']);
    assert.deepEqual(listed(facts), ['a']);
  });

  it('share the parts that several contain', () => {
    const survey = surveyOf({
      manifests: [index('x'), index('y'), image('p')],
      stored: { x: indexOf('p'), y: indexOf('p') },
    });
    const [first, second] = survey.images(activeFrom);
    assert.ok(first?.parts?.[0] !== undefined);
    assert.equal(first.parts[0], second?.parts?.[0]);
    assert.equal(first.parts[0], survey.image(p, activeFrom));
    const nested = surveyOf({
      manifests: [index('x'), index('z'), image('p')],
      stored: { x: indexOf('p', 'z'), z: indexOf('p') },
    });
    const [whole] = nested.images(activeFrom);
    assert.ok(whole?.parts?.[0] !== undefined);
    assert.equal(whole.parts[0], whole.parts[1]?.parts?.[0]);
    const deep = imageIn(
      {
        manifests: [index('x'), index('y'), index('z'), image('p')],
        stored: { x: indexOf('y', 'z'), y: indexOf('p'), z: indexOf('y') },
      },
      'x',
    );
    assert.ok(deep?.parts?.[0] !== undefined);
    assert.equal(deep.parts[0], deep.parts[1]?.parts?.[0]);
  });

  it('have parts that have parts', () => {
    const whole = imageIn(
      {
        manifests: [index('x'), index('y'), image('p')],
        stored: { x: indexOf('y', 'p'), y: indexOf('p', 'q') },
      },
      'x',
    );
    assert.deepEqual(namesOf(whole?.parts), ['y', 'p']);
    assert.deepEqual(namesOf(whole?.parts?.[0]?.parts), ['p', 'q']);
  });

  it('have no parts that were deleted and that no list shows', () => {
    const facts = {
      manifests: [index('x'), image('p')],
      stored: { x: indexOf('p', 'q') },
    };
    assert.deepEqual(namesOf(imageIn(facts, 'x')?.parts), ['p', 'q']);
    const remember: SurveyFacts['remember'] = (memory) => memory.gone.add(q);
    assert.deepEqual(namesOf(imageIn({ ...facts, remember }, 'x')?.parts), ['p']);
  });

  it('that contain each other are evaluated', () => {
    const facts = {
      manifests: [index('x', { tags: ['1'] }), index('y'), image('p')],
      stored: { x: indexOf('y', 'p'), y: indexOf('x') },
    };
    assert.deepEqual(listed(facts), ['x']);
    assert.deepEqual(namesOf(imageIn(facts, 'x')?.parts), ['y', 'p']);
    assert.equal(imageIn(facts, 'y')?.parts, undefined);
  });
});

describe('the role of an image', () => {
  const role = (facts: SurveyFacts, seed: string) => imageIn(facts, seed)?.role;

  it('is none of a single image', () => {
    const single = imageIn({ manifests: [image('a')] }, 'a');
    assert.ok(single !== undefined && !('role' in single));
  });

  it('is an index if its format or its parts say so', () => {
    assert.equal(role({ manifests: [index('x')] }, 'x'), 'index');
    const tags = [tagAt('1', 'a', { parts: [listedPart('p')] })];
    assert.equal(role({ manifests: [image('a'), image('p')], tags }, 'a'), 'index');
  });

  it('is a signature if it is attached to a manifest, or can be nothing else', () => {
    const manifests = [image('a'), image('s', { mediaType: ociIndex })];
    assert.equal(role({ manifests, stored: { s: attachedTo('a') } }, 's'), 'signature');
    assert.equal(role({ manifests, remember: (memory) => memory.noteReferrers(a, [s]) }, 's'), 'signature');
    const signed = { manifests, tags: [tagAt(`sha256-${hexOf('a')}.sig`, 's')] };
    assert.equal(role(signed, 's'), 'signature');
    assert.equal(role({ manifests: [image('s', { mediaType: artifact })] }, 's'), 'signature');
  });

  it('is a signature also if what it was attached to is gone', () => {
    const manifests = [image('s', { mediaType: ociImage })];
    assert.equal(role({ manifests, stored: { s: attachedTo('none') } }, 's'), 'signature');
    const unattached = storedManifest({ mediaType: ociImage, parts: [], subject: null });
    assert.equal(role({ manifests, stored: { s: unattached } }, 's'), undefined);
  });

  it('is an attestation if an index says so', () => {
    const facts = (isAttestation: boolean) => ({
      manifests: [index('x'), image('p')],
      stored: { x: indexOf(storedPart('p', { isAttestation })) },
    });
    assert.equal(role(facts(true), 'p'), 'attestation');
    assert.equal(role(facts(false), 'p'), undefined);
  });
});

describe('activity of an image', () => {
  const of = (manifests: readonly ListedManifest[], tags: readonly ListedTag[] = []) => {
    const { status, arePullsUnknown, lastPulled, lastPushed } =
      imageIn({ manifests, tags, stored: { x: indexOf('p', 'q') } }, 'x') ?? {};
    return { status, arePullsUnknown, lastPulled, lastPushed };
  };

  it('includes the pulls of its parts', () => {
    const manifests = [index('x', { lastPulled: before }), image('p', { lastPulled: after }), image('q')];
    assert.deepEqual(of(manifests), {
      status: 'active',
      arePullsUnknown: undefined,
      lastPulled: after,
      lastPushed: before,
    });
  });

  it('does not include their pushes', () => {
    const manifests = [index('x'), image('p', { lastPushed: after }), image('q')];
    assert.deepEqual(of(manifests), {
      status: 'inactive',
      arePullsUnknown: undefined,
      lastPulled: undefined,
      lastPushed: before,
    });
  });

  it('is known where the lists report pulls', () => {
    const silent = [index('x', { reportsPulls: false })];
    assert.deepEqual([of(silent).status, of(silent).arePullsUnknown], ['unknown', true]);
    const recent = [index('x', { reportsPulls: false, lastPushed: after })];
    assert.deepEqual([of(recent).status, of(recent).arePullsUnknown], ['active', true]);
    const tag = tagAt('1', 'x', { mediaType: dockerIndex, lastPulled: after, reportsPulls: true });
    assert.deepEqual([of(silent, [tag]).status, of(silent, [tag]).arePullsUnknown], ['active', undefined]);
  });

  it('is not known from the pulls of parts alone', () => {
    const never = index('x', { lastPushed: undefined });
    const pulled = [never, image('p', { lastPulled: before }), image('q')];
    assert.deepEqual([of(pulled).status, of(pulled).arePullsUnknown], ['unknown', true]);
    assert.deepEqual([of([never]).status, of([never]).arePullsUnknown], ['unknown', true]);
  });

  it('is unknown of a part that no list shows', () => {
    const stored = { x: indexOf('p', storedPart('q', { sizeBytes: 1 })) };
    const times = { lastPushed: undefined, lastPulled: undefined, status: 'unknown', arePullsUnknown: true };
    assert.deepEqual(imageIn({ manifests: [index('x')], stored }, 'x')?.parts, [
      { digest: p, tags: [], ...times },
      { digest: q, tags: [], ...times, sizeBytes: 1 },
    ]);
  });
});

describe('parts that are not known', () => {
  const unknown = (facts: SurveyFacts, seed = 'x') => imageIn(facts, seed)?.arePartsUnknown;

  it('may be those of an index that was not read', () => {
    assert.equal(unknown({ manifests: [index('x')] }), true);
    assert.equal(unknown({ manifests: [index('x')], stored: { x: indexOf('p') } }), undefined);
    assert.equal(unknown({ manifests: [index('x')], stored: { x: indexOf() } }), undefined);
    const tags = [tagAt('1', 'a', { parts: [listedPart('p')] })];
    assert.equal(unknown({ manifests: [image('a')], tags }, 'a'), true);
  });

  it('are not those of a manifest of an unknown kind', () => {
    assert.equal(unknown({ manifests: [listedManifest('a')] }, 'a'), undefined);
  });

  it('may be those of an index inside', () => {
    const manifests = [index('x'), index('y'), image('p')];
    assert.equal(unknown({ manifests, stored: { x: indexOf('p', 'y') } }), true);
    assert.equal(unknown({ manifests, stored: { x: indexOf('p', 'y'), y: indexOf() } }), undefined);
  });

  it('may be attachments that were not found out', () => {
    const doubtful: SurveyFacts = {
      manifests: [image('a'), image('b')],
      remember: (memory) => {
        memory.noteDoubt(a, true);
      },
    };
    assert.deepEqual([unknown(doubtful, 'a'), unknown(doubtful, 'b')], [true, undefined]);
  });

  it('come with the doubt about the image', () => {
    const manifests = [index('x'), image('a'), image('b', { tags: ['1'] })];
    const [, doubtful, sure] = surveyOf({ manifests }).images(activeFrom);
    assert.equal(doubtful?.doubt, 'undetermined');
    assert.ok(sure !== undefined && !('doubt' in sure));
  });
});
