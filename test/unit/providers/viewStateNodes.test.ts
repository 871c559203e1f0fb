import assert from 'node:assert/strict';
import { defaultImagesView, type ImagesView } from '../../../src/catalog/viewOptions';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import type { Listing } from '../../../src/catalog/listing';
import { type ShownContents, underRepository } from '../../../src/providers/children';
import { namespaceNode, repositoryNode } from '../../../src/providers/nodes';
import { viewStateNodes } from '../../../src/providers/viewStateNodes';
import { imageOf } from '../../support/images';

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'own' },
  { isRemovable: false, isListed: true },
);
const repository = repositoryNode(namespace, { ...parseRepositoryRef('acme/api'), isPrivate: false }, false);

/** Characters that a row below a repository shows in a side bar of 250 pixels. */
const widthLimit = 26;

const unread: ShownContents = {
  listing: undefined,
  listingError: undefined,
  nextPageError: undefined,
  restError: undefined,
  summary: undefined,
  summaryError: undefined,
};

function rows(view: Partial<ImagesView>, unknown = 0) {
  return viewStateNodes(repository, { ...defaultImagesView, ...view }, unknown);
}

describe('the rows for the state of the view', () => {
  it('are none if nothing differs from the default', () => {
    assert.deepEqual(rows({}, 12), []);
  });

  const cases: readonly [Partial<ImagesView>, number, text: string, reason: string, command: string][] = [
    [{ status: 'active' }, 0, 'Active images only', '', 'filterByStatus'],
    [{ status: 'inactive' }, 1_200, 'Inactive images only', '1,200 unknown not shown', 'filterByStatus'],
    [{ ordering: 'last_activity' }, 0, 'Oldest activity first', '', 'sort'],
    [{ ordering: 'digest' }, 0, 'By digest, ascending', '', 'sort'],
    [{ ordering: '-digest' }, 0, 'By digest, descending', '', 'sort'],
    [{ activityWindowDays: 1 }, 0, 'Active: last day', '', 'setActivityWindow'],
    [{ activityWindowDays: 3_650 }, 0, 'Active: last 3,650 days', '', 'setActivityWindow'],
  ];
  for (const [view, unknown, text, reason, command] of cases) {
    it(`say “${text}” and lead to the command that changes it`, () => {
      const [row, ...others] = rows(view, unknown);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [row?.text, row?.reason, row?.parent, row?.action],
        [text, reason, repository, { kind: 'command', command: `hubImages.images.${command}` }],
      );
      assert.ok(text.length <= widthLimit);
    });
  }

  it('are one for each difference, with ids of their own', () => {
    const all = rows({ status: 'inactive', ordering: 'digest', activityWindowDays: 7 });
    assert.equal(new Set(all.map(({ id }) => id)).size, 3);
  });

  for (const isPartial of [false, true]) {
    it(`stand above the images ${isPartial ? 'while the rest is read' : 'of the list'}`, () => {
      const images = [imageOf('a')];
      const listing = { images, count: 1, hasNext: false, gaps: [], unread: [], query: {}, isPartial };
      const contents = { ...unread, listing: listing as unknown as Listing }; // all that rows need
      const view = { ...defaultImagesView, ordering: 'digest' } as const;
      const kinds = underRepository(repository, contents, view).map(({ kind }) => kind);
      assert.deepEqual(kinds.slice(0, 2), ['message', 'image']);
      assert.equal(underRepository(repository, contents, defaultImagesView)[0]?.kind, 'image');
    });
  }

  it('do not come before the images', () => {
    const view = { ...defaultImagesView, ordering: 'digest' } as const;
    assert.deepEqual(underRepository(repository, unread, view), []);
  });
});
