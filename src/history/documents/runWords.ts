import type { AnswerRecord, JournalImage, JournalRefusal } from '../../hub/deletion/journal';
import type { DeletionWarning } from '../../hub/findings';
import { formatRepository } from '../../hub/names';
import { parseImageKey } from '../../journal/journalFormat';
import { isOpen, type Run, type RunCollateral, type RunImage, type RunRequest } from '../../journal/run';
import type { RecordedRun } from '../../journal/runHistory';
import { instantText } from '../../util/activityText';

/** What all documents call the outcomes, in the order in which they are counted. */
export const outcomeWords: Readonly<Record<RunImage['outcome'], string>> = {
  deleted: 'deleted',
  alreadyGone: 'already gone',
  refused: 'refused',
  failed: 'failed: still there',
  unconfirmed: 'unconfirmed',
  notSent: 'not sent',
  open: 'open',
};

/** What all documents call the outcomes of images that were to fall with others. */
export const collateralWords: Readonly<Record<RunCollateral['outcome'], string>> = {
  gone: 'gone',
  stayed: 'still there',
  unconfirmed: 'unconfirmed',
  open: 'open',
};

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
  return `${key} (${facts}): ${collateralWords[outcome]}`;
}

export function activityText(times: Pick<JournalImage, 'lastPushed' | 'lastPulled'>): string {
  return `last pushed ${timeText(times.lastPushed)}, last pulled ${timeText(times.lastPulled)}`;
}

/** The repositories of the plan, each once. */
export function repositoryNames({ plan }: Run): readonly string[] {
  return [...new Set(plan.images.map(({ key }) => formatRepository(parseImageKey(key).repository)))];
}

/** `40 deleted, 1 refused` */
export function outcomeCounts({ images }: Run): string {
  const counts = new Map<RunImage['outcome'], number>();
  for (const { outcome } of images) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const kinds = Object.keys(outcomeWords) as RunImage['outcome'][]; // keys of a literal object
  return kinds
    .flatMap((kind) => (counts.has(kind) ? [`${counts.get(kind) ?? 0} ${outcomeWords[kind]}`] : []))
    .join(', ');
}

export function stateText(run: Run): string {
  const open = run.images.filter(isOpen).length;
  const damage = run.damagedLines > 0 ? `damaged: ${count(run.damagedLines, 'line')} cannot be read; ` : '';
  switch (run.finished?.reason) {
    case undefined:
      return `${damage}not finished: of ${count(open, 'image')} it is not certain what became`;
    case 'settled':
      return `${damage}finished`;
    case 'givenUp':
      return `${damage}given up: of ${count(open, 'image')} it was not found out what became`;
    case 'sandboxGone':
      return `${damage}interrupted, and the sandbox with its images is gone`;
  }
}

/** Why a run has no plan. */
export function noPlanText({ file }: RecordedRun): string {
  return file.isTorn
    ? 'its plan was not written in full, so nothing was sent'
    : 'its plan cannot be read: the file is damaged, or a later version wrote it';
}

export function answerText({ answer }: RunRequest): string {
  return answer === undefined ? 'no answer is recorded: whether it had an effect is not known' : said(answer);
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function said({ answer }: AnswerRecord): string {
  switch (answer.kind) {
    case 'withdrawn':
      return 'withdrawn before it was sent: it had no effect';
    case 'lost':
      return `no usable answer (${answer.reason}): whether it had an effect is not known`;
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
