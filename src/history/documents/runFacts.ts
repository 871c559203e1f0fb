import * as l10n from '@vscode/l10n';
import { placeName } from '../../hub/codeReferences';
import type { JournalImage, JournalUse } from '../../hub/deletion/journal';
import { formatRepository } from '../../hub/names';
import { parseImageKey } from '../../journal/journalFormat';
import { isOpen, type Run, type RunCollateral, type RunImage } from '../../journal/run';
import { causeOf, type HistoryEntry } from '../../journal/runHistory';
import type { Writer } from '../../journal/writer';
import { imageStatusText, instantText } from '../../texts/activity';
import { numberText, sortedNaturally } from '../../texts/formats';
import { collateralOutcomeText, outcomeText } from '../../texts/outcomes';
import { summaryText } from '../../texts/summary';
import { holdOfImage, summaryOfRun } from '../runSummary';
import { unreadableCauseText } from '../texts/unreadable';
import { tagList } from './recordedFacts';

/** A time from the journal, local and in UTC. */
export function timeText(at: string | null): string {
  return instantText(at === null ? undefined : new Date(at));
}

/** An image that was deleted along, with what was known of it and its outcome. */
export function collateralText({
  key,
  formerTags,
  status,
  lastPushed,
  lastPulled,
  outcome,
}: RunCollateral): string {
  return [
    `${key}: ${collateralOutcomeText(outcome)}`,
    formerTags.length === 0 ? l10n.t('part of the image') : l10n.t('former tags {0}', tagList(formerTags)),
    imageStatusText(status),
    activityText({ lastPushed, lastPulled }),
  ].join(' · ');
}

export function activityText({
  lastPushed,
  lastPulled,
}: Pick<JournalImage, 'lastPushed' | 'lastPulled'>): string {
  return l10n.t('last pushed: {0}, last pulled: {1}', timeText(lastPushed), timeText(lastPulled));
}

/** The lines of the workspace that used an image when its deletion was approved. */
export function usesTexts({ acceptedUses = [], moreUses = 0 }: JournalImage): readonly string[] {
  const more = moreUses === 1 ? l10n.t('1 more line') : l10n.t('{0} more lines', numberText(moreUses));
  return [...acceptedUses.map(useText), ...(moreUses === 0 ? [] : [more])];
}

function useText({ path, line, text, deletedAlong }: JournalUse): string {
  const place = placeName({ file: { path }, line });
  return deletedAlong === undefined
    ? l10n.t('{0} ({1})', place, text)
    : l10n.t('{0} ({1}), which uses {2}', place, text, deletedAlong);
}

/** Whether the workspace was searched for references; `undefined` if that is not recorded. */
export function searchText({ plan: { search } }: Run): string | undefined {
  switch (search?.kind) {
    case undefined:
      return undefined;
    case 'off':
      return l10n.t('the workspace was not searched: switched off in the settings');
    case 'skipped':
      return l10n.t('the workspace was not searched: the user continued without searching');
    case 'searched':
      return [
        search.folders.length === 0
          ? l10n.t('searched {0} in open editors', filesText(search.files))
          : l10n.t(
              'searched {0} in {1} and in open editors',
              filesText(search.files),
              search.folders.join(', '),
            ),
        ...(search.skippedFiles === 0 ? [] : [l10n.t('{0} not searched', filesText(search.skippedFiles))]),
      ].join('; ');
  }
}

function filesText(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', numberText(count));
}

/** The outcome of an image, and when it was found. */
export function settledOutcomeText(image: RunImage): string {
  const { outcome, settledAt } = image;
  const text = outcomeText(holdOfImage(image) ?? outcome);
  return settledAt === undefined ? text : l10n.t('{0}, as of {1}', text, timeText(settledAt));
}

/** The repositories of the plan, each once, in natural order. */
export function repositoryNames({ plan }: Run): readonly string[] {
  return sortedNaturally([
    ...new Set(plan.images.map(({ key }) => formatRepository(parseImageKey(key).repository))),
  ]);
}

/** The outcomes of all images, in sentences. */
export function resultText(run: Run, now: Date): string {
  return summaryText(summaryOfRun(run, now));
}

/** Whether the run is finished and its record complete. */
export function stateText(run: Run): string {
  return [progressText(run), ...damageTexts(run)].join('; ');
}

function progressText(run: Run): string {
  const open = run.images.filter(isOpen).length;
  switch (run.finished?.reason) {
    case undefined:
      switch (open) {
        case 0:
          return l10n.t('all outcomes known, but the end was not recorded');
        case 1:
          return l10n.t('not finished, the outcome of 1 image is unknown');
        default:
          return l10n.t('not finished, the outcome of {0} images is unknown', numberText(open));
      }
    case 'settled':
      return l10n.t('finished');
    case 'givenUp':
      return open === 1
        ? l10n.t('no longer checked, the outcome of 1 image is unknown')
        : l10n.t('no longer checked, the outcome of {0} images is unknown', numberText(open));
    case 'sandboxGone':
      return l10n.t('interrupted, the sandbox and its images no longer exist');
  }
}

function damageTexts({ damagedLines }: Run): readonly string[] {
  switch (damagedLines) {
    case 0:
      return [];
    case 1:
      return [l10n.t('the record is damaged, 1 line cannot be read')];
    default:
      return [l10n.t('the record is damaged, {0} lines cannot be read', numberText(damagedLines))];
  }
}

/** Why a run has no plan. */
export function noPlanText(entry: HistoryEntry): string {
  const cause = causeOf(entry);
  return cause === undefined
    ? l10n.t('the plan was not written completely, so no request was sent')
    : l10n.t('cannot be read: {0}', unreadableCauseText(cause));
}

/** The process that wrote a record. */
export function writerText({ extension, pid, host }: Writer): string {
  return l10n.t('Hub Images {0}, process {1} on {2}', extension, String(pid), host);
}
