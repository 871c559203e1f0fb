import * as l10n from '@vscode/l10n';
import { numberText } from '../texts/formats';

/** Time that counting one repository is taken to last before any was counted. */
const assumedCountMs = 400;

export interface CountingEstimate {
  /** To be counted. */
  readonly repositories: number;
  /** Milliseconds that one took on average; `undefined` if none was counted yet. */
  readonly averageMs: number | undefined;
  /** Requests sent at a time. */
  readonly atOnce: number;
  /** Whether the server counts images itself. Otherwise they are counted from lists of one page or more each. */
  readonly isManagement: boolean;
}

/** What counting all repositories costs. */
export function countingText({ repositories, averageMs, atOnce, isManagement }: CountingEstimate): string {
  const requests = isManagement ? repositories : repositories * 2;
  const sent = isManagement
    ? requests === 1
      ? l10n.t('1 request is sent.')
      : l10n.t('{0} requests are sent, up to {1} at a time.', numberText(requests), numberText(atOnce))
    : l10n.t(
        'At least {0} requests are sent, up to {1} at a time: the images of a repository are counted from two lists.',
        numberText(requests),
        numberText(atOnce),
      );
  const seconds = Math.ceil(((averageMs ?? assumedCountMs) * repositories) / atOnce / 1000);
  return [sent, durationText(seconds), l10n.t('You can cancel and continue later.')].join(' ');
}

function durationText(seconds: number): string {
  if (seconds < 60) {
    return l10n.t('This takes about {0} s.', numberText(Math.max(1, seconds)));
  }
  return l10n.t('This takes about {0} min.', numberText(Math.ceil(seconds / 60)));
}
