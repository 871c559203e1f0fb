import { placeName } from '../../hub/codeReferences';
import { formatRepository } from '../../hub/names';
import { parseImageKey } from '../../journal/journalFormat';
import type { Run, RunImage, RunRequest } from '../../journal/run';
import { isReadable } from '../../journal/journalFiles';
import { runFileName, type RunId, runTime } from '../../journal/runFileName';
import type { HistoryEntry } from '../../journal/runHistory';
import { sanitizeText } from '../../util/sanitizeText';
import {
  localTime,
  noPlanReason,
  recordedAnswer,
  recordedState,
  recordedWarning,
  tagList,
} from './recordedFacts';

const columns = [
  'run',
  'at_utc',
  'at_local',
  'state',
  'server',
  'is_sandbox',
  'user',
  'active_from',
  'repository',
  'digest',
  'current_tags',
  'former_tags',
  'last_pushed',
  'last_pulled',
  'status',
  'accepted_warnings',
  'accepted_collateral',
  'collateral_outcomes',
  'workspace_search',
  'uses',
  'more_uses',
  'request',
  'request_at',
  'answer',
  'answer_reason',
  'answer_findings',
  'refusal',
  'removed_tags',
  'outcome',
  'outcome_at',
  'damaged_lines',
  'unreadable_reason',
  'file',
] as const;
type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * One row for each image, in the order of the runs, and one for each run without a plan. RFC 4180; unknown times are empty.
 * Outcomes, states, reasons and findings are identifiers, the same in every language.
 */
export function historyCsv(runs: readonly HistoryEntry[]): string {
  const rows = runs.flatMap(rowsOf).map((row) => columns.map((column) => row[column] ?? ''));
  return [columns, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/**
 * Spreadsheets take what begins like this for a formula, wide forms and what stands behind blanks too. A leading quote makes
 * it text.
 */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/u;

function cell(text: string): string {
  const inert = sanitizeText(text);
  const safe = formula.test(text) || formula.test(inert) ? `'${inert}` : inert;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function rowsOf(entry: HistoryEntry): readonly Row[] {
  const { id } = entry;
  const run = isReadable(entry) ? entry.run : undefined;
  if (run === undefined) {
    return [
      {
        run: id,
        at_utc: runTime(id).toISOString(),
        state: 'unreadable',
        unreadable_reason: noPlanReason(entry),
        file: runFileName(id),
      },
    ];
  }
  const facts = runFacts(id, run);
  return run.images.map((image) => ({ ...facts, ...imageFacts(image) }));
}

function runFacts(id: RunId, run: Run): Row {
  const { plan, server } = run;
  return {
    run: id,
    at_utc: plan.at,
    at_local: localTime(plan.at),
    state: recordedState(run),
    server: plan.origin,
    is_sandbox: server === 'sandbox' ? 'yes' : 'no',
    user: plan.username ?? '',
    active_from: plan.activeFrom,
    workspace_search: plan.search?.kind ?? '',
    damaged_lines: String(run.damagedLines),
    file: runFileName(id),
  };
}

function imageFacts({ image, collateral, request, outcome, settledAt }: RunImage): Row {
  const { repository, digest } = parseImageKey(image.key);
  return {
    repository: formatRepository(repository),
    digest,
    current_tags: tagList(image.currentTags),
    former_tags: tagList(image.historicalTags),
    last_pushed: image.lastPushed ?? '',
    last_pulled: image.lastPulled ?? '',
    status: image.status,
    accepted_warnings: image.acceptedWarnings.map(recordedWarning).join('; '),
    accepted_collateral: collateral?.map(({ key }) => key).join(' ') ?? 'unknown',
    collateral_outcomes: collateral?.map((removed) => removed.outcome).join(' ') ?? 'unknown',
    uses: (image.acceptedUses ?? [])
      .map(({ path, line, text }) => `${placeName({ file: { path }, line })} ${text}`)
      .join('; '),
    more_uses: String(image.moreUses ?? 0),
    ...(request !== undefined && requestFacts(request, image)),
    outcome,
    outcome_at: settledAt ?? '',
  };
}

function requestFacts(request: RunRequest, image: RunImage['image']): Row {
  const { kind, reason, findings, refusal, removedTags } = recordedAnswer(request, image);
  return {
    request: String(request.request.number),
    request_at: request.request.at,
    answer: kind,
    answer_reason: reason,
    answer_findings: findings,
    refusal,
    removed_tags: removedTags,
  };
}
