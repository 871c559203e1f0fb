/** A day of UTC always has as many milliseconds. */
const dayMs = 24 * 60 * 60 * 1000;

/** Between which instants the line can be moved, in milliseconds, both included. */
export interface LineBounds {
  readonly first: number;
  readonly last: number;
}

export type LineMove = 'dayBack' | 'dayOn' | 'binBack' | 'binOn' | 'first' | 'last';

const keys: Readonly<Record<string, LineMove>> = {
  ArrowLeft: 'dayBack',
  ArrowDown: 'dayBack',
  ArrowRight: 'dayOn',
  ArrowUp: 'dayOn',
  PageDown: 'binBack',
  PageUp: 'binOn',
  Home: 'first',
  End: 'last',
};

const wide: Readonly<Partial<Record<LineMove, LineMove>>> = { dayBack: 'binBack', dayOn: 'binOn' };

/** As much of a keyboard's event as matters here. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key does to the line that has the focus. */
export function moveOfKey({ key, ctrlKey, metaKey, altKey }: KeyPress): LineMove | undefined {
  const move = keys[key];
  if (move === undefined || altKey || metaKey) {
    return undefined;
  }
  return ctrlKey ? wide[move] : move;
}

/**
 * Where the line comes to stand: at a midnight, from wherever it begins.
 *
 * @param edges Where the bins begin, and where the last ends.
 */
export function movedLine(
  line: number,
  move: LineMove,
  { first, last }: LineBounds,
  edges: readonly number[],
): number {
  switch (move) {
    case 'dayBack':
      return Math.max(first, startOfDay(line - 1));
    case 'dayOn':
      return Math.min(last, startOfDay(line) + dayMs);
    case 'binBack':
      return edges.findLast((edge) => edge < line) ?? first;
    case 'binOn':
      return Math.min(last, edges.find((edge) => edge > line) ?? last);
    case 'first':
      return first;
    case 'last':
      return last;
  }
}

/** The midnight closest to where the line was dragged. */
export function closestDay(at: number, { first, last }: LineBounds): number {
  return Math.min(last, Math.max(first, startOfDay(at + dayMs / 2)));
}

export function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** @param text `2026-06-01`, as a date field has it; `undefined` where no line can be drawn there. */
export function lineOfDate(text: string, { first, last }: LineBounds): number | undefined {
  const at = Date.parse(`${text}T00:00:00Z`);
  return at >= first && at <= last ? at : undefined;
}

/** As a date field has it. */
export function dateOfLine(line: number): string {
  return new Date(line).toISOString().slice(0, 10);
}
