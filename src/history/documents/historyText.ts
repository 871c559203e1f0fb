import * as l10n from '@vscode/l10n';
import { isReadable } from '../../journal/journalFiles';
import type { Run, RunImage, RunRequest } from '../../journal/run';
import { runFileName, runTime } from '../../journal/runFileName';
import type { HistoryEntry } from '../../journal/runHistory';
import { imageStatusText, instantText } from '../../texts/activity';
import { type LabeledValue, labeledLines } from '../../texts/columns';
import { numberText } from '../../texts/formats';
import { sanitizeText } from '../../util/sanitizeText';
import { answerText, warningText } from '../texts/requests';
import { tagList } from './recordedFacts';
import {
  activityText,
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

/** Longer documents are slow in an editor. */
const lengthLimit = 4_000_000;

export interface HistoryTextOptions {
  /** Path of the journal's folder. */
  readonly folder: string;
  readonly now: Date;
  /** Characters after which older runs are left out. */
  readonly limit?: number;
}

/** All runs as plain text, in the order given: who deleted what, when and where, and the outcome. */
export async function historyText(
  runs: AsyncIterable<HistoryEntry>,
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
    l10n.t('Hub Images deletion history, newest first'),
    l10n.t('As of {0}. Times are local, with UTC in parentheses.', instantText(now)),
    l10n.t('Stored in {0}', folder),
  ];
  const empty = parts.length === 0 ? [document([l10n.t('Nothing has been deleted yet.')])] : [];
  return [document(head), ...empty, ...parts, ...leftOutTexts(leftOut).map((line) => document([line]))].join(
    '\n',
  );
}

function leftOutTexts(count: number): readonly string[] {
  switch (count) {
    case 0:
      return [];
    case 1:
      return [l10n.t('1 older deletion is not shown. Use Export Deletion History… to export all.')];
    default:
      return [
        l10n.t(
          '{0} older deletions are not shown. Use Export Deletion History… to export all.',
          numberText(count),
        ),
      ];
  }
}

/** A line stays a line, whatever the text in it. */
function document(lines: readonly string[]): string {
  return `${lines.map(sanitizeText).join('\n')}\n`;
}

function runLines(entry: HistoryEntry, now: Date): readonly string[] {
  const { id } = entry;
  const run = isReadable(entry) ? entry.run : undefined;
  return run === undefined
    ? [
        rule,
        l10n.t('Deletion started {0}', instantText(runTime(id))),
        ...labeledLines(
          [
            [l10n.t('State'), noPlanText(entry)],
            [l10n.t('File'), runFileName(id)],
          ],
          '  ',
        ),
      ]
    : [
        ...factLines(id, run, now),
        '',
        `  ${l10n.t('Images')}`,
        ...run.images.flatMap(imageLines),
        '',
        ...requestLines(run),
      ];
}

const rule = '─'.repeat(80);

function factLines(id: string, run: Run, now: Date): readonly string[] {
  const { plan, writer, resumedBy, server } = run;
  const search = searchText(run);
  const rows: readonly LabeledValue[] = [
    [l10n.t('State'), stateText(run)],
    ...(run.isTorn
      ? [[l10n.t('Record'), l10n.t('incomplete, because the process that wrote it crashed')] as const]
      : []),
    [l10n.t('Server'), server === 'sandbox' ? l10n.t('{0} (sandbox)', plan.origin) : plan.origin],
    [l10n.t('User'), plan.username ?? l10n.t('not known')],
    ...repositoryNames(run).map((name, index) => [index === 0 ? l10n.t('Repositories') : '', name] as const),
    [l10n.t('Images'), numberText(plan.images.length)],
    [l10n.t('Result'), resultText(run, now)],
    [l10n.t('Active from'), timeText(plan.activeFrom)],
    ...(search === undefined ? [] : [[l10n.t('References'), search] as const]),
    [l10n.t('Fingerprint'), plan.fingerprint],
    [l10n.t('Written by'), writerText(writer)],
    ...resumedBy.map(({ at, writer: by }) =>
      by?.instance === writer.instance
        ? ([l10n.t('Checked again'), l10n.t('{0}, by the same process', timeText(at))] as const)
        : ([l10n.t('Resumed'), l10n.t('{0}, after that process had ended', timeText(at))] as const),
    ),
    [l10n.t('Run'), id],
  ];
  return [rule, l10n.t('Deletion started {0}', timeText(plan.at)), ...labeledLines(rows, '  ')];
}

function imageLines(runImage: RunImage): readonly string[] {
  const { image, collateral } = runImage;
  const rows: readonly LabeledValue[] = [
    [l10n.t('Outcome'), settledOutcomeText(runImage)],
    [l10n.t('Tags'), tagList(image.currentTags) || l10n.t('none')],
    ...(image.historicalTags.length > 0
      ? [[l10n.t('Former tags'), tagList(image.historicalTags)] as const]
      : []),
    [l10n.t('Activity'), l10n.t('{0}, {1}', imageStatusText(image.status), activityText(image))],
    ...image.acceptedWarnings.map((warning) => [l10n.t('Accepted'), warningText(warning)] as const),
    ...(collateral === null
      ? [[l10n.t('Approved with it'), l10n.t('not known at the time of approval')] as const]
      : collateral.map((removed) => [l10n.t('Approved with it'), collateralText(removed)] as const)),
    ...usesTexts(image).map((text) => [l10n.t('Used in'), text] as const),
  ];
  return [`    ${image.key}`, ...labeledLines(rows, '      ')];
}

function requestLines({ requests }: Run): readonly string[] {
  return requests.length === 0
    ? [`  ${l10n.t('No request was sent.')}`]
    : [`  ${l10n.t('Requests')}`, ...requests.map((sent) => `    ${requestText(sent)}`)];
}

function requestText(sent: RunRequest): string {
  const { number, at, images } = sent.request;
  const time = timeText(at);
  return images.length === 1
    ? l10n.t('{0}  {1}  1 image: {2}', numberText(number), time, answerText(sent))
    : l10n.t(
        '{0}  {1}  {2} images: {3}',
        numberText(number),
        time,
        numberText(images.length),
        answerText(sent),
      );
}
