import uPlot from 'uplot';
import { barsBetween } from './bars';
import { chartStyle, stripes, type ChartStyle } from './chartStyle';
import { totalOf, type Bin, type Figures } from './figures';
import { axisText } from './axisText';
import { numberText } from '../../src/texts/formats';

/** Height of the canvas with its axes. */
const heightPx = 240;

/** Images are counted in whole numbers. */
const countSteps = Array.from({ length: 13 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

/** The bars on a canvas. They are drawn anew when the line moves, for those left of it look different. */
export class HistogramChart {
  readonly #root: HTMLElement;
  #plot: uPlot | undefined;
  #figures: Figures | undefined;
  #line = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  show(figures: Figures, line: number): void {
    const isMoved = line !== this.#line;
    this.#line = line;
    if (figures !== this.#figures || this.#plot === undefined) {
      this.#figures = figures;
      this.#draw();
    } else if (isMoved) {
      this.#plot.redraw(true);
    }
  }

  /** Follows a change of the theme or of the width. */
  refresh(isThemeNew: boolean): void {
    if (isThemeNew) {
      this.#draw();
    } else if (this.#plot !== undefined && this.#plot.width !== this.#width) {
      this.#plot.setSize({ width: this.#width, height: heightPx });
    }
  }

  /** Pixels from the left edge of the root to the instant. */
  xOf(at: number): number {
    return this.#plot === undefined ? 0 : this.#plot.over.offsetLeft + this.#plot.valToPos(at / 1000, 'x');
  }

  /** The instant at a place of the window. */
  instantAt(clientX: number): number | undefined {
    const plot = this.#plot;
    return plot && plot.posToVal(clientX - plot.over.getBoundingClientRect().left, 'x') * 1000;
  }

  dispose(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  get #width(): number {
    return this.#root.clientWidth;
  }

  #draw(): void {
    this.dispose();
    const { bins = [] } = this.#figures ?? {};
    const [first] = bins;
    const last = bins.at(-1);
    if (first === undefined || last === undefined) {
      return;
    }
    const counts = bins.map(totalOf);
    const data: uPlot.AlignedData = [bins.map(({ from }) => from / 1000), counts, counts];
    this.#plot = new uPlot(this.#options(bins, first, last), data, this.#root);
  }

  #options(bins: readonly Bin[], first: Bin, last: Bin): uPlot.Options {
    const style = chartStyle(this.#root);
    const most = Math.max(1, ...bins.map(totalOf));
    return {
      width: this.#width,
      height: heightPx,
      padding: [8, 12, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { range: [first.from / 1000, last.to / 1000] },
        y: { range: [0, most * 1.05] },
      },
      axes: axes(style),
      series: [
        {},
        {
          points: { show: false },
          width: 1,
          stroke: style.stripe,
          fill: ({ ctx }) => stripes(ctx, style.stripe, devicePixelRatio),
          paths: (plot) => {
            const path = barsBetween(plot, bins, first.from, this.#line);
            return { stroke: path, fill: path };
          },
        },
        {
          points: { show: false },
          width: 0,
          fill: style.bar,
          paths: (plot) => ({ fill: barsBetween(plot, bins, this.#line, last.to) }),
        },
      ],
    };
  }
}

function axes({ font, text, grid }: ChartStyle): uPlot.Axis[] {
  return [
    {
      font,
      stroke: text,
      grid: { show: false },
      ticks: { stroke: grid, width: 1, size: 5 },
      space: 70,
      size: 34,
      values: (_plot, splits, _axis, _space, increment) =>
        splits.map((seconds) => axisText(seconds * 1000, increment)),
    },
    {
      font,
      stroke: text,
      grid: { stroke: grid, width: 1 },
      ticks: { show: false },
      incrs: countSteps,
      // there are none before the scales are known, whatever its types say
      size: (_plot, values: readonly string[] | null) =>
        14 + 7.5 * Math.max(1, ...(values ?? []).map(({ length }) => length)),
      values: (_plot, splits) => splits.map(numberText),
    },
  ];
}
