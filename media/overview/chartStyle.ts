/** Colours and font of the chart: a canvas takes none from the style sheet by itself. */
export interface ChartStyle {
  readonly font: string;
  readonly text: string;
  readonly grid: string;
  /** Of bars right of the line. */
  readonly bar: string;
  /** Of the outline and the stripes of bars left of the line. */
  readonly stripe: string;
}

/** As the style sheet has it now, whatever the theme. */
export function chartStyle(element: HTMLElement): ChartStyle {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    font: `12px ${style.fontFamily}`,
    text: colour('--chart-text'),
    grid: colour('--chart-grid'),
    bar: colour('--chart-bar'),
    stripe: colour('--chart-stripe'),
  };
}

/**
 * Stripes that tell the bars left of the line from the others without a colour.
 *
 * @param canvas In the page: only there it is known what the colours of the system are.
 */
export function stripes(
  canvas: CanvasRenderingContext2D,
  colour: string,
  pixelRatio: number,
): CanvasPattern | string {
  canvas.strokeStyle = colour;
  const size = Math.round(6 * pixelRatio);
  const tile = new OffscreenCanvas(size, size);
  const context = tile.getContext('2d');
  if (context === null) {
    return 'transparent'; // the outline distinguishes them, too
  }
  context.strokeStyle = canvas.strokeStyle;
  context.lineWidth = 1.25 * pixelRatio;
  // the corners belong to the stripes of the neighbouring tiles
  for (const offset of [-size, 0, size]) {
    context.moveTo(offset, size);
    context.lineTo(offset + size, 0);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat') ?? 'transparent';
}
