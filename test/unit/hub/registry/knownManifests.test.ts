import assert from 'node:assert/strict';
import { KnownManifests } from '../../../../src/hub/registry/knownManifests';
import type { ListedManifest, ListedTag } from '../../../../src/hub/registry/listWire';
import { digestOf } from '../../../support/images';
import { listedManifest, listedTag, listsOf } from '../../../support/registryLists';

const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const [a, b, c, d] = [digestOf('a'), digestOf('b'), digestOf('c'), digestOf('d')];

const tagAt = (name: string, seed: string, mediaType = '') =>
  listedTag(name, { digest: digestOf(seed), mediaType });

function known(manifests: readonly ListedManifest[] | undefined, tags: readonly ListedTag[] = []) {
  return new KnownManifests(listsOf(manifests, tags));
}

describe('known manifests', () => {
  it('are those of the list of manifests, then those that only the list of tags names', () => {
    const { byDigest } = known(
      [listedManifest('b'), listedManifest('a')],
      [tagAt('1', 'c'), tagAt('2', 'a'), listedTag('none')],
    );
    assert.deepEqual([...byDigest.keys()], [b, a, c]);
  });

  it('are those of the tags alone where there is no list of manifests', () => {
    assert.deepEqual([...known(undefined, [tagAt('1', 'a')]).byDigest.keys()], [a]);
    assert.deepEqual([...known(undefined).byDigest.keys()], []);
  });

  it('come with their entries in both lists', () => {
    const manifest = listedManifest('a');
    const [first, second, other] = [tagAt('1', 'a'), tagAt('2', 'a'), tagAt('3', 'b')];
    const { byDigest } = known([manifest, listedManifest('c')], [first, other, second]);
    assert.equal(byDigest.get(a)?.manifest, manifest);
    assert.deepEqual(byDigest.get(a)?.tags, [first, second]);
    assert.equal(byDigest.get(b)?.manifest, undefined);
    assert.deepEqual(byDigest.get(b)?.tags, [other]);
    assert.deepEqual(byDigest.get(c)?.tags, []);
  });

  it('have numbers of their own from 0', () => {
    const all = known([listedManifest('a'), listedManifest('b')], [tagAt('1', 'c'), tagAt('2', 'a')]);
    all.addOthers([d]);
    assert.deepEqual(
      [...all.byDigest.values()].map(({ index }) => index),
      [0, 1, 2, 3],
    );
    assert.equal(all.indexLimit, 4);
  });

  it('include what other sources name, without a change of what the lists say', () => {
    const manifest = listedManifest('a', { mediaType: dockerImage });
    const all = known([manifest]);
    all.addOthers([d, a]);
    assert.deepEqual([...all.byDigest.keys()], [a, d]);
    assert.equal(all.byDigest.get(a)?.manifest, manifest);
    const { manifest: none, tags, kind, mayHaveSubject } = all.byDigest.get(d) ?? {};
    assert.deepEqual(
      { none, tags, kind, mayHaveSubject },
      { none: undefined, tags: [], kind: 'unknown', mayHaveSubject: true },
    );
  });

  it('are repeated where the list of manifests has them more than once, and then have their last entry', () => {
    const last = listedManifest('a', { sizeBytes: 2 });
    const all = known([listedManifest('a', { sizeBytes: 1 }), listedManifest('b'), last], [tagAt('1', 'b')]);
    assert.deepEqual([...all.repeated], [a]);
    assert.equal(all.byDigest.get(a)?.manifest, last);
    assert.deepEqual([...all.byDigest.keys()], [a, b]);
  });
});

describe('the kind of a manifest by the lists', () => {
  const kindOf = (mediaType: string, ...tagTypes: readonly string[]) => {
    const tags = tagTypes.map((type, index) => tagAt(`${index}`, 'a', type));
    return known([listedManifest('a', { mediaType })], tags).byDigest.get(a)?.kind;
  };

  it('is what either list says', () => {
    assert.equal(kindOf(dockerImage), 'image');
    assert.equal(kindOf('', dockerIndex), 'index');
    assert.equal(kindOf(dockerIndex, ''), 'index');
    assert.equal(known(undefined, [tagAt('1', 'a', dockerImage)]).byDigest.get(a)?.kind, 'image');
  });

  it('is what they agree on, also in different words', () => {
    assert.equal(kindOf(dockerImage, ociImage, dockerImage), 'image');
    assert.equal(kindOf(dockerImage, 'application/x-else'), 'image');
  });

  it('is unknown where none of them tells, or they disagree', () => {
    assert.equal(kindOf(''), 'unknown');
    assert.equal(kindOf('', '', 'application/x-else'), 'unknown');
    assert.equal(kindOf(dockerImage, dockerIndex), 'unknown');
    assert.equal(kindOf('', dockerImage, dockerIndex), 'unknown');
  });
});

describe('whether a manifest may be an attachment by the lists', () => {
  const mayHaveSubject = (mediaType: string, ...tagTypes: readonly string[]) => {
    const tags = tagTypes.map((type, index) => tagAt(`${index}`, 'a', type));
    return known([listedManifest('a', { mediaType })], tags).byDigest.get(a)?.mayHaveSubject;
  };

  it('follows from its format, if only one of the lists names it', () => {
    assert.deepEqual([mayHaveSubject(dockerImage), mayHaveSubject(ociImage)], [false, true]);
    assert.deepEqual([mayHaveSubject('', dockerImage), mayHaveSubject('', ociImage)], [false, true]);
    assert.deepEqual([mayHaveSubject(dockerImage, ''), mayHaveSubject(ociImage, '')], [false, true]);
    assert.equal(known(undefined, [tagAt('1', 'a', dockerImage)]).byDigest.get(a)?.mayHaveSubject, false);
  });

  it('is possible as soon as one of several formats allows it', () => {
    assert.equal(mayHaveSubject(dockerImage, dockerIndex), false);
    assert.equal(mayHaveSubject(dockerImage, dockerIndex, ociImage), true);
  });

  it('is possible where no format is named', () => {
    assert.deepEqual([mayHaveSubject(''), mayHaveSubject('', '')], [true, true]);
  });
});
