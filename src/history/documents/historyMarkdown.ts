import * as l10n from '@vscode/l10n';
import type { Run, RunImage } from '../../journal/run';
import { isReadable } from '../../journal/journalFiles';
import { runFileName, runTime } from '../../journal/runFileName';
import type { HistoryEntry } from '../../journal/runHistory';
import { imageStatusText, instantText } from '../../texts/activity';
import { numberText } from '../../texts/formats';
import { sanitizeText } from '../../util/sanitizeText';
import { answerText, warningText } from '../texts/requests';
import { tagList } from './recordedFacts';
import {
  collateralText,
  noPlanText,
  repositoryNames,
  resultText,
  searchText,
  settledOutcomeText,
  stateText,
  timeText,
  usesTexts,
  writerText,
} from './runFacts';

/** All runs as Markdown. What others wrote stands in code spans, where nothing is markup, a link or a mention. */
export function historyMarkdown(runs: readonly HistoryEntry[], now: Date): string {
  const lines = [
    `# ${l10n.t('Hub Images deletion history')}`,
    '',
    l10n.t('As of {0}, newest first.', instantText(now)),
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

function item(label: string, value: string, indent = ''): string {
  return `${indent}- ${l10n.t('{0}: {1}', label, value)}`;
}

function runLines(entry: HistoryEntry, now: Date): readonly string[] {
  const { id } = entry;
  const run = isReadable(entry) ? entry.run : undefined;
  if (run === undefined) {
    return [
      '',
      `## ${instantText(runTime(id))}`,
      '',
      item(l10n.t('State'), noPlanText(entry)),
      item(l10n.t('File'), code(runFileName(id))),
    ];
  }
  return [
    '',
    `## ${timeText(run.plan.at)}`,
    '',
    ...factLines(id, run, now),
    '',
    `### ${l10n.t('Images')}`,
    '',
    ...run.images.flatMap(imageLines),
    '',
    `### ${l10n.t('Requests')}`,
    '',
    ...requestLines(run),
  ];
}

function factLines(id: string, run: Run, now: Date): readonly string[] {
  const { plan, server, writer } = run;
  const origin = code(plan.origin);
  const search = searchText(run);
  return [
    item(l10n.t('State'), stateText(run)),
    item(l10n.t('Server'), server === 'sandbox' ? l10n.t('{0} (sandbox)', origin) : origin),
    item(l10n.t('User'), plan.username === null ? l10n.t('not known') : code(plan.username)),
    item(l10n.t('Repositories'), repositoryNames(run).map(code).join(', ')),
    item(l10n.t('Images'), numberText(plan.images.length)),
    item(l10n.t('Result'), resultText(run, now)),
    item(l10n.t('Active from'), timeText(plan.activeFrom)),
    ...(search === undefined ? [] : [item(l10n.t('References'), code(search))]),
    item(l10n.t('Fingerprint'), code(plan.fingerprint)),
    item(l10n.t('Written by'), code(writerText(writer))),
    item(l10n.t('Run'), code(id)),
  ];
}

function imageLines(runImage: RunImage): readonly string[] {
  const { image, collateral } = runImage;
  const rows: readonly (readonly [label: string, value: string])[] = [
    [l10n.t('Outcome'), settledOutcomeText(runImage)],
    [l10n.t('Tags'), image.currentTags.length === 0 ? l10n.t('none') : code(tagList(image.currentTags))],
    ...(image.historicalTags.length === 0
      ? []
      : [[l10n.t('Former tags'), code(tagList(image.historicalTags))] as const]),
    [l10n.t('Activity'), imageStatusText(image.status)],
    [l10n.t('Last pushed'), timeText(image.lastPushed)],
    [l10n.t('Last pulled'), timeText(image.lastPulled)],
    ...image.acceptedWarnings.map((warning) => [l10n.t('Accepted'), code(warningText(warning))] as const),
    ...(collateral === null
      ? [[l10n.t('Approved with it'), l10n.t('not known at the time of approval')] as const]
      : collateral.map((removed) => [l10n.t('Approved with it'), code(collateralText(removed))] as const)),
    ...usesTexts(image).map((text) => [l10n.t('Used in'), code(text)] as const),
  ];
  return [`- ${code(image.key)}`, ...rows.map(([label, value]) => item(label, value, '  '))];
}

function requestLines({ requests }: Run): readonly string[] {
  return requests.length === 0
    ? [l10n.t('No request was sent.')]
    : requests.map((sent) => {
        const { number, at, images } = sent.request;
        return `- ${l10n.t('Request {0}, {1}, images: {2}: {3}', numberText(number), timeText(at), numberText(images.length), code(answerText(sent)))}`;
      });
}
