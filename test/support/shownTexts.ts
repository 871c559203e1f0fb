import type { Locator } from 'playwright-core';

/** A node of the page, whose types are not known here. */
interface PageNode {
  /** 1 of an element, 3 of a text. */
  readonly nodeType: number;
  /** Of a text. */
  readonly data?: string;
  /** Of an element, as are all that follow. */
  readonly tagName?: string;
  readonly shadowRoot?: PageNode | null;
  readonly childNodes: Iterable<PageNode>;
  getAttribute?(name: string): string | null;
}

/** Everything in elements that a person sees or hears, a text or an attribute each. */
export async function shownTexts(elements: Locator): Promise<readonly string[]> {
  const texts = await elements.evaluateAll((roots) => {
    const attributes = [
      'alt',
      'aria-description',
      'aria-label',
      'aria-roledescription',
      'aria-valuetext',
      'placeholder',
      'title',
    ];
    const found: string[] = [];
    const pending = [...(roots as unknown as readonly PageNode[])];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.nodeType === 3) {
        found.push(node.data ?? '');
      } else if (node.tagName !== undefined && !['SCRIPT', 'STYLE'].includes(node.tagName)) {
        const element = node;
        found.push(...attributes.map((name) => element.getAttribute?.(name) ?? ''));
      }
      pending.push(...(node.shadowRoot?.childNodes ?? []), ...node.childNodes);
    }
    return found;
  });
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
}
