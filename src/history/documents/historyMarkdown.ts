import type { Run, RunImage } from '../../journal/run';
import { runTime } from '../../journal/runFileName';
import type { RecordedRun } from '../../journal/runHistory';
import { instantText } from '../../texts/activity';
import { sanitizeText } from '../../util/sanitizeText';
import { outcomeText } from '../../texts/outcomes';
import {
  answerText,
  collateralText,
  noPlanText,
  repositoryNames,
  resultText,
  stateText,
  tagList,
  timeText,
  warningText,
} from './runFacts';

/** All runs as Markdown. What others wrote stands in code spans, where nothing is markup, a link or a mention. */
export function historyMarkdown(runs: readonly RecordedRun[], now: Date): string {
  const lines = [
    '# Deletion history of Hub Images',
    '',
    `As of ${instantText(now)}. Newest first.`,
    ...runs.flatMap((run) => runLines(run, now)),
  ];
  return `${lines.join('\n')}\n`;
}

/** The fence is longer than any row of backticks inside, so nothing inside can end it. */
function code(text: string): string {
  const inert = sanitizeText(text);
  const longest = Math.max(0, ...(inert.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || inert.trim() === '' ? ' ' : '';
  return `${fence}${space}${inert}${space}${fence}`;
}

function runLines(recorded: RecordedRun, now: Date): readonly string[] {
  const { id, run } = recorded;
  if (run === undefined) {
    return ['', `## ${instantText(runTime(id))}`, '', `- State: ${noPlanText(recorded)}`];
  }
  return [
    '',
    `## ${timeText(run.plan.at)}`,
    '',
    ...factLines(id, run, now),
    '',
    '### Images',
    '',
    ...run.images.flatMap(imageLines),
    '',
    '### Requests',
    '',
    ...requestLines(run),
  ];
}

function factLines(id: string, run: Run, now: Date): readonly string[] {
  const { plan, server, writer } = run;
  return [
    `- State: ${stateText(run)}`,
    `- Server: ${code(plan.origin)}${server === 'sandbox' ? ' (sandbox)' : ''}`,
    `- User: ${plan.username === null ? 'not known' : code(plan.username)}`,
    `- Repositories: ${repositoryNames(run).map(code).join(', ')}`,
    `- Images: ${plan.images.length}`,
    `- Result: ${resultText(run, now)}`,
    `- Active from: ${timeText(plan.activeFrom)}`,
    `- Fingerprint: ${code(plan.fingerprint)}`,
    `- Written by: ${code(`Hub Images ${writer.extension}, process ${writer.pid} on ${writer.host}`)}`,
    `- Run: ${code(id)}`,
  ];
}

function imageLines({ image, collateral, outcome, settledAt }: RunImage): readonly string[] {
  const settled = settledAt === undefined ? '' : `, as of ${timeText(settledAt)}`;
  return [
    `- ${code(image.key)}`,
    `  - Outcome: ${outcomeText(outcome)}${settled}`,
    `  - Tags: ${image.currentTags.length === 0 ? 'none' : code(tagList(image.currentTags))}`,
    ...(image.historicalTags.length === 0 ? [] : [`  - Former tags: ${code(tagList(image.historicalTags))}`]),
    `  - Activity: ${image.status}`,
    `  - Last pushed: ${timeText(image.lastPushed)}`,
    `  - Last pulled: ${timeText(image.lastPulled)}`,
    ...image.acceptedWarnings.map((warning) => `  - Accepted: ${code(warningText(warning))}`),
    ...(collateral === null
      ? ['  - Also deletes: not known; that was accepted']
      : collateral.map((removed) => `  - Also deletes: ${code(collateralText(removed))}`)),
  ];
}

function requestLines({ requests }: Run): readonly string[] {
  return requests.length === 0
    ? ['No request was sent.']
    : requests.map(
        (sent) =>
          `- Request ${sent.request.number}, ${timeText(sent.request.at)}, images: ${sent.request.images.length}: ${code(answerText(sent))}`,
      );
}
