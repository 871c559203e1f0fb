import assert from 'node:assert/strict';
import { commandIds } from '../../src/contributions';
import { type ContextValues, groupName, type MenuEntry, menuEntries, shownEntries } from '../support/menus';

/** More than these are not taken in at a glance. */
const mostEntries = 7;
const mostInline = 2;

const view = { view: 'hubImages.tree' };

/** Each kind of row by its `contextValue`, as treeItems.ts makes it. */
const rows: Readonly<Record<string, string>> = {
  'account in use': 'account',
  'another account': 'account idle',
  namespace: 'namespace',
  'added namespace': 'namespace removable',
  group: 'group',
  repository: 'repository',
  'added repository': 'repository removable',
  image: 'image deletable',
  'tagged image': 'image deletable tagged',
  part: 'part',
  tag: 'tag',
  'former tag': 'historicalTag',
  message: 'message',
  failure: 'message retryable',
  'load more': 'loadMore',
};

const titles: Readonly<Record<string, ContextValues>> = {
  'signed out': {},
  'signed in': { 'hubImages.isSignedIn': true },
  'several accounts': { 'hubImages.isSignedIn': true, 'hubImages.hasSeveralAccounts': true },
  sandbox: { 'hubImages.isSignedIn': true, 'hubImages.isSandbox': true },
};

/** Commands that no menu has: rows, the welcome view, and the Command Palette lead to them. */
const withoutMenu = [
  'hubImages.account.cancelSignIn',
  'hubImages.images.loadMore',
  'hubImages.reference.show',
  'hubImages.notifications.reset',
  'hubImages.walkthrough.open',
];

const ofRow = (viewItem: string) => shownEntries('view/item/context', { ...view, viewItem });
const ofTitle = (values: ContextValues) => shownEntries('view/title', { ...view, ...values });
const isIn =
  (group: string) =>
  (entry: MenuEntry): boolean =>
    groupName(entry) === group;
const isDeletion = ({ command = '' }: MenuEntry) => /\.delete(Inactive|Matching)?$/.test(command);
const ids = (entries: readonly MenuEntry[]) =>
  entries.map(({ command, submenu }) => (command ?? submenu ?? '').replace('hubImages.', ''));

describe('the menus', () => {
  for (const [kind, viewItem] of Object.entries(rows)) {
    it(`of a row are short: ${kind}`, () => {
      const entries = ofRow(viewItem);
      const inline = entries.filter(isIn('inline'));
      assert.ok(inline.length <= mostInline, ids(inline).join());
      assert.ok(entries.length - inline.length <= mostEntries, ids(entries).join());
    });

    it(`of a row end with what deletes, in a group of its own: ${kind}`, () => {
      const entries = ofRow(viewItem).filter((entry) => !isIn('inline')(entry));
      const first = entries.findIndex(isDeletion);
      const deletions = first === -1 ? [] : entries.slice(first);
      assert.ok(deletions.every(isDeletion), ids(entries).join());
      assert.ok(deletions.every(isIn('9_delete')));
      assert.ok(!entries.some((entry) => isIn('9_delete')(entry) && !isDeletion(entry)));
    });

    it(`of a row lead to what they draw in it: ${kind}`, () => {
      const entries = ofRow(viewItem);
      const [inline, others] = [true, false].map((isInline) =>
        ids(entries.filter((entry) => isIn('inline')(entry) === isInline)),
      );
      assert.deepEqual(
        inline?.filter((id) => others?.includes(id) !== true),
        [],
      );
    });
  }

  for (const [state, values] of Object.entries(titles)) {
    it(`of the view are short: ${state}`, () => {
      const entries = ofTitle(values);
      const buttons = entries.filter(isIn('navigation'));
      assert.ok(buttons.length <= 3, ids(buttons).join());
      assert.ok(entries.length - buttons.length <= mostEntries, ids(entries).join());
    });
  }

  it('within menus are short, and have entries wherever they are shown', () => {
    const shown = [
      ...Object.values(rows).flatMap((viewItem) =>
        ofRow(viewItem).map((entry) => ({ entry, values: { ...view, viewItem } })),
      ),
      ...Object.values(titles).flatMap((values) =>
        ofTitle(values).map((entry) => ({ entry, values: { ...view, ...values } })),
      ),
    ];
    for (const { entry, values } of shown.filter((one) => one.entry.submenu !== undefined)) {
      const { submenu = '' } = entry;
      const count = shownEntries(submenu, values).length;
      assert.ok(count > 1 && count <= mostEntries, `${submenu}: ${count} for ${JSON.stringify(values)}`);
    }
  });

  it('have every command except those that rows, the welcome view or the Command Palette lead to', () => {
    const inMenus = new Set(menuEntries().map(({ command }) => command));
    assert.deepEqual(
      commandIds.filter((id) => !inMenus.has(id)),
      withoutMenu,
    );
  });

  it('begin with what is used most', () => {
    const first = (viewItem: string) => ids(ofRow(viewItem).filter((entry) => !isIn('inline')(entry)))[0];
    assert.deepEqual(
      [rows['repository'], rows['image'], rows['part'], rows['tag']].map((row = '') => first(row)),
      ['repository.showOverview', 'image.showDetails', 'image.showDetails', 'copy'],
    );
  });
});
