import { isReadable } from '../../journal/journalFiles';
import { runFileName } from '../../journal/runFileName';
import type { HistoryEntry } from '../../journal/runHistory';
import { escapeInvisibleJson } from '../../util/sanitizeText';
import { noPlanReason } from './recordedFacts';

/** Of the export. */
const formatVersion = 1;

/** All runs as JSON, for programs. Text is as it was recorded; what cannot be seen in it is escaped. */
export function historyJson(runs: readonly HistoryEntry[], now: Date): string {
  const document = { format: formatVersion, exportedAt: now.toISOString(), runs: runs.map(runJson) };
  return `${escapeInvisibleJson(JSON.stringify(document, undefined, 2))}\n`;
}

function runJson(entry: HistoryEntry): unknown {
  const { id } = entry;
  const nothingRead = {
    id,
    file: runFileName(id),
    state: 'unreadable',
    reason: noPlanReason(entry),
  };
  if (!isReadable(entry)) {
    return nothingRead;
  }
  const { run, file } = entry;
  if (run === undefined) {
    return { ...nothingRead, isTorn: file.isTorn, damagedLines: file.damagedLines };
  }
  const { images, requests, ...facts } = run;
  return {
    id,
    ...facts,
    requests: requests.map(({ request, answer }) => ({ ...request, answer: answer?.answer ?? null })),
    outcomes: images.map(({ image, collateral, outcome, settledAt }) => ({
      key: image.key,
      outcome,
      settledAt: settledAt ?? null,
      collateral: collateral?.map(({ key, outcome: became }) => ({ key, outcome: became })) ?? null,
    })),
  };
}
