import type { Frame, Page } from 'playwright-core';

/** What is looked for in a page. */
export interface Sight {
  readonly selector: string;
  /** Part of the text of the first element that the selector finds. */
  readonly text?: string;
}

/**
 * Scripts of the page, whose types are not known here. This one ends when what is looked for was drawn: the frame after
 * the change is painted when a message posted in it arrives.
 */
const drawn = `({ selector, text = '' }) => {
  const there = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector)?.textContent.includes(text) !== true) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  }));
  return there.then(frame);
}`;

/** Begins with the next click, as the browser dates it. */
const watch = `(sight) => {
  const clicked = new Promise((resolve) =>
    addEventListener('click', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }),
  );
  return { ms: Promise.all([clicked, (${drawn})(sight)]).then(([begun, ended]) => ended - begun) };
}`;

/** Milliseconds from the click until the page has drawn what is looked for, or what a selector finds. */
export async function timeFromClick(
  page: Page | Frame,
  click: () => Promise<void>,
  sight: Sight | string,
): Promise<number> {
  const whole = typeof sight === 'string' ? { selector: sight } : sight;
  const started = await page.evaluateHandle(`(${watch})(${JSON.stringify(whole)})`);
  await click();
  return started.evaluate(({ ms }: { readonly ms: Promise<number> }) => ms);
}

/** When the page has drawn what is looked for, in milliseconds since the epoch, with fractions. */
export async function drawnAt(page: Page | Frame, sight: Sight): Promise<number> {
  return page.evaluate(`(${drawn})(${JSON.stringify(sight)}).then((ms) => performance.timeOrigin + ms)`);
}
