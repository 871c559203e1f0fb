import type { AnswerRecord, JournalImage, JournalRefusal } from '../../hub/deletion/journal';
import type { DeletionWarning } from '../../hub/findings';
import { formatRepository } from '../../hub/names';
import { parseImageKey } from '../../journal/journalFormat';
import { isOpen, type Run, type RunCollateral, type RunRequest } from '../../journal/run';
import type { RecordedRun } from '../../journal/runHistory';
import { instantText } from '../../texts/activity';
import { collateralOutcomeText } from '../../texts/outcomes';
import { summaryText } from '../../texts/summary';
import { summaryOfRun } from '../runSummary';

/** A time from the journal, local and in UTC. */
export function timeText(at: string | null): string {
  return instantText(at === null ? undefined : new Date(at));
}

/** Tags in one line, so that one that holds a comma or a blank does not look like two. */
export function tagList(tags: readonly string[]): string {
  return tags.map((tag) => (/^[^\s",]+$/u.test(tag) ? tag : JSON.stringify(tag))).join(', ');
}

export function warningText({ warning, tags }: DeletionWarning): string {
  return tags === undefined ? warning : `${warning} (${tagList(tags)})`;
}

export function collateralText({
  key,
  formerTags,
  status,
  lastPulled,
  lastPushed,
  outcome,
}: RunCollateral): string {
  const before = formerTags.length === 0 ? 'part of it' : `was ${tagList(formerTags)}`;
  const facts = `${before}, ${status}, ${activityText({ lastPushed, lastPulled })}`;
  return `${key} (${facts}): ${collateralOutcomeText(outcome)}`;
}

export function activityText(times: Pick<JournalImage, 'lastPushed' | 'lastPulled'>): string {
  return `last pushed ${timeText(times.lastPushed)}, last pulled ${timeText(times.lastPulled)}`;
}

/** The repositories of the plan, each once. */
export function repositoryNames({ plan }: Run): readonly string[] {
  return [...new Set(plan.images.map(({ key }) => formatRepository(parseImageKey(key).repository)))];
}

/** What became of the images, in sentences. */
export function resultText(run: Run, now: Date): string {
  return summaryText(summaryOfRun(run, now));
}

export function stateText(run: Run): string {
  const open = run.images.filter(isOpen).length;
  const damage = run.damagedLines > 0 ? `damaged: ${count(run.damagedLines, 'line')} cannot be read; ` : '';
  switch (run.finished?.reason) {
    case undefined:
      return `${damage}not finished: ${count(open, 'image')} unknown`;
    case 'settled':
      return `${damage}finished`;
    case 'givenUp':
      return `${damage}not checked any more: ${count(open, 'image')} unknown`;
    case 'sandboxGone':
      return `${damage}interrupted: the sandbox and its images no longer exist`;
  }
}

/** Why a run has no plan. */
export function noPlanText({ file }: RecordedRun): string {
  return file.isTorn
    ? 'the plan was not written completely, so no request was sent'
    : 'the plan cannot be read: the file is damaged, or a later version wrote it';
}

export function answerText({ answer }: RunRequest): string {
  return answer === undefined
    ? 'no answer is recorded: it is not known whether it had an effect'
    : said(answer);
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function said({ answer }: AnswerRecord): string {
  switch (answer.kind) {
    case 'withdrawn':
      return 'canceled before it was sent: it had no effect';
    case 'lost':
      return `no usable answer (${answer.reason}): it is not known whether it had an effect`;
    case 'refused':
      return `refused: ${[
        ...(answer.reason === undefined ? [] : [answer.reason]),
        ...answer.blockers.map(({ error, digest }) => `${error} ${digest}`),
        ...answer.warnings.map((warning) => `${warningText(warning)} ${warning.digest}`),
      ].join('; ')}`;
    case 'completed': {
      const { manifestDeletes, manifestErrors, tagDeletes, tagErrors } = answer.metrics;
      const errors = `${count(manifestErrors, 'image')} and ${count(tagErrors, 'tag')} with errors`;
      const done = `completed: ${count(manifestDeletes, 'image')} and ${count(tagDeletes, 'tag')} deleted, ${errors}`;
      return [done, ...(answer.refusals ?? []).map(refusalText)].join('; ');
    }
  }
}

function refusalText({ key, cause, tag, removedTags }: JournalRefusal): string {
  const about = tag === undefined ? cause : `${cause} ${tag}`;
  return removedTags.length === 0
    ? `kept ${key}: ${about}`
    : `kept ${key} without its tags ${removedTags.join(', ')}, which were deleted: ${about}`;
}
