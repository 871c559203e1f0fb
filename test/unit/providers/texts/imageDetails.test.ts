import assert from 'node:assert/strict';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { imageDetailsText } from '../../../../src/providers/texts/imageDetails';
import { imageOf } from '../../../support/images';

const now = new Date('2026-06-01T12:00:00Z');

function detailsOf(facts: Partial<Image>): string {
  const repository = parseRepositoryRef('acme/api');
  return imageDetailsText(
    { repository, image: imageOf('a', facts), activeFrom: undefined, imageApi: 'registry' },
    now,
  );
}

describe('the details of an image', () => {
  it('say that the last pull is not known, and never that there was none', () => {
    const details = detailsOf({ arePullsUnknown: true, status: 'unknown' });
    assert.match(details, /^Status {8}activity unknown \(last pushed 365 days ago, last pull not known\)$/m);
    assert.match(details, /^Last pulled {3}not known$/m);
  });

  const notes: readonly [Partial<Image>, RegExp][] = [
    [{ doubt: 'disputed' }, /^Note {10}The lists on the server disagree about the tags/m],
    [{ doubt: 'undetermined' }, /^Note {10}The lists do not show whether another image needs/m],
    [{ arePartsUnknown: true }, /^Note {10}This image may have more parts than are shown/m],
  ];
  for (const [facts, note] of notes) {
    it(`explain ${JSON.stringify(facts)}`, () => {
      assert.match(detailsOf(facts), note);
    });
  }

  it('have no note where nothing is in doubt', () => {
    assert.doesNotMatch(detailsOf({}), /^Note/m);
  });
});
