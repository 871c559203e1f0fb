import type { HistoryEntry } from '../../journal/runHistory';
import { historyCsv } from './historyCsv';
import { historyJson } from './historyJson';
import { historyMarkdown } from './historyMarkdown';

/** What the history can be exported as, by the ending of the file. */
export const exportFormats = ['json', 'csv', 'md'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export function exportText(format: ExportFormat, runs: readonly HistoryEntry[], now: Date): string {
  switch (format) {
    case 'json':
      return historyJson(runs, now);
    case 'csv':
      return historyCsv(runs);
    case 'md':
      return historyMarkdown(runs, now);
  }
}
