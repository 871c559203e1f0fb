import type { RecordedRun } from '../../journal/runHistory';
import { escapeInvisibleJson } from '../../util/sanitizeText';
import { noPlanReason } from './recordedFacts';

/** Of the export. */
const formatVersion = 1;

/** All runs as JSON, for programs. Text is as it was recorded; what cannot be seen in it is escaped. */
export function historyJson(runs: readonly RecordedRun[], now: Date): string {
  const document = { format: formatVersion, exportedAt: now.toISOString(), runs: runs.map(runJson) };
  return `${escapeInvisibleJson(JSON.stringify(document, undefined, 2))}\n`;
}

function runJson(recorded: RecordedRun): unknown {
  const { id, run, file } = recorded;
  if (run === undefined) {
    const { isTorn, damagedLines } = file;
    return { id, state: 'unreadable', reason: noPlanReason(recorded), isTorn, damagedLines };
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
