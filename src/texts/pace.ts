import * as l10n from '@vscode/l10n';
import type { Pace } from '../util/pace';
import { numberText } from './formats';

/** `410 a second · 3 min left`; `undefined` while it would be a guess. */
export function paceText(pace: Pace): string | undefined {
  const { perSecond, remainingMs } = pace;
  if (perSecond === undefined || remainingMs === undefined) {
    return undefined;
  }
  return remainingMs === 0
    ? rateText(perSecond)
    : l10n.t('{0} · {1}', rateText(perSecond), remainingText(remainingMs));
}

function rateText(perSecond: number): string {
  if (perSecond >= 1) {
    return l10n.t('{0} a second', numberText(Math.round(perSecond)));
  }
  const perMinute = Math.round(perSecond * 60);
  return perMinute >= 1 ? l10n.t('{0} a minute', perMinute) : l10n.t('less than 1 a minute');
}

/** Rounded up: work that takes longer than was said annoys, and one that takes less does not. */
function remainingText(remainingMs: number): string {
  const seconds = Math.ceil(remainingMs / 5000) * 5;
  if (seconds < 60) {
    return l10n.t('{0} s left', seconds);
  }
  const minutes = Math.ceil(remainingMs / 60_000);
  return minutes < 60
    ? l10n.t('{0} min left', minutes)
    : l10n.t('{0} h {1} min left', numberText(Math.floor(minutes / 60)), minutes % 60);
}
