import assert from 'node:assert/strict';
import type { CollateralOutcome, ImageOutcome } from '../../../../src/hub/deletion/outcome';
import { removedSizeBytes, type SettledEntry } from '../../../../src/hub/deletion/settlement';
import { imageKey, type ImageKey } from '../../../../src/hub/deletionRequest';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { imageOf } from '../../../support/images';

const repository = parseRepositoryRef('acme/api');
const arm = imageOf('arm', { sizeBytes: 100 });
const keyOf = (image: Image) => imageKey(repository, image.digest);

function settled(image: Image, outcome: ImageOutcome, deletedAlong: readonly Image[] = []): SettledEntry {
  return {
    outcome,
    entry: {
      key: keyOf(image),
      planned: { repository, image },
      isChecked: true,
      hasParts: false,
      latestTags: undefined,
      findingsRevision: 1,
      warnings: [],
      blockers: [],
      collateral: {
        collateral: { kind: 'known', images: deletedAlong.map((one) => ({ image: one, formerTags: [] })) },
        isAccepted: true,
        isNew: false,
      },
      referenced: undefined,
    },
  };
}

const gone = (...images: readonly Image[]): ReadonlyMap<ImageKey, CollateralOutcome> =>
  new Map(images.map((image) => [keyOf(image), 'gone']));

describe('removedSizeBytes', () => {
  it('sums what the new listing no longer has, each image once', () => {
    const first = settled(imageOf('first', { sizeBytes: 10 }), 'deleted', [arm]);
    const second = settled(imageOf('second', { sizeBytes: 1 }), 'deleted', [arm]);
    assert.equal(removedSizeBytes({ settled: [first, second], collateral: gone(arm) }), 111);
  });

  it('counts nothing that is still there, or that somebody else removed', () => {
    const image = imageOf('image', { sizeBytes: 10 });
    for (const outcome of ['failed', 'unconfirmed', 'alreadyGone', 'refused'] as const) {
      assert.equal(
        removedSizeBytes({ settled: [settled(image, outcome, [arm])], collateral: new Map() }),
        undefined,
      );
    }
    const deleted = settled(image, 'deleted', [arm]);
    assert.equal(removedSizeBytes({ settled: [deleted], collateral: new Map([[keyOf(arm), 'stayed']]) }), 10);
  });

  it('is no upper bound where a size is missing, so it is none', () => {
    const known = settled(imageOf('known', { sizeBytes: 10 }), 'deleted');
    assert.equal(
      removedSizeBytes({ settled: [known, settled(imageOf('silent'), 'deleted')], collateral: new Map() }),
      undefined,
    );
  });

  it('is nothing where nothing was removed', () => {
    assert.equal(removedSizeBytes({ settled: [], collateral: new Map() }), undefined);
  });
});
