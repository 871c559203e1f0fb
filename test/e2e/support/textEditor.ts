import type { Page } from 'playwright-core';

/**
 * What the text editor in view shows, line by line; of a long document only the lines in view. Blanks are drawn as
 * no-break spaces.
 */
export async function editorText(page: Page): Promise<string> {
  const lines = await page.locator('.editor-instance .view-lines .view-line').evaluateAll((elements) =>
    // elements of the page, whose types are not known here
    (elements as unknown as readonly PageElement[])
      .map(({ style, textContent }) => ({ top: Number.parseFloat(style.top), text: textContent ?? '' }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

interface PageElement {
  readonly style: { readonly top: string };
  readonly textContent: string | null;
}
