/**
 * Messages between the extension and the overview of a namespace, which runs in a webview. The extension owns the truth; the
 * webview sorts, filters and draws what it was given once, and says which repositories it shows or has selected.
 *
 * - On `ready` the extension sends `repositories`, where they were listed already, what it knows of their images in `counts`,
 *   and `state`.
 * - `repositories` follow every list that was read, each time all of them: a repository is a few short fields, and there are
 *   thousands of them at most.
 * - `counts` follow whenever some are read, and hold only what changed since.
 * - Every other change is reported by a new `state`.
 *
 * The types are inferred from the schemas, which refuse every field that they do not name.
 */
import {
  array,
  boolean,
  is,
  literal,
  maxLength,
  minLength,
  nullable,
  picklist,
  pipe,
  strictObject,
  string,
  variant,
} from 'valibot';
import {
  activityCounts,
  count,
  instant,
  pageState,
  type ReadonlyOutput,
  readyMessage,
} from '../webview/messageParts';

export type { Notice } from '../webview/messageParts';

/** Most repositories that a page may name in one message; a namespace with more is not known. */
const namesLimit = 100_000;

/** Most rows that a page may show at once. */
export const rowsInViewLimit = 200;

/** Of a repository, without its namespace: at most 255 characters on Docker Hub. */
const name = pipe(string(), minLength(1), maxLength(1000));

/**
 * - `listing`: the repositories are being listed
 * - `ready`: they were listed
 * - `failed`: they could not be listed; what was known before may still be there
 * - `left`: another account or server is in use, so nothing can be done from here
 */
export type OverviewPhase = ReadonlyOutput<typeof overviewPhase>;
const overviewPhase = picklist(['listing', 'ready', 'failed', 'left']);

/** The whole panel but for the repositories. Sent whenever any of it changes. */
export type StateMessage = ReadonlyOutput<typeof stateMessage>;
const stateMessage = strictObject({
  ...pageState.entries, // the title: `Overview: namespace`
  phase: overviewPhase,
  /** When the list was read; `null` before. */
  listedAt: nullable(instant),
  /** Repositories whose images are not counted, or could not be, or must be again. */
  uncounted: count,
  /** How far {@link ActionMessage} `countAll` has got; `null` while it is not under way. */
  progress: nullable(
    strictObject({
      /** Repositories. */
      done: count,
      total: count,
      /** `410 a second · 3 min left`; `null` while it would be a guess. */
      pace: nullable(string()),
    }),
  ),
});

/** What the server's list has of a repository. */
export type RepositoryRow = ReadonlyOutput<typeof repositoryRow>;
const repositoryRow = strictObject({
  /** Without its namespace. */
  name,
  /** `null` if not known. */
  isPrivate: nullable(boolean()),
  /** What its images occupy; `null` if not known. */
  storageBytes: nullable(count),
  /** `null` if never, or not known. */
  lastPushed: nullable(instant),
  /** `null` if not known. */
  pulls: nullable(count),
});

/** All repositories, in natural order. */
export type RepositoriesMessage = ReadonlyOutput<typeof repositoriesMessage>;
const repositoriesMessage = strictObject({ type: literal('repositories'), rows: array(repositoryRow) });

/** What is known of a repository's images. */
export type ImageCounts = ReadonlyOutput<typeof imageCounts>;
const imageCounts = strictObject({
  ...activityCounts.entries,
  /** Entries of the server's lists that could not be read, so that images may be missing. */
  unread: count,
  /** Images without a current tag; `null` if not known. */
  untagged: nullable(count),
  /** `null` if never, or not known. */
  lastPulled: nullable(instant),
});

/** One repository of which more is known than before. */
export type CountedRepository = ReadonlyOutput<typeof countedRepository>;
const countedRepository = strictObject({
  name,
  /** `null` if they could not be read, or are no longer known. */
  counts: nullable(imageCounts),
  /** Why not; `null` if they could. */
  failure: nullable(string()),
});

export type CountsMessage = ReadonlyOutput<typeof countsMessage>;
const countsMessage = strictObject({ type: literal('counts'), repositories: array(countedRepository) });

export type ToWebview = ReadonlyOutput<typeof toWebview>;
const toWebview = variant('type', [stateMessage, repositoriesMessage, countsMessage]);

/** The repositories in view. Their images are counted; repositories that have left the view are not. */
const rowsShownMessage = strictObject({
  type: literal('rowsShown'),
  names: pipe(array(name), maxLength(rowsInViewLimit)),
});

/** Images of these repositories are to be deleted, as far as they match what is asked for next. */
const deletionWantedMessage = strictObject({
  type: literal('deletionWanted'),
  names: pipe(array(name), minLength(1), maxLength(namesLimit)),
});

/** The repository is to be shown in the tree, or its overview is. */
const repositoryOpenedMessage = strictObject({
  type: literal('repositoryOpened'),
  name,
  in: picklist(['tree', 'overview']),
});

/** A button without an argument was pressed. */
export type ActionMessage = ReadonlyOutput<typeof actionMessage>;
const actionMessage = strictObject({
  type: literal('action'),
  action: picklist(['refresh', 'countAll', 'cancel']),
});

export type FromWebview = ReadonlyOutput<typeof fromWebview>;
const fromWebview = variant('type', [
  readyMessage,
  rowsShownMessage,
  deletionWantedMessage,
  repositoryOpenedMessage,
  actionMessage,
]);

/** Whether a value that reached the webview is a message of the extension, in every field. */
export function isToWebview(value: unknown): value is ToWebview {
  return is(toWebview, value);
}

/** Whether a value that reached the extension is a message of the webview, in every field. */
export function isFromWebview(value: unknown): value is FromWebview {
  return is(fromWebview, value);
}
