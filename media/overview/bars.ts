import type uPlot from 'uplot';
import { totalOf, type Bin } from './figures';

/** Least height of a bar, so that a single image can be seen beside thousands. */
const leastHeightPx = 3;

/** Width from which bars have a gap between them. */
const gapFromPx = 5;

/** The part of each bar between two instants, as a path in pixels of the canvas. */
export function barsBetween(plot: uPlot, bins: readonly Bin[], from: number, to: number): Path2D {
  const path = new Path2D();
  const ground = plot.valToPos(0, 'y', true);
  const ratio = devicePixelRatio;
  const x = (at: number) => plot.valToPos(at / 1000, 'x', true);
  for (const bin of bins) {
    const count = totalOf(bin);
    const [start, end] = [Math.max(bin.from, from), Math.min(bin.to, to)];
    if (count === 0 || end <= start) {
      continue;
    }
    const gap = x(bin.to) - x(bin.from) >= gapFromPx * ratio ? ratio : 0;
    const left = x(start) + (start === bin.from ? gap : 0);
    const height = Math.max(leastHeightPx * ratio, ground - plot.valToPos(count, 'y', true));
    path.rect(left, ground - height, Math.max(ratio, x(end) - gap - left), height);
  }
  return path;
}
