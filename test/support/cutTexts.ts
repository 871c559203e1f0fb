import type { Locator } from 'playwright-core';

/** An element of the page, whose types are not known here. */
interface PageElement {
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  readonly clientWidth: number;
  readonly scrollWidth: number;
  readonly textContent: string | null;
  closest(selector: string): PageElement | null;
}

interface PageGlobals {
  readonly getComputedStyle: (element: PageElement) => { readonly overflowX: string };
}

/** Texts within an element that are cut where they do not fit, and that no tooltip shows in full. */
export function cutTexts(element: Locator): Promise<readonly string[]> {
  return element.locator('*').evaluateAll((found) => {
    const { getComputedStyle } = globalThis as unknown as PageGlobals;
    return (found as unknown as readonly PageElement[])
      .filter(({ childNodes }) =>
        [...childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim() !== ''),
      )
      .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1) // texts for screen readers have one pixel
      .filter((one) => getComputedStyle(one).overflowX !== 'visible' && one.closest('[title]') === null)
      .map(({ textContent }) => textContent ?? '');
  });
}
