import type { Frame } from 'playwright-core';

/** What a page was like while it was scrolled. */
export interface Scrolling {
  /** From one animation frame to the next, at its longest. */
  readonly longestFrameMs: number;
  readonly frames: number;
  readonly framesOverLimit: number;
  /** Nodes in the document, text and comments included, at their most. */
  readonly mostNodes: number;
}

/** A script of the page, whose types are not known here. */
const watch = `(limitMs) => {
  const seen = { longestFrameMs: 0, frames: 0, framesOverLimit: 0, mostNodes: 0 };
  const countNodes = () => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode() !== null) count += 1;
    return count;
  };
  let isOver = false;
  let before;
  const look = (now) => {
    if (before !== undefined) {
      seen.frames += 1;
      seen.longestFrameMs = Math.max(seen.longestFrameMs, now - before);
      if (now - before > limitMs) seen.framesOverLimit += 1;
    }
    before = now;
    seen.mostNodes = Math.max(seen.mostNodes, countNodes());
    if (!isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return { end: () => { isOver = true; return seen; } };
}`;

/** Looks at every frame of the page while the work goes on. */
export async function watchScrolling(
  frame: Frame,
  limitMs: number,
  work: () => Promise<void>,
): Promise<Scrolling> {
  const watched = await frame.evaluateHandle(`(${watch})(${limitMs})`);
  await work();
  return watched.evaluate(({ end }: { readonly end: () => Scrolling }) => end());
}
