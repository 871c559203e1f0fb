import assert from 'node:assert/strict';
import type { ListedManifest, ListedTag } from '../../../../src/hub/registry/listWire';
import { type AskedTags, tagClaims } from '../../../../src/hub/registry/tagClaims';
import { listedManifest, listedTag } from '../../../support/registryLists';
import { digestOf } from '../../../support/images';

const one = digestOf('one');
const two = digestOf('two');
const three = digestOf('three');

function claims(
  manifests: readonly ListedManifest[],
  tags: readonly ListedTag[] = [],
  asked: AskedTags = new Map(),
) {
  const { tagsOf, disputed, disputedImages, hasTag } = tagClaims(manifests, tags, asked);
  return {
    tags: Object.fromEntries(tagsOf),
    disputed: Object.fromEntries(disputed),
    images: [...disputedImages],
    hasTag,
  };
}

describe('tags from all sources', () => {
  it('are the union of what they say', () => {
    const all = claims(
      [listedManifest('one', { tags: ['a', 'b'] })],
      [listedTag('a', { digest: one }), listedTag('c', { digest: two }), listedTag('none', {})],
      new Map([
        ['d', two],
        ['gone', null],
      ]),
    );
    assert.deepEqual(all.tags, { [one]: ['a', 'b'], [two]: ['c', 'd'] });
    assert.deepEqual([all.disputed, all.images], [{}, []]);
    assert.deepEqual(
      ['a', 'c', 'd', 'none', 'gone'].map((tag) => all.hasTag(tag)),
      [true, true, true, false, false],
    );
  });

  it('are disputed where two sources name different images, whichever these are', () => {
    const manifests = [listedManifest('one', { tags: ['a'] })];
    for (const all of [
      claims([...manifests, listedManifest('two', { tags: ['a'] })]),
      claims(manifests, [listedTag('a', { digest: two })]),
      claims(manifests, [], new Map([['a', two]])),
    ]) {
      assert.deepEqual(all.tags, { [one]: ['a'], [two]: ['a'] });
      assert.deepEqual(all.disputed, { a: [one, two] });
      assert.deepEqual(all.images, [one, two]);
    }
  });

  it('are disputed among three images, and agreed on by the others', () => {
    const all = claims(
      [listedManifest('one', { tags: ['a', 'b'] })],
      [listedTag('a', { digest: two }), listedTag('b', { digest: one })],
      new Map([['a', three]]),
    );
    assert.deepEqual(all.disputed, { a: [one, two, three] });
    assert.deepEqual(all.tags, { [one]: ['a', 'b'], [two]: ['a'], [three]: ['a'] });
    assert.deepEqual(all.images, [one, two, three]);
  });
});
