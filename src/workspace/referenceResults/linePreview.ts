import { sanitizeText } from '../../util/sanitizeText';

/** Characters before the reference that are shown at most; the rest of a long line is cut. */
const beforeLimit = 30;
/** Characters after it. */
const afterLimit = 200;

/** A line in one row, and where the reference is in it, as offsets from 0. */
export interface LinePreview {
  readonly text: string;
  readonly highlight: readonly [start: number, end: number];
}

/** Shortens a line around the reference, so that it is seen in a narrow view. */
export function previewOf(
  line: string,
  { column, length }: { readonly column: number; readonly length: number },
): LinePreview {
  const start = Math.min(column - 1, line.length);
  const end = Math.min(start + length, line.length);
  const before = line.slice(0, start).trimStart();
  const shownBefore = sanitizeText(
    before.length > beforeLimit ? `…${before.slice(-beforeLimit).trimStart()}` : before,
  );
  const reference = sanitizeText(line.slice(start, end));
  const after = line.slice(end).trimEnd();
  const shownAfter = sanitizeText(after.length > afterLimit ? `${after.slice(0, afterLimit)}…` : after);
  return {
    text: `${shownBefore}${reference}${shownAfter}`,
    highlight: [shownBefore.length, shownBefore.length + reference.length],
  };
}
