import { digestOf } from '../../../src/sandbox/index';
import type { CellTexts } from './cellTexts';
import { panelLines, rowLine } from './renderTexts';
import { imageNames } from './stage';

/** A cell of the table with what can be read at its end. */
export interface NamedCell {
  readonly api: string;
  readonly phase: string;
  readonly fault: string;
  readonly texts: CellTexts;
}

/** A part of the document: cells with the same text are one entry. */
interface Part {
  readonly heading: string;
  readonly note: string;
  readonly linesOf: (texts: CellTexts) => readonly string[];
  /** Whether entries after the first of an API show only the lines that the first does not have. */
  readonly isByDifference?: boolean;
}

const parts: readonly Part[] = [
  {
    heading: 'Notification of a reading that failed',
    note: 'With the button Show Log.',
    linesOf: ({ notification }) => (notification === undefined ? [] : [notification]),
  },
  {
    heading: 'Review panel',
    note: 'Status line, notices, figures and buttons. The rows follow below.',
    linesOf: ({ panel }) => (panel === undefined ? [] : panelLines(panel.state)),
  },
  {
    heading: 'Rows of the review',
    note: 'With the outcome, attempt, errors and warnings of each image.',
    linesOf: ({ panel }) => panel?.rows.map(rowLine) ?? [],
  },
  {
    heading: 'Final confirmation',
    note: 'As it was shown before the deletion, whatever came of it.',
    linesOf: ({ confirmation }) =>
      confirmation === undefined
        ? []
        : [
            confirmation.message,
            ...confirmation.detail.split('\n'),
            confirmation.isTyped
              ? '(The name of the repository has to be typed.)'
              : '(Nothing has to be typed.)',
          ],
  },
  {
    heading: 'Deletion history',
    note: 'As it is shown, then lines of the exported Markdown with other words. Each entry after the first shows only the lines that the first does not have.',
    isByDifference: true,
    linesOf: ({ history }) => (history === undefined ? [] : historyLines(history)),
  },
];

/**
 * Writes all texts into one document that a person can read: by what is read, each different text once, after the names of
 * the cells that have it. Digests are named after their images, and the time of the deletion is `NOW`.
 */
export function faultTexts(cells: readonly NamedCell[]): string {
  const lines = parts.flatMap((part) =>
    part.isByDifference === true
      ? [...groupedBy(cells, ({ api }) => api)].flatMap(([api, own]) =>
          partLines({ ...part, heading: `${part.heading}: ${api}` }, own),
        )
      : partLines(part, cells),
  );
  return `${lines.map(readable).join('\n')}\n`;
}

function partLines(part: Part, cells: readonly NamedCell[]): readonly string[] {
  const entries = entriesOf(part, cells);
  const first = entries[0]?.lines ?? [];
  return [
    part.heading,
    '='.repeat(part.heading.length),
    part.note,
    '',
    ...entries.flatMap(({ lines, of }, index) => {
      const shown =
        part.isByDifference === true && index > 0 ? lines.filter((line) => !first.includes(line)) : lines;
      return [...cellNames(of), ...shown.map((line) => `    ${line}`.trimEnd()), ''];
    }),
  ];
}

interface Entry {
  readonly lines: readonly string[];
  readonly of: readonly NamedCell[];
}

/** The cells that have a text, those with the same one together. */
function entriesOf({ linesOf }: Part, cells: readonly NamedCell[]): readonly Entry[] {
  const entries = groupedBy(cells, ({ texts }) => linesOf(texts).join('\n'));
  entries.delete('');
  return [...entries].map(([text, of]) => ({ lines: text.split('\n'), of }));
}

/** `[dry run, collateral] 403; 405`: a line for all phases with the same faults. */
function cellNames(cells: readonly NamedCell[]): readonly string[] {
  const phases = groupedBy(cells, ({ api, phase }) => `${api}: ${phase}`);
  const names = groupedBy(phases, ([, own]) => own.map(({ fault }) => fault).join('; '));
  return [...names].map(([faults, own]) => `[${phaseNames(own.map(([phase]) => phase))}] ${faults}`);
}

function historyLines({ shown, markdown }: NonNullable<CellTexts['history']>): readonly string[] {
  const lines = shown.trimEnd().split('\n');
  const known = new Set(lines.map(wordsOf));
  return [
    ...lines,
    ...markdown
      .trimEnd()
      .split('\n')
      .filter((line) => !known.has(wordsOf(line)))
      .map((line) => `Markdown: ${line}`),
  ];
}

function wordsOf(line: string): string {
  return line.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

const namesByDigest = new Map(imageNames.map((name) => [digestOf(name), name]));

function readable(line: string): string {
  return line
    .replace(/sha256:[0-9a-f]{64}/g, (digest) => `sha256:<${namesByDigest.get(digest) ?? digest.slice(7)}>`)
    .replaceAll('Mar 31, 2026, 12:00 PM (2026-03-31 12:00:00 UTC)', 'NOW');
}

function groupedBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** `management: sign in, summary; today: sign in` */
function phaseNames(phases: readonly string[]): string {
  const byApi = groupedBy(phases, (phase) => phase.slice(0, phase.indexOf(':')));
  return [...byApi]
    .map(([api, own]) => `${api}: ${own.map((phase) => phase.slice(api.length + 2)).join(', ')}`)
    .join('; ');
}
