import assert from 'node:assert/strict';
import type { CodeReference } from '../../../../src/hub/codeReferences';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { KnownImages, lookUp, type ReadImages } from '../../../../src/workspace/imageLookup';
import { goneDigestHint, lookupLines, unlistedLines } from '../../../../src/workspace/texts/lookup';
import { digestOf, imageOf } from '../../../support/images';

type Reference = Pick<CodeReference, 'kind' | 'tag' | 'digest' | 'isDefault'>;

const web = imageOf('web', {
  tags: [
    { name: '1.2', isCurrent: true },
    { name: 'latest', isCurrent: true },
  ],
  status: 'active',
  lastPushed: new Date('2026-02-01T10:00:00Z'),
  lastPulled: new Date('2026-02-20T11:00:00Z'),
});
const gone = digestOf('gone');

/** Without times, whose form depends on the zone. */
function lines(
  reference: Partial<Reference>,
  images: readonly Image[] = [web],
  facts: Partial<ReadImages> = {},
): readonly string[] {
  const known = new KnownImages({
    repository: parseRepositoryRef('acme/web'),
    images,
    isWhole: true,
    gaps: [],
    imageApi: 'registry',
    readAt: new Date('2026-03-01T12:00:00Z'),
    ...facts,
  });
  const whole: Reference = { kind: 'exact', tag: undefined, digest: undefined, ...reference };
  return lookupLines(whole, lookUp(whole, known), known).map(([name, value]) =>
    `${name}: ${value}`.replace(/[A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d\s[AP]M \(/g, '('),
  );
}

describe('the lines about a reference', () => {
  it('name the image of a tag, its digest, its activity, and when it was read', () => {
    assert.deepEqual(lines({ tag: '1.2' }), [
      'Image: acme/web: 1.2, latest',
      `Digest: ${web.digest}`,
      'Status: active',
      'Last pushed: (2026-02-01 10:00:00 UTC)',
      'Last pulled: (2026-02-20 11:00:00 UTC)',
      'As of: (2026-03-01 12:00:00 UTC)',
    ]);
  });

  it('do not repeat the digest that is written there', () => {
    assert.ok(!lines({ digest: web.digest }).some((line) => line.startsWith('Digest')));
  });

  it('say that a digest does not exist, and that the list may be late', () => {
    assert.deepEqual(lines({ digest: gone }), [
      'Repository: acme/web',
      'Digest: does not exist in acme/web. An image that was pushed a few minutes ago may not be listed yet.',
      'As of: (2026-03-01 12:00:00 UTC)',
    ]);
  });

  it('name in a hint when it was read that a digest does not exist', () => {
    assert.match(
      goneDigestHint('acme/web', new Date('2026-03-01T12:00:00Z')),
      /^This digest does not exist in acme\/web, as of (Feb 28|Mar 1|Mar 2), 2026, \d+:\d{2} [AP]M .+\.$/,
    );
  });

  it('say of other digests only where they are not', () => {
    assert.deepEqual(
      lines({ digest: gone }, [web], { isWhole: false })[1],
      'Digest: not among the images of acme/web that were read. It may still exist.',
    );
    assert.equal(
      lines({ digest: gone }, [{ ...web, arePartsUnknown: true }])[1],
      'Digest: not in the complete list of images of acme/web. It can only exist as part of an image whose parts are not all known.',
    );
  });

  it('say that a tag moved on, and to which image', () => {
    const text = lines({ tag: '1.2', digest: gone }).find((line) => line.startsWith('Tag'));
    assert.equal(
      text,
      `Tag: 1.2 now points to ${web.digest.slice(0, 19)}, last pushed (2026-02-01 10:00:00 UTC).`,
    );
    const old = imageOf('old', { tags: [{ name: '1.1', isCurrent: false }] });
    assert.ok(
      lines({ tag: '1.1', digest: old.digest }, [old]).includes('Tag: 1.1 no longer points to this digest.'),
    );
  });

  it('say whether a tag exists', () => {
    assert.equal(lines({ tag: '9' })[1], 'Tag: 9 no longer exists.');
    assert.equal(
      lines({ tag: '9' }, [web], { isWhole: false })[1],
      'Tag: 9 is not among the tags of the images that were read.',
    );
  });

  it('say that a tag cannot be determined, or is only a default', () => {
    assert.deepEqual(lines({ kind: 'nameOnly' }).slice(0, 2), [
      'Repository: acme/web',
      'Tag: cannot be determined',
    ]);
    assert.ok(
      lines({ tag: '1.2', isDefault: true }).includes(
        'Default: another image is used if the variable is set elsewhere',
      ),
    );
  });

  it('name what a part belongs to, by its platform or its digest', () => {
    const arm = imageOf('arm', { platform: 'linux/arm64' });
    const other = imageOf('other');
    const index = { ...web, parts: [arm, other] };
    assert.equal(
      lines({ digest: arm.digest }, [index])[0],
      'Image: acme/web: linux/arm64, part of 1.2, latest',
    );
    assert.equal(
      lines({ digest: other.digest }, [index])[0],
      `Image: acme/web: ${other.digest.slice(0, 19)}, part of 1.2, latest`,
    );
  });

  it('say what is doubtful about the image', () => {
    assert.ok(
      lines({ tag: '1.2' }, [{ ...web, doubt: 'disputed' }]).some((line) =>
        line.startsWith('Cannot be deleted yet: '),
      ),
    );
  });

  it('say of an unlisted repository only that', () => {
    assert.deepEqual(unlistedLines('acme/x'), [
      ['Repository', 'acme/x'],
      ['Status', 'not among the repositories that your account can list'],
    ]);
  });
});
