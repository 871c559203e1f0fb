import assert from 'node:assert/strict';
import { BuiltImages } from '../../../../src/hub/registry/builtImages';
import { KnownManifests } from '../../../../src/hub/registry/knownManifests';
import { digestOf, imageOf } from '../../../support/images';
import { listedManifest, listsOf } from '../../../support/registryLists';

describe('images built so far', () => {
  const { byDigest } = new KnownManifests(listsOf([listedManifest('a'), listedManifest('b')], []));
  const known = (seed: string) => {
    const manifest = byDigest.get(digestOf(seed));
    assert.ok(manifest !== undefined);
    return manifest;
  };

  it('are found by their digest, whether a list shows them or not', () => {
    const built = new BuiltImages(byDigest);
    const [a, b, part] = [imageOf('a'), imageOf('b'), imageOf('part')];
    built.set(a, known('a'));
    built.set(b, known('b'));
    built.set(part, undefined);
    assert.deepEqual(
      ['a', 'b', 'part', 'none'].map((seed) => built.get(digestOf(seed))),
      [a, b, part, undefined],
    );
  });

  it('are found by what the lists say about them', () => {
    const built = new BuiltImages(byDigest);
    const b = imageOf('b');
    built.set(b, known('b'));
    assert.equal(built.getKnown(digestOf('b'), known('b')), b);
    assert.equal(built.getKnown(digestOf('a'), known('a')), undefined);
    assert.equal(built.get(digestOf('a')), undefined);
  });
});
