import * as l10n from '@vscode/l10n';
import { dateText, dateTimeText, numberText } from '../../src/texts/formats';
import { sizeText } from '../../src/texts/sizes';
import { imagesText } from '../../src/texts/summary';
import type { StateMessage } from '../../src/namespaceOverview/protocol';
import type { Column } from './sorting';
import type { ShownRepository, Totals } from './repositories';

export function repositoriesText(count: number): string {
  return count === 1 ? l10n.t('1 repository') : l10n.t('{0} repositories', numberText(count));
}

export function toolbarLabel(): string {
  return l10n.t('Search and actions');
}

/** @param selected How many repositories are selected. */
export function deleteText(selected: number): string {
  switch (selected) {
    case 0:
      return l10n.t('Delete Matching Images…');
    case 1:
      return l10n.t('Delete Matching Images in 1 Repository…');
    default:
      return l10n.t('Delete Matching Images in {0} Repositories…', numberText(selected));
  }
}

/** Why nothing can be planned, and what would help; `undefined` when it can. */
export function deleteReason(phase: StateMessage['phase'], selected: number): string | undefined {
  if (phase === 'left') {
    return l10n.t('You have signed out or switched to another account or server.');
  }
  return selected === 0 ? l10n.t('To delete images, select repositories in the table.') : undefined;
}

export function countAllText(): string {
  return l10n.t('Count All…');
}

export function refreshText(phase: StateMessage['phase']): string {
  return phase === 'failed' ? l10n.t('Retry') : l10n.t('Refresh');
}

/** The name of the text box. */
export function searchLabel(): string {
  return l10n.t('Search repositories');
}

export function searchHint(): string {
  return l10n.t('Search by name');
}

/** `12 of 200 repositories` */
export function shownText(shown: number, all: number): string {
  return shown === all
    ? repositoriesText(all)
    : l10n.t('{0} of {1}', numberText(shown), repositoriesText(all));
}

export function selectShownText(): string {
  return l10n.t('Select all shown');
}

/** How many repositories are selected, for the live region. */
export function selectedText(count: number): string {
  return count === 1
    ? l10n.t('1 repository is selected.')
    : l10n.t('{0} repositories are selected.', numberText(count));
}

/** Of selected repositories that the search leaves out; `undefined` if there are none. */
export function selectedHiddenText(count: number): string | undefined {
  switch (count) {
    case 0:
      return undefined;
    case 1:
      return l10n.t('1 selected repository is not shown.');
    default:
      return l10n.t('{0} selected repositories are not shown.', numberText(count));
  }
}

export function noMatchText(): string {
  return l10n.t('No repository matches.');
}

export function showAllText(): string {
  return l10n.t('Show All');
}

/** In the place of the table. */
export function absentText(phase: StateMessage['phase']): string {
  switch (phase) {
    case 'listing':
      return l10n.t('Listing repositories…');
    case 'ready':
      return l10n.t('There are no repositories to show.');
    case 'failed':
    case 'left':
      return l10n.t('No repositories were listed.');
  }
}

/** `12 of 200 repositories · 4 a second · 1 min left` */
export function countingText({ done, total, pace }: NonNullable<StateMessage['progress']>): string {
  const extent = l10n.t('{0} of {1}', numberText(done), repositoriesText(total));
  return pace === null ? extent : l10n.t('{0} · {1}', extent, pace);
}

export function listedAtText(at: Date): string {
  return l10n.t('Listed: {0}', dateTimeText(at));
}

export type Total = 'storage' | 'repositories' | 'images' | 'inactive';

export function totalsLabel(): string {
  return l10n.t('Totals');
}

export function totalLabel(total: Total): string {
  switch (total) {
    case 'storage':
      return l10n.t('Storage');
    case 'repositories':
      return l10n.t('Repositories');
    case 'images':
      return l10n.t('Images');
    case 'inactive':
      return l10n.t('Inactive images');
  }
}

/** What is missing in the total of the storage; `undefined` if nothing is. */
export function storageExtentText({ repositories, measured }: Totals): string | undefined {
  if (measured === repositories) {
    return undefined;
  }
  return measured === 0
    ? l10n.t('not reported by the server')
    : l10n.t('known for {0} of {1}', numberText(measured), repositoriesText(repositories));
}

/** `counted in 37 of 200 repositories`, or in all of them. */
export function countedExtentText({ repositories, counted }: Totals): string {
  return counted === repositories
    ? l10n.t('counted in all repositories')
    : l10n.t('counted in {0} of {1}', numberText(counted), repositoriesText(repositories));
}

/** Entries of lists that are not among the images; `undefined` if all could be read. */
export function unreadExtentText({ unread }: Totals): string | undefined {
  return unread === 0 ? undefined : l10n.t('{0} unreadable', numberText(unread));
}

/** Images that are not among the inactive ones, and may be; `undefined` if there are none. */
export function unknownExtentText({ unknown }: Totals): string | undefined {
  return unknown === 0 ? undefined : l10n.t('{0} unknown', numberText(unknown));
}

/** @param undetermined How many may be parts of others. */
export function countText(count: number, undetermined: number): string {
  return undetermined === 0 ? numberText(count) : l10n.t('up to {0}', numberText(count));
}

export function treemapHeading(): string {
  return l10n.t('Storage by repository');
}

export function treemapHelp(): string {
  return l10n.t('Select a tile to go to the repository in the table.');
}

export function legendLabel(kind: 'active' | 'inactive' | 'unknown' | 'uncounted'): string {
  switch (kind) {
    case 'active':
      return l10n.t('Active images');
    case 'inactive':
      return l10n.t('Inactive images');
    case 'unknown':
      return l10n.t('Unknown activity');
    case 'uncounted':
      return l10n.t('Not counted');
  }
}

/** Of repositories that have no tile; `undefined` if there are none. */
export function withoutTileText(unmeasured: readonly string[]): string | undefined {
  switch (unmeasured.length) {
    case 0:
      return undefined;
    case 1:
      return l10n.t('Storage unknown: {0}', unmeasured[0] ?? '');
    default:
      return l10n.t('Storage unknown: {0}', repositoriesText(unmeasured.length));
  }
}

/** Name of a tile for several repositories. */
export function othersText(count: number): string {
  return l10n.t('{0} other repositories', numberText(count));
}

/** The tooltip of a tile, one fact a line. */
export function tileText(repository: ShownRepository): string {
  const { name, storageBytes, counts } = repository;
  return [
    name,
    sizeText(storageBytes ?? 0), // what has no known size has no tile
    ...(counts === undefined
      ? [l10n.t('Images not counted')]
      : [
          counts.undetermined === 0
            ? imagesText(counts.total)
            : l10n.t('up to {0}', imagesText(counts.total)),
          l10n.t('{0} inactive', numberText(counts.inactive)),
          ...(counts.unknown === null || counts.unknown === 0
            ? []
            : [l10n.t('{0} unknown', numberText(counts.unknown))]),
        ]),
  ].join('\n');
}

/** The name of the table. */
export function tableLabel(): string {
  return l10n.t('Repositories');
}

/** The head of a column. */
export function columnLabel(column: Column | 'selected' | 'overview'): string {
  switch (column) {
    case 'selected':
      return l10n.t('Selected');
    case 'repository':
      return l10n.t('Repository');
    case 'storage':
      return l10n.t('Storage');
    case 'images':
      return l10n.t('Images');
    case 'inactive':
      return l10n.t('Inactive');
    case 'untagged':
      return l10n.t('Untagged');
    case 'lastPushed':
      return l10n.t('Last updated');
    case 'lastPulled':
      return l10n.t('Last pull');
    case 'pulls':
      return l10n.t('Pulls');
    case 'overview':
      return l10n.t('Overview');
  }
}

export function selectOfText(name: string): string {
  return l10n.t('Select {0}', name);
}

/** The tooltip of a repository's name. */
export function showInTreeText(): string {
  return l10n.t('Show in the Hub Images view');
}

/** The tooltip of a button without words. */
export function showOverviewText(): string {
  return l10n.t('Show Repository Overview');
}

/** The name of the same button. */
export function showOverviewOfText(name: string): string {
  return l10n.t('Show overview of {0}', name);
}

export function privateText(): string {
  return l10n.t('Private');
}

/** `Oct 24, 2026` in English, in UTC. */
export function dayText(at: string): string {
  return dateText(new Date(at), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** The same with the time, for a tooltip. */
export function instantText(at: string): string {
  return dateTimeText(new Date(at), 'UTC');
}

/** Why a cell has no value. */
export function missingText(why: 'unreported' | 'uncounted' | 'unread' | 'neverPulled' | 'failed'): string {
  switch (why) {
    case 'unreported':
      return l10n.t('Not known: the server does not report it.');
    case 'uncounted':
      return l10n.t('Not counted yet.');
    case 'unread':
      return l10n.t(
        'Not known. Open the repository in the Hub Images view. This value is available only for repositories with up to 100 images.',
      );
    case 'neverPulled':
      return l10n.t('Never pulled, or not known.');
    case 'failed':
      return l10n.t('Could not be counted.');
  }
}

/** What is doubtful about a count; `undefined` if nothing is. */
export function doubtText({
  undetermined,
  unread,
  unknown,
}: NonNullable<ShownRepository['counts']>): string | undefined {
  const doubts = [
    ...(undetermined === 0
      ? []
      : [
          undetermined === 1
            ? l10n.t('1 image may belong to a multi-platform image.')
            : l10n.t('{0} images may belong to multi-platform images.', numberText(undetermined)),
        ]),
    ...(unread === 0
      ? []
      : [
          unread === 1
            ? l10n.t('1 entry of the list could not be read, so images may be missing.')
            : l10n.t(
                '{0} entries of the list could not be read, so images may be missing.',
                numberText(unread),
              ),
        ]),
    ...(unknown === null || unknown === 0
      ? []
      : [
          unknown === 1
            ? l10n.t('The activity of 1 image is unknown.')
            : l10n.t('The activity of {0} images is unknown.', numberText(unknown)),
        ]),
  ];
  return doubts.length === 0 ? undefined : doubts.join(' ');
}
