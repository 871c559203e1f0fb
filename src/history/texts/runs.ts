import * as l10n from '@vscode/l10n';
import { isOpen, type Run } from '../../journal/run';
import { instantText } from '../../texts/activity';
import { numberText } from '../../texts/formats';
import { summaryText } from '../../texts/summary';
import type { OpenReason, RunsCheck } from '../checkRuns';
import { repositoryNames } from '../documents/runFacts';
import { summaryOfRun } from '../runSummary';
import { unreadableFilesText } from './unreadable';

/** Deletions named one by one; the rest are counted. */
const namedLimit = 3;

/** What a check of all runs found. */
export function checkText({ settled, open, unreadable }: RunsCheck, now: Date): string {
  if (settled.length === 0 && open.length === 0 && unreadable.length === 0) {
    return l10n.t(
      'There is nothing to check: the result of every deletion is known or is no longer checked.',
    );
  }
  const named = settled.slice(0, namedLimit).map(({ run }) => runText(run, now));
  const more = settled.length - named.length;
  const list = [...named, ...(more > 0 ? [l10n.t('{0} more.', deletionsText(more))] : [])].join(' ');
  const reasons = [...new Set(open.map(({ reason }) => reason))].map((reason) => reasonText(reason));
  return [
    ...(settled.length > 0 ? [list] : []),
    ...(open.length > 0
      ? [l10n.t('The result of {0} is still unknown: {1}.', deletionsText(open.length), reasons.join('; '))]
      : []),
    ...(unreadable.length > 0 ? [unreadableFilesText(unreadable)] : []),
  ].join(' ');
}

/** What became of a run, with its place and time. */
export function runText(run: Run, now: Date): string {
  return l10n.t(
    'Deletion in {0}, {1}: {2}',
    placeText(run),
    startText(run),
    summaryText(summaryOfRun(run, now)),
  );
}

/** Where and when a run was interrupted, and what is not known because of that. */
export function interruptedText(run: Run): string {
  const { origin } = run.plan;
  const count = run.images.filter(isOpen).length;
  return count === 1
    ? l10n.t(
        'A deletion on {0}, started {1}, was interrupted. It is not known whether 1 image was deleted.',
        origin,
        startText(run),
      )
    : l10n.t(
        'A deletion on {0}, started {1}, was interrupted. It is not known whether {2} images were deleted.',
        origin,
        startText(run),
        numberText(count),
      );
}

/** The repositories of a run. */
export function placeText(run: Run): string {
  const [first = '', ...others] = repositoryNames(run);
  return others.length === 0 ? first : l10n.t('{0} and {1} more', first, numberText(others.length));
}

export function startText({ plan }: Run): string {
  return instantText(new Date(plan.at));
}

function deletionsText(count: number): string {
  return count === 1 ? l10n.t('1 deletion') : l10n.t('{0} deletions', numberText(count));
}

function reasonText(reason: OpenReason): string {
  switch (reason) {
    case 'notListed':
      return l10n.t('a repository could not be listed; check again later');
    case 'lateCompletion':
      return l10n.t(
        'a response is missing, so the request may still take effect; it is checked again in about ten minutes',
      );
    case 'otherServer':
      return l10n.t('you are not signed in to its server');
    case 'sandboxInUse':
      return l10n.t('the sandbox is in use; leave it and check again');
    case 'underWay':
      return l10n.t('a deletion is running in this window');
    case 'otherWindow':
      return l10n.t('another window is working on it');
    case 'maybeOtherWindow':
      return l10n.t('another window may still be working on it');
    case 'notRecorded':
      return l10n.t('its files could not be read or written');
  }
}
