import * as vscode from 'vscode';
import type { Run } from '../journal/run';
import { instantText } from '../util/activityText';
import type { OpenReason, RunsCheck } from './checkRuns';
import { outcomeCounts, repositoryNames } from './documents/runWords';

/** Deletions named one by one; the rest are counted. */
const namedLimit = 3;

/** What a check of all runs found. */
export function checkText({ settled, open }: RunsCheck): string {
  const { t } = vscode.l10n;
  if (settled.length === 0 && open.length === 0) {
    return t('There is nothing to check: every deletion is settled or given up.');
  }
  const named = settled.slice(0, namedLimit).map(({ run }) => runText(run));
  const more = settled.length - named.length;
  const list = [...named, ...(more > 0 ? [t('{0} more', more)] : [])].join('; ');
  const reasons = [...new Set(open.map(({ reason }) => reason))].map((reason) => reasonText(reason));
  return [
    ...(settled.length > 0 ? [t('Settled: {0}. {1}.', deletionsText(settled.length), list)] : []),
    ...(open.length > 0
      ? [t('Still unconfirmed: {0}, because {1}.', deletionsText(open.length), reasons.join('; '))]
      : []),
  ].join(' ');
}

/** `acme/api, 2026-06-01 12:00: 1 deleted` */
function runText(run: Run): string {
  return vscode.l10n.t('{0} of {1}: {2}', placeText(run), startText(run), outcomeCounts(run));
}

/** The repositories of a run. */
export function placeText(run: Run): string {
  const [first = '', ...others] = repositoryNames(run);
  return others.length === 0 ? first : vscode.l10n.t('{0} and {1} more', first, others.length);
}

export function startText({ plan }: Run): string {
  return instantText(new Date(plan.at));
}

function deletionsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 deletion') : vscode.l10n.t('{0} deletions', count);
}

function reasonText(reason: OpenReason): string {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'notListed':
      return t('a repository could not be listed; check again later');
    case 'lateCompletion':
      return t(
        'an answer was lost, and the request may still be carried out; it is listed again in about ten minutes',
      );
    case 'otherServer':
      return t('nobody is signed in to its server');
    case 'sandboxInUse':
      return t('the sandbox is in use; stop it and check again');
    case 'underWay':
      return t('a deletion is under way in this window');
    case 'otherWindow':
      return t('another window is still at it');
  }
}
