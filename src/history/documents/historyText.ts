import type { Run, RunImage } from '../../journal/run';
import { runTime } from '../../journal/runFileName';
import type { RecordedRun } from '../../journal/runHistory';
import { instantText } from '../../texts/activity';
import { sanitizeText } from '../../util/sanitizeText';
import { outcomeText } from '../../texts/outcomes';
import {
  activityText,
  answerText,
  collateralText,
  count,
  noPlanText,
  repositoryNames,
  resultText,
  stateText,
  tagList,
  timeText,
  warningText,
} from './runFacts';

/** Longer documents are slow in an editor. */
const lengthLimit = 4_000_000;

export interface HistoryTextOptions {
  /** Path of the journal's folder. */
  readonly folder: string;
  readonly now: Date;
  /** Characters after which older runs are left out. */
  readonly limit?: number;
}

/** All runs as plain text, in the order given: who deleted what, when and where, and what became of it. */
export async function historyText(
  runs: AsyncIterable<RecordedRun>,
  { folder, now, limit = lengthLimit }: HistoryTextOptions,
): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  let leftOut = 0;
  for await (const recorded of runs) {
    if (length >= limit) {
      leftOut += 1;
      continue;
    }
    const part = document(runLines(recorded, now));
    parts.push(part);
    length += part.length;
  }
  const head = [
    'Deletion history of Hub Images, newest first',
    `As of ${instantText(now)}; times are those of this machine, then UTC.`,
    `Kept in ${folder}`,
  ];
  const tail =
    leftOut === 0 ? [] : [`${count(leftOut, 'older run')} not shown. Export Deletion History… has all.`];
  const empty = parts.length === 0 ? [document(['Nothing has been deleted yet.'])] : [];
  return [document(head), ...empty, ...parts, ...tail.map((line) => document([line]))].join('\n');
}

/** A line stays a line, whatever the text in it. */
function document(lines: readonly string[]): string {
  return `${lines.map(sanitizeText).join('\n')}\n`;
}

function runLines(recorded: RecordedRun, now: Date): readonly string[] {
  const { id, run } = recorded;
  return run === undefined
    ? [rule, `Deletion of ${instantText(runTime(id))}`, `  State         ${noPlanText(recorded)}`]
    : [...factLines(id, run, now), '', '  Images', ...run.images.flatMap(imageLines), ...requestLines(run)];
}

const rule = '─'.repeat(80);

function factLines(id: string, run: Run, now: Date): readonly string[] {
  const { plan, writer, resumedBy } = run;
  const names = repositoryNames(run);
  return [
    rule,
    `Deletion of ${timeText(plan.at)}`,
    `  State         ${stateText(run)}`,
    ...(run.isTorn
      ? ['  Record        ends, or once ended, in the middle of a line: its process crashed']
      : []),
    `  Server        ${plan.origin}${run.server === 'sandbox' ? ' (sandbox)' : ''}`,
    `  User          ${plan.username ?? 'not known'}`,
    ...names.map((name, index) => `  ${index === 0 ? 'Repositories' : '            '}  ${name}`),
    `  Images        ${plan.images.length}`,
    `  Result        ${resultText(run, now)}`,
    `  Active from   ${timeText(plan.activeFrom)}`,
    `  Fingerprint   ${plan.fingerprint}`,
    `  Written by    Hub Images ${writer.extension}, process ${writer.pid} on ${writer.host}`,
    ...resumedBy.map(({ at, writer: by }) =>
      by?.instance === writer.instance
        ? `  Listed again  ${timeText(at)}, by the same process`
        : `  Taken over    ${timeText(at)}, after that process had ended`,
    ),
    `  Run           ${id}`,
  ];
}

function imageLines({ image, collateral, outcome, settledAt }: RunImage): readonly string[] {
  const { acceptedWarnings } = image;
  const settled = settledAt === undefined ? '' : ` (as of ${timeText(settledAt)})`;
  return [
    `    ${image.key}`,
    `      Outcome       ${outcomeText(outcome)}${settled}`,
    `      Tags          ${tagList(image.currentTags) || 'none'}`,
    ...(image.historicalTags.length > 0 ? [`      Former tags   ${tagList(image.historicalTags)}`] : []),
    `      Activity      ${image.status}, ${activityText(image)}`,
    ...acceptedWarnings.map((warning) => `      Accepted      ${warningText(warning)}`),
    ...(collateral === null
      ? ['      Also deletes  not known; that was accepted']
      : collateral.map((removed) => `      Also deletes  ${collateralText(removed)}`)),
  ];
}

function requestLines({ requests }: Run): readonly string[] {
  return requests.length === 0
    ? ['', '  No request was sent.']
    : [
        '',
        '  Requests',
        ...requests.map(
          (sent) =>
            `    ${sent.request.number}  ${timeText(sent.request.at)}  ${count(sent.request.images.length, 'image')}: ${answerText(sent)}`,
        ),
      ];
}
