import assert from 'node:assert/strict';
import type { ListingGap } from '../../../src/hub/imageApi';
import type { Image } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import { KnownImages, lookUp, type ReadImages } from '../../../src/workspace/imageLookup';
import { digestOf, imageOf } from '../../support/images';

const current = (name: string) => ({ name, isCurrent: true });
const former = (name: string) => ({ name, isCurrent: false });

function known(images: readonly Image[], facts: Partial<ReadImages> = {}): KnownImages {
  return new KnownImages({
    repository: parseRepositoryRef('acme/web'),
    images,
    isWhole: true,
    gaps: [],
    imageApi: 'registry',
    readAt: new Date('2026-03-01T12:00:00Z'),
    ...facts,
  });
}

const plain = imageOf('1.2', { tags: [current('1.2')] });
const platform = imageOf('amd64', { platform: 'linux/amd64' });
const index = imageOf('1.3', { tags: [current('1.3')], role: 'index', parts: [platform] });

describe('a digest in a list of images', () => {
  it('is found as an image, or as a part of one', () => {
    const images = known([plain, index]);
    assert.deepEqual(images.image(plain.digest), { image: plain, partOf: undefined });
    assert.deepEqual(images.image(platform.digest), { image: platform, partOf: index });
    assert.equal(images.presenceOf(platform.digest), 'listed');
  });

  it('is an image of its own if it is listed as such, too', () => {
    assert.deepEqual(known([index, platform]).image(platform.digest), { image: platform, partOf: undefined });
  });

  it('is gone only if the whole list was read, and all parts are known', () => {
    assert.equal(known([plain, index]).presenceOf(digestOf('missing')), 'gone');
    assert.equal(known([]).presenceOf(digestOf('missing')), 'gone');
  });

  const doubts: Readonly<Record<string, Image>> = {
    'parts that are not all known': { ...index, arePartsUnknown: true },
    'a part of that kind': { ...index, parts: [{ ...platform, arePartsUnknown: true }] },
    'an image that may be a part': { ...plain, doubt: 'undetermined' },
    'an image whose tags are disputed': { ...plain, doubt: 'disputed' },
    'a part that could not be read': { ...index, parts: [{ ...platform, doubt: 'unreadable' }] },
  };
  for (const [name, image] of Object.entries(doubts)) {
    it(`is not said to be gone beside ${name}`, () => {
      assert.equal(known([image]).presenceOf(digestOf('missing')), 'unlisted');
    });
  }

  it('is not said to be gone with the image-management API, which lists no platforms', () => {
    assert.equal(known([plain], { imageApi: 'management' }).presenceOf(digestOf('missing')), 'unlisted');
    assert.equal(known([plain], { imageApi: undefined }).presenceOf(digestOf('missing')), 'unlisted');
  });

  it('is only not among what was read if that is not everything', () => {
    assert.equal(known([plain], { isWhole: false }).presenceOf(digestOf('missing')), 'notRead');
  });

  const byGap: Readonly<Record<ListingGap, readonly [digest: string, tag: string]>> = {
    untaggedHidden: ['notRead', 'gone'],
    manifestsCut: ['notRead', 'notRead'],
    tagsCut: ['notRead', 'notRead'],
    indexesUnread: ['unlisted', 'gone'],
    tagsDisputed: ['unlisted', 'notRead'],
    entriesUnread: ['notRead', 'notRead'],
  };
  for (const [gap, expected] of Object.entries(byGap) as [ListingGap, readonly [string, string]][]) {
    it(`or a tag is not said to be gone where the list may hide it: ${gap}`, () => {
      const images = known([plain], { gaps: [gap] });
      assert.deepEqual([images.presenceOf(digestOf('missing')), images.presenceOfTag('9')], expected);
    });
  }
});

describe('a reference to an image', () => {
  it('means the image that its tag points at', () => {
    assert.deepEqual(lookUp({ tag: '1.2', digest: undefined }, known([plain, index])), {
      found: { image: plain, partOf: undefined },
      digest: undefined,
      tag: 'listed',
      moved: undefined,
    });
  });

  it('means nothing if no image has its tag now', () => {
    const old = imageOf('old', { tags: [former('1.1')] });
    const { found, tag } = lookUp({ tag: '1.1', digest: undefined }, known([old, plain]));
    assert.deepEqual([found, tag], [undefined, 'gone']);
    assert.equal(lookUp({ tag: '1.1', digest: undefined }, known([old], { isWhole: false })).tag, 'notRead');
  });

  it('means nothing if it has neither a tag nor a digest', () => {
    assert.deepEqual(lookUp({ tag: undefined, digest: undefined }, known([plain])), {
      found: undefined,
      digest: undefined,
      tag: undefined,
      moved: undefined,
    });
  });

  it('means the image with its digest, whatever its tag is', () => {
    const { found, digest } = lookUp({ tag: '1.2', digest: index.digest }, known([plain, index]));
    assert.deepEqual([found?.image, digest], [index, 'listed']);
  });

  const movedTo = (reference: { tag: string; digest: Image['digest'] }, images: KnownImages) => {
    const { moved } = lookUp(reference, images);
    return moved && (moved.to?.digest ?? 'unknown');
  };

  it('has a tag that moved on if that points at another image', () => {
    const pinned = { tag: '1.2', digest: digestOf('gone') };
    assert.equal(movedTo(pinned, known([plain, index])), plain.digest);
    assert.equal(movedTo({ tag: '1.2', digest: plain.digest }, known([plain])), undefined);
  });

  it('has no tag that moved on if its digest is that of a platform', () => {
    assert.equal(movedTo({ tag: '1.3', digest: platform.digest }, known([index])), undefined);
  });

  it('has none if its digest may be that of a platform that no list shows', () => {
    const unread = { ...index, parts: [], arePartsUnknown: true } as const;
    const pinned = { tag: '1.3', digest: platform.digest };
    assert.equal(movedTo(pinned, known([unread])), undefined);
    assert.equal(movedTo(pinned, known([unread, platform])), undefined);
    const other = imageOf('other', { role: 'index' });
    assert.equal(movedTo({ tag: '1.3', digest: other.digest }, known([unread, other])), unread.digest);
  });

  it('has none if it is not certain where the tag points', () => {
    const disputed = { ...plain, doubt: 'disputed' } as const;
    assert.equal(movedTo({ tag: '1.2', digest: index.digest }, known([disputed, index])), undefined);
  });

  it('has one if the list of former tags says so, and that alone with the image-management API', () => {
    const management = { imageApi: 'management' } as const;
    const old = imageOf('old', { tags: [former('1.2')] });
    const pinned = { tag: '1.2', digest: old.digest };
    assert.equal(movedTo(pinned, known([old, plain], management)), plain.digest);
    assert.equal(movedTo(pinned, known([old], management)), 'unknown');
    assert.equal(movedTo({ tag: '1.2', digest: digestOf('gone') }, known([plain], management)), undefined);
  });
});

describe('a tag in a list of images', () => {
  it('has a digest to pin only if it is certain where it points', () => {
    assert.equal(known([plain]).pinned('1.2'), plain);
    assert.equal(known([{ ...plain, doubt: 'disputed' }]).pinned('1.2'), undefined);
    assert.equal(known([{ ...plain, doubt: 'unreadable' }]).pinned('1.2'), undefined);
    const undetermined = { ...plain, doubt: 'undetermined' } as const;
    assert.equal(known([undetermined]).pinned('1.2'), undetermined);
    assert.equal(known([plain]).pinned('1.3'), undefined);
  });
});
