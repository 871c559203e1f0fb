import assert from 'node:assert/strict';
import { type Listing, withPages } from '../../../src/catalog/listing';
import { defaultImagesView } from '../../../src/catalog/viewOptions';
import type { ImagesPage } from '../../../src/hub/imageApi';
import { IncompleteInventoryError, unreadInventory } from '../../../src/hub/incompleteInventory';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import type { UnreadPart } from '../../../src/hub/readableList';
import { underRepository } from '../../../src/providers/children';
import { namespaceNode, repositoryNode } from '../../../src/providers/nodes';
import { describeError } from '../../../src/texts/errors';
import { imageOf } from '../../support/images';

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'own' },
  { isRemovable: false, isListed: true },
);
const ref = parseRepositoryRef('acme/api');
const repository = repositoryNode(namespace, { ...ref, isPrivate: false }, false);
const partAt = (position: number): UnreadPart => ({ position, count: 1, reason: 'tags: expected an object' });
const empty: Listing = {
  query: { status: undefined, ordering: '-last_activity', activeFrom: undefined, pageSize: 100 },
  askedAt: new Date('2026-06-01T00:00:00Z'),
  images: [],
  count: 0,
  pageCount: 0,
  hasNext: true,
  gaps: [],
  unread: [],
  isPartial: false,
};

function rows(...pages: readonly ImagesPage[]) {
  const listing = withPages(empty, pages);
  const nothing = { nextPageError: undefined, restError: undefined, summary: undefined };
  const contents = { ...nothing, listing, listingError: undefined, summaryError: undefined };
  return underRepository(repository, contents, defaultImagesView);
}
const texts = (...pages: readonly ImagesPage[]) =>
  rows(...pages).map((row) => (row.kind === 'message' ? row.text : row.kind));

const page = (facts: Partial<ImagesPage>): ImagesPage => ({
  count: 1,
  images: [imageOf('a')],
  hasNext: false,
  gaps: ['entriesUnread'],
  ...facts,
});

describe('the row for entries of a repository that could not be read (row 12)', () => {
  it('stands above the images that could, counts the entries, and leads to the log', () => {
    const [message, image] = rows(page({ unread: [partAt(0), partAt(4), partAt(9)] }));
    assert.equal(image?.kind, 'image');
    assert.ok(message?.kind === 'message');
    assert.equal(message.text, '3 entries could not be read');
    assert.equal(message.severity, 'warning');
    assert.deepEqual(message.action, { kind: 'command', command: 'hubImages.log.show' });
    assert.match(message.hint, /cannot be deleted in bulk/);
  });

  it('is one for pages that were made from the same lists', () => {
    const unread = [partAt(0)];
    const first = page({ count: 2, unread, hasNext: true });
    assert.deepEqual(texts(first, page({ count: 2, images: [imageOf('b')], unread })), [
      '1 entry could not be read',
      'image',
      'image',
    ]);
  });

  it('is there before the last page, too', () => {
    assert.deepEqual(texts(page({ count: 200, unread: [partAt(0)], hasNext: true })), [
      '1 entry could not be read',
      'image',
      'loadMore',
    ]);
  });

  it('replaces what would be wrong: that there are no images, or that the repository has changed', () => {
    assert.deepEqual(texts(page({ count: 0, images: [], unread: [partAt(0)] })), [
      '1 entry could not be read',
    ]);
    assert.deepEqual(texts(page({ count: 2, unread: [partAt(1)] })), ['1 entry could not be read', 'image']);
  });

  it('has its counterpart in the reason why a plan is refused', () => {
    const error = unreadInventory(ref, [partAt(0), partAt(4), { ...partAt(5), count: 2 }]);
    assert.ok(error instanceof IncompleteInventoryError);
    assert.equal(
      describeError(error),
      '4 entries in the lists on the server could not be read. The log has the reasons.',
    );
    assert.equal(
      describeError(unreadInventory(ref, [partAt(0)])),
      '1 entry in the lists on the server could not be read. The log has the reason.',
    );
  });
});
