import assert from 'node:assert/strict';
import type { ProtectedImage } from '../../../src/hub/deletion/imageSelection';
import { excludedImagesNotices } from '../../../src/planning/texts/excludedImages';
import { imageOf } from '../../support/images';

const doubtful = (seed: string, reason: ProtectedImage['reason']): ProtectedImage => ({
  image: imageOf(seed, { tags: [{ name: seed, isCurrent: true }] }),
  reason,
});

describe('excludedImagesNotices', () => {
  it('names the images that were left out, by the reason', () => {
    const notices = excludedImagesNotices([
      doubtful('a', 'futureActivity'),
      doubtful('b', 'unknownActivity'),
      doubtful('c', 'unknownActivity'),
      doubtful('d', 'maybeReferenced'),
    ]);
    assert.deepEqual(
      notices.map(({ text }) => text),
      [
        'Left out because it is not known when they were last pushed or pulled: b · c.',
        'Left out because their last activity is in the future: a.',
        'Left out because a line in the workspace may use them: d. To see the lines, select Find References in Workspace on an image.',
      ],
    );
  });

  it('counts those that would make the list too long', () => {
    const many = Array.from({ length: 23 }, (_, index) => doubtful(`i${index}`, 'unknownActivity'));
    assert.match(excludedImagesNotices(many)[0]?.text ?? '', / and 3 more\.$/);
  });

  it('says nothing where nothing was left out', () => {
    assert.deepEqual(excludedImagesNotices([]), []);
  });
});
