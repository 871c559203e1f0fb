/** A row of a plain text: what it is, and its value. An empty label continues the row above. */
export type LabeledValue = readonly [label: string, value: string];

/** Characters of the column of labels, where none is longer. */
const labelWidth = 12;
const gap = '  ';

/** One line for each row, with the values in a column of their own. */
export function labeledLines(rows: readonly LabeledValue[], indent = ''): readonly string[] {
  const width = Math.max(labelWidth, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${indent}${label.padEnd(width)}${gap}${value}`);
}
