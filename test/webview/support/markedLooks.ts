import type { Pause, Place, References, ReviewResult, ReviewRow } from '../../../src/review/protocol';
import type { FiguresMessage, ImageRow, StateMessage } from '../../../src/overview/protocol';
import type { StateOverrides } from './fakeHost';
import type { Look } from './looks';
import type { NamespaceLook } from './namespaceState';
import type { OverviewLook } from './overviewPage';
import { markRemote as mark } from './pseudoLanguage';

type Notices = NonNullable<StateOverrides['notices']>;

/** The same review, with a mark around everything in it that is not a text of the page. */
export function markedLook({ rows, state = {} }: Look): Look {
  return {
    rows: rows.map(markedRow),
    state: {
      ...state,
      title: mark(state.title ?? 'title'),
      status: mark(state.status ?? 'status'),
      notices: markedNotices(state.notices ?? []),
      progress: markedProgress(state.progress ?? null),
      pause: markedPause(state.pause ?? null),
      references: markedReferences(state.references ?? null),
      result: markedResult(state.result ?? null),
    },
  };
}

function markedPause(pause: Pause | null): Pause | null {
  return (
    pause && {
      done: markedOrNull(pause.done),
      countdown: mark(pause.countdown),
      reason: mark(pause.reason),
    }
  );
}

function markedReferences(references: References | null): References | null {
  return (
    references && {
      ...references,
      text: mark(references.text),
      extent: markedOrNull(references.extent),
      groups: references.groups.map((group) => ({ ...marked(group), places: group.places.map(markedPlace) })),
    }
  );
}

function markedPlace({ id, name, detail }: Place): Place {
  return { id, name: mark(name), detail: mark(detail) };
}

function markedResult(result: ReviewResult | null): ReviewResult | null {
  return result && { ...result, size: markedOrNull(result.size) };
}

function markedRow(row: ReviewRow): ReviewRow {
  return {
    ...row,
    repository: mark(row.repository),
    label: row.currentTags.length > 0 ? mark(row.label) : row.label,
    currentTags: row.currentTags.map(mark),
    historicalTags: row.historicalTags.map(mark),
    activity: mark(row.activity),
    activityDetail: mark(row.activityDetail),
    parts: row.parts.map((part) => ({ ...part, name: mark(part.name), activity: mark(part.activity) })),
    warnings: row.warnings.map((warning) => ({
      ...marked(warning),
      tags: warning.tags.map(mark),
      places: warning.places.map(markedPlace),
    })),
    blockers: row.blockers.map(marked),
    attempt: row.attempt && marked(row.attempt),
    outcome: row.outcome && marked(row.outcome),
  };
}

/** The same overview, marked likewise. */
export function markedOverview({ figures, state = {} }: OverviewLook): OverviewLook {
  const { title = 'title', status = 'status', notices = [], progress = null } = state;
  const markedState: Partial<StateMessage> = {
    ...state,
    title: mark(title),
    status: mark(status),
    notices: markedNotices(notices),
    progress: markedProgress(progress),
  };
  return figures === undefined
    ? { state: markedState }
    : { state: markedState, figures: markedFigures(figures) };
}

/** The same overview of a namespace, marked likewise. */
export function markedNamespace({ rows, counts, state = {} }: NamespaceLook): NamespaceLook {
  const { title = 'title', status = 'status', notices = [], progress = null } = state;
  return {
    ...(rows !== undefined && { rows: rows.map((row) => ({ ...row, name: mark(row.name) })) }),
    ...(counts !== undefined && {
      counts: counts.map((one) => ({
        ...one,
        name: mark(one.name),
        failure: markedOrNull(one.failure),
      })),
    }),
    state: {
      ...state,
      title: mark(title),
      status: mark(status),
      notices: markedNotices(notices),
      progress: markedProgress(progress),
    },
  };
}

function markedFigures(figures: FiguresMessage): FiguresMessage {
  return {
    ...figures,
    biggest: figures.biggest?.map(markedImage) ?? null,
    oldest: figures.oldest.map(markedImage),
  };
}

function markedImage(image: ImageRow): ImageRow {
  return {
    ...image,
    label: mark(image.label),
    size: markedOrNull(image.size),
    activity: mark(image.activity),
    activityDetail: mark(image.activityDetail),
  };
}

function markedNotices(notices: Notices): Notices {
  return notices.map(marked);
}

function marked<Item extends { readonly text: string }>(item: Item): Item {
  return { ...item, text: mark(item.text) };
}

function markedProgress<Progress extends { readonly pace: string | null }>(
  progress: Progress | null,
): Progress | null {
  return progress && { ...progress, pace: markedOrNull(progress.pace) };
}

function markedOrNull(text: string | null): string | null {
  return text === null ? null : mark(text);
}
