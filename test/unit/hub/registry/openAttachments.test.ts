import assert from 'node:assert/strict';
import { noteOpenAttachments, openAttachments } from '../../../../src/hub/registry/openAttachments';
import { RepositoryMemory } from '../../../../src/hub/registry/repositoryMemory';
import { digestOf } from '../../../support/images';
import {
  listedManifest,
  storedManifest,
  storedPart,
  type SurveyFacts,
  surveyOf,
} from '../../../support/registryLists';

const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const manifest = (seed: string, mediaType = ociImage) => listedManifest(seed, { mediaType });

/** @param asked Manifests that the registry was asked about since the lists were read. */
function open(facts: SurveyFacts, planned: readonly string[], asked: readonly string[] = []) {
  const memory = new RepositoryMemory(new Map());
  memory.noteShown((facts.manifests ?? []).map(({ digest }) => digest));
  asked.forEach((seed) => memory.noteReferrers(digestOf(seed), []));
  return openAttachments(new Set(planned.map(digestOf)), surveyOf(facts), memory, (digest) =>
    asked.map(digestOf).includes(digest),
  );
}

describe('what is not known about attachments of planned images', () => {
  const manifests = [manifest('a', dockerImage), manifest('s'), manifest('b', dockerImage)];

  it('are the other manifests that may be attached to them', () => {
    assert.deepEqual(open({ manifests }, ['a']), { subjects: [digestOf('a')], candidates: [digestOf('s')] });
    assert.deepEqual(open({ manifests }, ['s']), { subjects: [], candidates: [] });
    const read = { s: storedManifest({ mediaType: ociImage, parts: [], subject: null }) };
    assert.deepEqual(open({ manifests, stored: read }, ['a']), { subjects: [], candidates: [] });
  });

  it('concerns what belongs to the planned images too', () => {
    const facts = {
      manifests: [manifest('x', ociIndex), manifest('a', dockerImage), manifest('s')],
      stored: { x: storedManifest({ mediaType: ociIndex, parts: [storedPart('a')], subject: null }) },
    };
    assert.deepEqual(open(facts, ['x']).subjects, [digestOf('x'), digestOf('a')]);
  });

  it('is nothing about images that the registry was asked about, or that do not exist', () => {
    assert.deepEqual(open({ manifests }, ['a', 'b'], ['a']).subjects, [digestOf('b')]);
    assert.deepEqual(open({ manifests }, ['none']).subjects, []);
  });

  it('may be manifests that no list shows', () => {
    const cut = { manifests, lists: { areManifestsCut: true } };
    assert.deepEqual(open(cut, ['a', 'b', 'none'], ['a']), {
      subjects: [digestOf('b')],
      candidates: undefined,
    });
  });
});

describe('a note of what is not known about attachments', () => {
  it('is taken of planned images and what belongs to them, until it is known', () => {
    const memory = new RepositoryMemory(new Map());
    const facts = {
      manifests: [manifest('x', ociIndex), manifest('a', dockerImage), manifest('s')],
      stored: { x: storedManifest({ mediaType: ociIndex, parts: [storedPart('a')], subject: null }) },
    };
    memory.noteShown(facts.manifests.map(({ digest }) => digest));
    const note = (known: SurveyFacts) => {
      noteOpenAttachments(new Set([digestOf('x')]), surveyOf(known), memory, () => false);
      const { mayHaveMoreAttachments } = memory.answers(new Map());
      return ['x', 'a', 's'].filter((seed) => mayHaveMoreAttachments(digestOf(seed)));
    };
    assert.deepEqual(note(facts), ['x', 'a']);
    const s = storedManifest({ mediaType: ociImage, parts: [], subject: null });
    assert.deepEqual(note({ ...facts, stored: { ...facts.stored, s } }), []);
  });
});
