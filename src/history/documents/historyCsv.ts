import { formatRepository } from '../../hub/names';
import { parseImageKey } from '../../journal/journalFormat';
import type { Run, RunImage } from '../../journal/run';
import { runTime } from '../../journal/runFileName';
import type { RecordedRun } from '../../journal/runHistory';
import { sanitizeText } from '../../util/sanitizeText';
import { collateralOutcomeText, outcomeText } from '../../texts/outcomes';
import { answerText, noPlanText, stateText, tagList, timeText, warningText } from './runFacts';

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
  'request',
  'request_at',
  'answer',
  'outcome',
  'outcome_at',
] as const;
type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** A row an image, in the order of the runs. RFC 4180; unknown times are empty. */
export function historyCsv(runs: readonly RecordedRun[]): string {
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

function rowsOf(recorded: RecordedRun): readonly Row[] {
  const { id, run } = recorded;
  if (run === undefined) {
    return [{ run: id, at_utc: runTime(id).toISOString(), state: noPlanText(recorded) }];
  }
  const facts = runFacts(id, run);
  return run.images.map((image) => ({ ...facts, ...imageFacts(image) }));
}

function runFacts(id: string, run: Run): Row {
  const { plan, server } = run;
  return {
    run: id,
    at_utc: plan.at,
    at_local: timeText(plan.at),
    state: stateText(run),
    server: plan.origin,
    is_sandbox: server === 'sandbox' ? 'yes' : 'no',
    user: plan.username ?? '',
    active_from: plan.activeFrom,
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
    accepted_warnings: image.acceptedWarnings.map(warningText).join('; '),
    accepted_collateral: collateral?.map(({ key }) => key).join(' ') ?? 'not known',
    collateral_outcomes:
      collateral?.map((removed) => collateralOutcomeText(removed.outcome)).join('; ') ?? 'not known',
    ...(request !== undefined && {
      request: String(request.request.number),
      request_at: request.request.at,
      answer: answerText(request),
    }),
    outcome: outcomeText(outcome),
    outcome_at: settledAt ?? '',
  };
}
