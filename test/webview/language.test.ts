import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ResultAction, ReviewPhase } from '../../src/review/protocol';
import { setLanguage, type Language } from '../../src/texts/language';
import { imageOf } from '../support/images';
import { shownTexts } from '../support/shownTexts';
import type { StateOverrides } from './support/fakeHost';
import { looks, type Look } from './support/looks';
import { markedLook, markedNamespace, markedOverview } from './support/markedLooks';
import { NamespaceBench } from './support/namespacePage';
import { namespaceScenes } from './support/namespaceScenes';
import { figuresOf, imageBefore, overviewLooks, tagged } from './support/overviewLooks';
import { OverviewBench, type OpenOverview, type OverviewLook } from './support/overviewPage';
import { isAmong, isUntranslated, pseudoLanguage, textsIn } from './support/pseudoLanguage';
import { drawn, ReviewBench, type OpenReview } from './support/reviewPage';
import { assortedRows, currentTag, isActive, manyRows, multiPlatform, referenced, row } from './support/rows';

/** A page in some state, and what a person does there. */
interface Scene<Shown, Opened> {
  readonly look: Shown;
  readonly act?: (opened: Opened) => Promise<void>;
}

const control = (page: Page, name: string) => page.locator(`[data-control="${name}"]`).first();

const phases: readonly ReviewPhase[] = ['confirming', 'rechecking', 'deleting', 'verifying', 'failed'];
const actions: readonly ResultAction[] = ['signIn', 'checkAgain', 'showHistory', 'showLog'];
const { result: finished } = looks.finished.state;
const blocked = assortedRows().filter(({ blockers }) => blockers.length > 0);
const warned = row(1, { currentTags: ['1.3.0'], warnings: [currentTag(['1.3.0'])] });
const settled = { uncheckedCount: 0, canDelete: false } as const;

const reviews: Readonly<Record<string, Scene<Look, OpenReview>>> = {
  ...Object.fromEntries(
    Object.entries(looks)
      .filter(([name]) => name !== 'many')
      .map(([name, look]) => [name, { look }]),
  ),
  ...Object.fromEntries(
    phases.map((phase) => [
      `in phase ${phase}`,
      { look: { rows: [warned], state: { phase, canDelete: false } } },
    ]),
  ),
  'no images': { look: { rows: [], state: settled } },
  'no images left': { look: { rows: [warned], state: { ...settled, imageCount: 0 } } },
  'a dry run to continue': reviewIn({ phase: 'failed', leftToCheck: 0, canDelete: false }),
  'a dry run to continue for one': reviewIn({ phase: 'failed', leftToCheck: 1, canDelete: false }),
  'one not checked': reviewIn({ uncheckedCount: 1, canDelete: false }),
  'some not checked': reviewIn({ uncheckedCount: 2, canDelete: false }),
  'checked, but not to be deleted': { look: { rows: [row(0)], state: settled } },
  'one error': { look: { rows: blocked } },
  errors: {
    look: {
      rows: [0, 1].map((index) =>
        row(index, { blockers: [...blocked, ...blocked].flatMap(({ blockers }) => blockers) }),
      ),
    },
  },
  'an error and a warning': { look: { rows: [...blocked, warned] } },
  parts: {
    look: {
      rows: [row(0, multiPlatform(0, 'planned')), row(1, { warnings: [isActive(), currentTag(['a'])] })],
    },
  },
  'a long list of tags': {
    look: {
      rows: [
        row(0, { warnings: [currentTag(Array.from({ length: 60 }, (_, i) => `release-${String(i)}`))] }),
      ],
    },
  },
  'one line more than are listed': {
    look: { rows: [row(0, { warnings: [referenced(['a.yaml:1'], { morePlaces: 1 })] })] },
  },
  'a result without errors': resultOf({
    notDeleted: 1,
    reported: { manifestDeletes: 1, manifestErrors: 0, tagDeletes: 1, tagErrors: 0 },
  }),
  'every action': { look: { ...looks.finished, state: { ...looks.finished.state, actions: [...actions] } } },
  'a result that was not reported': resultOf({ reported: null, unknownAlong: 1 }),
  'a result without a request': resultOf({ isAnySent: false }),
  'one to be checked again': rechecked(1),
  'some to be checked again': rechecked(2),
  'a copied digest': {
    look: { rows: [warned] },
    act: ({ page }) => control(page, 'copy').click(),
  },
  'images to find': { look: { rows: manyRows(30) } },
  'images found by a filter': {
    look: { rows: manyRows(30) },
    act: async ({ page }) => {
      await control(page, 'filter').selectOption('current_tag');
      await page.locator('.shown-acts').waitFor();
    },
  },
  'one image found': { look: { rows: manyRows(30) }, act: ({ page }) => find(page, 'build-10') },
  'no image found': { look: { rows: manyRows(30) }, act: ({ page }) => find(page, 'nowhere') },
  'the only image found': {
    look: { rows: manyRows(30) },
    act: async ({ page, host }) => {
      await host.change(host.rows.slice(3, 4), '«status»');
      await find(page, 'build-3');
    },
  },
  'a result to find images in': { look: { rows: manyRows(30), state: looks.finished.state } },
  'rows that have not arrived': {
    look: { rows: manyRows(300) },
    act: async ({ page, host }) => {
      host.isHolding = true;
      await page.keyboard.press('End');
      await page.locator('.placeholder').first().waitFor();
    },
  },
};

const overviews: Readonly<Record<string, Scene<OverviewLook, OpenOverview>>> = {
  ...Object.fromEntries(Object.entries(overviewLooks).map(([name, look]) => [name, { look }])),
  planning: { look: { ...overviewLooks.five, state: { phase: 'planning' } } },
  cancelled: { look: { state: { phase: 'cancelled' } } },
  'a bar per month': { look: { figures: figuresOf([imageBefore(2000), imageBefore(1)]) } },
  'a bar per year': { look: { figures: figuresOf([imageBefore(15_000), imageBefore(1)]) } },
  'no image left of the line': { look: { figures: figuresOf([imageBefore(3), imageBefore(1)]) } },
  'one image left of the line': { look: { figures: figuresOf([imageBefore(90), imageBefore(1)]) } },
  'a line in the future': {
    look: { figures: { ...overviewLooks.five.figures, activeFrom: '2026-07-01T00:00:00.000Z' } },
  },
  'an image that may be a part': {
    look: { figures: figuresOf([imageBefore(59), imageBefore(40, { doubt: 'undetermined' })]) },
  },
  'images that may be parts': {
    look: {
      figures: figuresOf([
        imageBefore(59, { doubt: 'undetermined' }),
        imageBefore(40, { doubt: 'undetermined', ...tagged('a') }),
        imageOf('c', { lastPushed: undefined }),
      ]),
    },
  },
  'a wrong date': { look: overviewLooks.five, act: ({ page }) => choose(page, '2020-01-01') },
  'a chosen date': { look: overviewLooks.five, act: ({ page }) => choose(page, '2026-06-01') },
  'a copied digest': {
    look: overviewLooks.five,
    act: ({ page }) => page.locator('button.copy').first().click(),
  },
};

function reviewIn(state: StateOverrides): Scene<Look, OpenReview> {
  return { look: { rows: [row(0, { isChecked: false }), row(1)], state } };
}

function resultOf(result: Partial<NonNullable<StateOverrides['result']>>): Scene<Look, OpenReview> {
  return {
    look: { ...looks.finished, state: { ...looks.finished.state, result: { ...finished, ...result } } },
  };
}

/** After a deletion, with images left in the plan. */
function rechecked(uncheckedCount: number): Scene<Look, OpenReview> {
  return reviewIn({ uncheckedCount, canDelete: false, result: finished });
}

async function find(page: Page, text: string): Promise<void> {
  await control(page, 'search').fill(text);
  await control(page, 'search').press('Enter');
  await control(page, 'showAll').waitFor();
}

async function choose(page: Page, date: string): Promise<void> {
  await control(page, 'date').fill(date);
  await control(page, 'date').dispatchEvent('change');
}

describe('the language of the pages', () => {
  const [review, overview, namespace] = [new ReviewBench(), new OverviewBench(), new NamespaceBench()];
  let language: Language;
  /** Everything that any state has shown. */
  const shown = new Set<string>();

  before(async () => {
    language = await pseudoLanguage();
    setLanguage(language);
    await Promise.all([review.start(), overview.start(), namespace.start()]);
  });
  after(async () => {
    setLanguage({ tag: 'en', translations: undefined });
    await Promise.all([review.stop(), overview.stop(), namespace.stop()]);
  });
  afterEach(async () => {
    await review.closeAll();
    await overview.closeAll();
    await namespace.closeAll();
  });

  it('is recognized', async () => {
    assert.ok(isUntranslated('Delete'));
    assert.ok(isUntranslated('«latest» is active'));
    assert.ok(!isUntranslated('«latest» sha256:0123456789ab · 12, UTC'));
    const { translations = {} } = language;
    assert.deepEqual(
      (await textsIn('media')).filter((text) => isUntranslated(translations[text] ?? text)),
      [],
    );
  });

  const check = async (page: Page) => {
    await drawn(page);
    const texts = await shownTexts(page.locator('body'));
    assert.ok(texts.length > 5);
    assert.deepEqual(texts.filter(isUntranslated), []);
    for (const text of texts) shown.add(text);
  };

  for (const [name, { look, act }] of Object.entries(reviews)) {
    it(`is that of every text in a review: ${name}`, async () => {
      const opened = await review.open(markedLook(look));
      assert.equal(await opened.page.locator('html').getAttribute('lang'), 'ru');
      await act?.(opened);
      await check(opened.page);
    });
  }

  for (const [name, { look, act }] of Object.entries(overviews)) {
    it(`is that of every text in an overview: ${name}`, async () => {
      const opened = await overview.open(markedOverview(look));
      assert.equal(await opened.page.locator('html').getAttribute('lang'), 'ru');
      await act?.(opened);
      await check(opened.page);
    });
  }

  for (const [name, { look, act }] of Object.entries(namespaceScenes)) {
    it(`is that of every text in the overview of a namespace: ${name}`, async () => {
      const { page } = await namespace.open(markedNamespace(look));
      await act?.(page);
      await check(page);
    });
  }

  it('was looked for in every text that the pages have', async () => {
    const all = await textsIn('media');
    const { translations = {} } = language;
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.filter((text) => !isAmong(translations[text] ?? text, [...shown])),
      [],
    );
  });
});
