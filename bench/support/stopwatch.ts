import type { Frame, Page } from 'playwright-core';

/**
 * A script of the page, whose types are not known here. It begins with the next click, as the browser dates it, and ends
 * when what the selector finds was drawn: the frame after the change is painted when a message posted in it arrives.
 */
const watch = `(selector) => {
  const clicked = new Promise((resolve) =>
    addEventListener('click', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }),
  );
  const there = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector) === null) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  }));
  const shown = there.then(drawn);
  return { ms: Promise.all([clicked, shown]).then(([begun, ended]) => ended - begun) };
}`;

/** Milliseconds from the click until the page has drawn what the selector finds. */
export async function timeFromClick(
  page: Page | Frame,
  click: () => Promise<void>,
  selector: string,
): Promise<number> {
  const started = await page.evaluateHandle(`(${watch})(${JSON.stringify(selector)})`);
  await click();
  return started.evaluate(({ ms }: { readonly ms: Promise<number> }) => ms);
}
