import assert from 'node:assert/strict';
import { selectInactive, type ProtectionReason } from '../../../../src/hub/deletion/inactiveImages';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { imageOf } from '../../../support/images';

const now = new Date('2026-06-01T00:00:00Z');
const activeFrom = new Date('2026-05-01T00:00:00Z');
const select = (image: Image) =>
  selectInactive({ repository: parseRepositoryRef('acme/api'), activeFrom, images: [image] }, now);

describe('selection of inactive images', () => {
  it('takes an image whose last activity is known and before the window', () => {
    const image = imageOf('old');
    assert.deepEqual(select(image), { inactive: [image], protectedImages: [] });
  });

  it('passes over active images without a word', () => {
    assert.deepEqual(select(imageOf('new', { status: 'active' })), { inactive: [], protectedImages: [] });
  });

  const doubtful: readonly (readonly [ProtectionReason, Partial<Image>])[] = [
    ['unknownActivity', { lastPushed: undefined, lastPulled: undefined }],
    ['futureActivity', { lastPushed: new Date('2026-06-02T00:00:00Z') }],
    ['contradictsServer', { lastPulled: new Date('2026-05-02T00:00:00Z') }],
  ];
  for (const [reason, facts] of doubtful) {
    it(`protects an image called inactive with ${reason}`, () => {
      const image = imageOf('doubtful', facts);
      assert.deepEqual(select(image), { inactive: [], protectedImages: [{ image, reason }] });
    });
  }
});
