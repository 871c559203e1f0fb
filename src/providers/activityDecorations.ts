import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { colorIds } from '../contributions';
import type { Image, ImageStatus } from '../hub/model';
import { activityText, imageStatusText } from '../texts/activity';
import { Disposable } from '../util/dispose';
import type { HubTreeProvider } from './hubTreeProvider';
import { inactiveBadge } from './texts/rows';
import { numberText } from '../texts/formats';
import type { BadgedRow } from './serverTree';

type RepositoryBadge = Extract<BadgedRow, { kind: 'repository' }>;

/** Badges: `A`, `I` or `?` on an image, the number of inactive images or `?` on a repository. */
export class ActivityDecorations extends Disposable implements vscode.FileDecorationProvider {
  readonly #tree: Pick<HubTreeProvider, 'rowInView' | 'onDidChangeBadges'>;
  readonly #now: () => Date;
  readonly onDidChangeFileDecorations: vscode.Event<vscode.Uri | undefined>;

  constructor(tree: Pick<HubTreeProvider, 'rowInView' | 'onDidChangeBadges'>, now: () => Date) {
    super();
    this.#tree = tree;
    this.#now = now;
    this.onDidChangeFileDecorations = tree.onDidChangeBadges;
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const row = this.#tree.rowInView(uri);
    switch (row?.kind) {
      case undefined:
        return undefined;
      case 'image':
        return imageBadge(row.image, this.#now());
      case 'repository':
        return repositoryBadge(row);
    }
  }
}

function imageBadge(image: Image, now: Date): vscode.FileDecoration {
  const color = image.status === 'active' ? colorIds.activeForeground : colorIds.inactiveForeground;
  return new vscode.FileDecoration(
    letterOf(image.status),
    l10n.t('{0}: {1}', imageStatusText(image.status), activityText(image, now)),
    image.status === 'unknown' ? undefined : new vscode.ThemeColor(color),
  );
}

function letterOf(status: ImageStatus): string {
  switch (status) {
    case 'active':
      return l10n.t('A');
    case 'inactive':
      return l10n.t('I');
    case 'unknown':
      return '?';
  }
}

function repositoryBadge({ inactive, unknown }: RepositoryBadge): vscode.FileDecoration | undefined {
  const badge = inactiveBadge(inactive, unknown);
  if (badge === undefined) {
    return undefined;
  }
  return new vscode.FileDecoration(badge, [...inactiveText(inactive), ...unknownText(unknown)].join(', '));
}

function inactiveText(inactive: number): readonly string[] {
  switch (inactive) {
    case 0:
      return [];
    case 1:
      return [l10n.t('1 inactive image')];
    default:
      return [
        inactive > 99
          ? l10n.t('99+ inactive images ({0})', numberText(inactive))
          : l10n.t('{0} inactive images', numberText(inactive)),
      ];
  }
}

function unknownText(unknown: number): readonly string[] {
  switch (unknown) {
    case 0:
      return [];
    case 1:
      return [l10n.t('1 image of unknown activity')];
    default:
      return [l10n.t('{0} images of unknown activity', numberText(unknown))];
  }
}
