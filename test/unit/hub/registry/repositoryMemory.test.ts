import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import { RepositoryMemory } from '../../../../src/hub/registry/repositoryMemory';
import { Survey } from '../../../../src/hub/registry/survey';
import { listedManifest, listsOf, storedManifest } from '../../../support/registryLists';
import { digestOf } from '../../../support/images';

const [subject, first, second, third] = ['subject', 'first', 'second', 'third'].map(digestOf) as [
  Digest,
  Digest,
  Digest,
  Digest,
];
const oci = 'application/vnd.oci.image.manifest.v1+json';

function surveyOf(memory: RepositoryMemory, ...seeds: readonly string[]): Survey {
  const manifests = seeds.map((seed) => listedManifest(seed, { mediaType: oci }));
  return new Survey(listsOf(manifests, []), memory.answers(new Map()));
}

describe('attachments that the registry names', () => {
  it('are remembered with their subject, and a manifest is not attached to itself', () => {
    const memory = new RepositoryMemory(new Map());
    assert.deepEqual(memory.noteReferrers(subject, [first, subject, second]), [first, second]);
    assert.deepEqual(memory.noteReferrers(subject, [first, second, third]), [third]);
    const { referrers } = memory.answers(new Map());
    assert.deepEqual(Object.fromEntries(referrers), {
      [first]: subject,
      [second]: subject,
      [third]: subject,
    });
  });

  it('are forgotten once it does not name them any more', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteReferrers(subject, [first, second]);
    memory.noteReferrers(subject, [second]);
    assert.deepEqual([...memory.answers(new Map()).referrers.keys()], [second]);
  });

  it('stay with the subject that was named first', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteReferrers(subject, [first]);
    assert.deepEqual(memory.noteReferrers(second, [first]), []);
    memory.noteReferrers(second, []);
    assert.equal(memory.answers(new Map()).referrers.get(first), subject);
  });

  it('make surveys out of date only if they are others than before', () => {
    const memory = new RepositoryMemory(new Map());
    const versions = [
      () => memory.noteReferrers(subject, []),
      () => memory.noteReferrers(subject, [first]),
      () => memory.noteReferrers(subject, [first]),
      () => memory.noteReferrers(subject, []),
    ].map((note) => {
      note();
      return memory.version;
    });
    assert.deepEqual(versions, [0, 1, 1, 2]);
  });

  it('may be more where something has come into the list since the registry was asked', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteShown([subject, first]);
    assert.ok(memory.mayHaveMore([first])(subject), 'not asked yet');
    assert.ok(!memory.mayHaveMore([])(subject), 'nothing could be attached');
    memory.noteReferrers(subject, []);
    assert.ok(!memory.mayHaveMore([first])(subject));
    assert.ok(memory.mayHaveMore([second])(subject), 'no list has shown it');
    memory.noteShown([subject, first, second]);
    assert.ok(!memory.mayHaveMore([first])(subject));
    assert.ok(memory.mayHaveMore([first, second])(subject));
    assert.ok(!memory.mayHaveMore([])(subject));
  });

  it('were asked for since the latest reading, or earlier', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteShown([]);
    assert.deepEqual([memory.wasAsked(subject), memory.wasAskedNow(subject)], [false, false]);
    memory.noteReferrers(subject, []);
    assert.deepEqual([memory.wasAsked(subject), memory.wasAskedNow(subject)], [true, true]);
    memory.noteShown([]);
    assert.deepEqual([memory.wasAsked(subject), memory.wasAskedNow(subject)], [true, false]);
  });
});

describe('doubt about the attachments of a manifest', () => {
  it('is remembered until it is cleared', () => {
    const memory = new RepositoryMemory(new Map());
    const { mayHaveMoreAttachments } = memory.answers(new Map());
    assert.equal(mayHaveMoreAttachments(subject), false);
    memory.noteDoubt(subject, true);
    assert.deepEqual([subject, first].map(mayHaveMoreAttachments), [true, false]);
    memory.noteDoubt(subject, false);
    assert.equal(mayHaveMoreAttachments(subject), false);
  });

  it('makes surveys out of date only if it is new', () => {
    const memory = new RepositoryMemory(new Map());
    const versions = [false, true, true, false, false].map((isInDoubt) => {
      memory.noteDoubt(subject, isInDoubt);
      return memory.version;
    });
    assert.deepEqual(versions, [0, 1, 1, 2, 2]);
  });
});

describe('manifests that are no attachments', () => {
  it('are those of which it was asked about all others, and that none of them named', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteReferrers(subject, [first]);
    memory.noteAskedAll(surveyOf(memory, 'subject', 'first', 'second'));
    const { isNoAttachment } = memory.answers(new Map());
    assert.deepEqual([subject, first, second, third].map(isNoAttachment), [true, false, true, false]);
    assert.ok(memory.isNoAttachmentByAsking(second));
    memory.noteReferrers(subject, [first, second]);
    assert.ok(!isNoAttachment(second), 'it is one by now');
  });

  it('are none of those that cannot be attachments anyway', () => {
    const memory = new RepositoryMemory(new Map());
    const manifests = [listedManifest('first', { mediaType: oci, tags: ['1.0'] })];
    memory.noteAskedAll(new Survey(listsOf(manifests, []), memory.answers(new Map())));
    assert.ok(!memory.answers(new Map()).isNoAttachment(first), 'it has a tag');
  });

  it('need no asking once their content was read', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteAskedAll(surveyOf(memory, 'first'));
    assert.ok(memory.isNoAttachmentByAsking(first));
    memory.stored.set(first, storedManifest({ mediaType: oci, parts: [], subject: null }));
    assert.ok(!memory.isNoAttachmentByAsking(first));
  });
});

describe('what is remembered of a repository', () => {
  it('is first that the user has not agreed to reading', () => {
    assert.equal(new RepositoryMemory(new Map()).mayRead, false);
  });

  it('is first that the registry may tell what is attached to a manifest', () => {
    assert.equal(new RepositoryMemory(new Map()).offersReferrers, true);
  });

  it('is whether a list has shown a manifest, from whichever reading', () => {
    const memory = new RepositoryMemory(new Map());
    memory.noteShown([first]);
    memory.noteShown([second]);
    const { wasShown } = memory.answers(new Map());
    assert.deepEqual([first, second, third].map(wasShown), [true, true, false]);
    assert.deepEqual(
      [first, second, third].map((digest) => memory.wasShown(digest)),
      [true, true, false],
    );
  });

  it('is what was stored about manifests that exist', () => {
    const stored = new Map([first, second].map((digest) => [digest, storedManifest({ mediaType: oci })]));
    const memory = new RepositoryMemory(stored);
    assert.ok(!memory.forgetAllBut(surveyOf(memory, 'first', 'second', 'third')));
    assert.ok(memory.forgetAllBut(surveyOf(memory, 'second')));
    assert.deepEqual([...memory.stored.keys()], [second]);
    assert.equal(stored.size, 2, 'the given map is left alone');
  });

  it('is which manifests are gone', () => {
    const memory = new RepositoryMemory(new Map());
    const { isGone } = memory.answers(new Map());
    assert.ok(!isGone(first));
    memory.gone.add(first);
    assert.ok(isGone(first));
  });
});
