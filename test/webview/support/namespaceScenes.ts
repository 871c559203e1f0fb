import type { Page } from 'playwright-core';
import { countsOf, namespaceLooks, rowOf } from './namespaceLooks';
import type { NamespaceLook } from './namespaceState';

/** The overview of a namespace in some state, and what a person does there. */
export interface NamespaceScene {
  readonly look: NamespaceLook;
  readonly act?: (page: Page) => Promise<void>;
}

const few: NamespaceLook = { rows: ['api', 'billing', 'cache'].map((name) => rowOf(name)) };

/** Scenes that together have every text of the page. */
export const namespaceScenes: Readonly<Record<string, NamespaceScene>> = {
  ...Object.fromEntries(Object.entries(namespaceLooks).map(([name, look]) => [name, { look }])),
  'one repository selected': { look: few, act: (page) => control(page, 'select').check() },
  'all repositories selected': { look: few, act: (page) => control(page, 'selectShown').check() },
  'a selected repository that is not shown': {
    look: few,
    act: async (page) => {
      await control(page, 'select').check();
      await control(page, 'search').fill('billing');
    },
  },
  'selected repositories that are not shown': {
    look: few,
    act: async (page) => {
      await control(page, 'selectShown').check();
      await control(page, 'search').fill('billing');
    },
  },
  'a search that finds nothing': { look: few, act: (page) => control(page, 'search').fill('nothing') },
  'one repository without a known size': { look: { rows: [rowOf('a', { storageBytes: null }), rowOf('b')] } },
  'a repository that could not be counted': {
    look: { ...few, counts: [{ name: 'api', counts: null, failure: 'Access denied.' }] },
  },
  'a repository that was never pulled': { look: { ...few, counts: [countsOf('api', { untagged: 3 })] } },
  'one doubt about each count': {
    look: { ...few, counts: [countsOf('api', { undetermined: 1, unread: 1, unknown: 1 })] },
  },
  'doubts about each count': {
    look: { ...few, counts: [countsOf('api', { undetermined: 2, unread: 2, unknown: 2 })] },
  },
};

function control(page: Page, name: string) {
  return page.locator(`[data-control="${name}"]`).first();
}
