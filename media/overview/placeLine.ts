/** Puts the handle, and the date above it, where the line is. Set through the object model, as the policy demands. */
export function placeLine(root: HTMLElement, x: number): void {
  const chart = root.querySelector<HTMLElement>('.chart');
  const handle = root.querySelector<HTMLElement>('.line');
  const flag = root.querySelector<HTMLElement>('.flag');
  if (chart === null || handle === null || flag === null) {
    return;
  }
  handle.style.left = `${String(x)}px`;
  const farthest = Math.max(0, chart.clientWidth - flag.offsetWidth);
  flag.style.left = `${String(Math.min(farthest, Math.max(0, x - flag.offsetWidth / 2)))}px`;
}
