import * as l10n from '@vscode/l10n';
import { dateTimeText, numberText } from '../../src/texts/formats';
import { imagesText } from '../../src/texts/summary';

/** What a notice is, before its text. */
export function severityText(severity: 'info' | 'warning' | 'error'): string {
  switch (severity) {
    case 'info':
      return l10n.t('Note');
    case 'warning':
      return l10n.t('Warning');
    case 'error':
      return l10n.t('Error');
  }
}

/** Beside the title while the sandbox is in use. */
export function sandboxText(): string {
  return l10n.t('Sandbox');
}

/** What counts as active. Without a time zone, the time is that of this machine. */
export function activeSinceText(activeFrom: Date, timeZone?: string): string {
  return l10n.t('Active: pushed or pulled since {0}', dateTimeText(activeFrom, timeZone));
}

/** The tooltip of a button without words. */
export function copyDigestText(): string {
  return l10n.t('Copy Digest');
}

/** The name of the same button. */
export function copyDigestOfText(label: string): string {
  return l10n.t('Copy digest of {0}', label);
}

export function copiedText(label: string): string {
  return l10n.t('Copied the digest of {0}.', label);
}

export function cancelText(): string {
  return l10n.t('Cancel');
}

/** The name of a progress bar. */
export function progressLabel(): string {
  return l10n.t('Progress');
}

/** How far some work is. */
interface Progress {
  readonly done: number;
  /** `null` where that is not known. */
  readonly total: number | null;
  readonly pace: string | null;
}

/** `12,300 of 100,000 images · 410 a second · 3 min left` */
export function progressText({ done, total, pace }: Progress): string {
  const extent =
    total === null ? imagesText(done) : l10n.t('{0} of {1}', numberText(done), imagesText(total));
  return pace === null ? extent : l10n.t('{0} · {1}', extent, pace);
}
