/** An image of the plan, as the messages of the review have it. */
import { array, boolean, maxLength, minValue, nullable, picklist, pipe, strictObject, string } from 'valibot';
import { count, type ReadonlyOutput } from '../webview/messageParts';

/** Characters of a row's id: two names of the server, a digest and room to spare. */
const rowIdLengthLimit = 2000;

/** `namespace/name@digest`, opaque to the webview. */
export type RowId = ReadonlyOutput<typeof rowId>;
export const rowId = pipe(string(), maxLength(rowIdLengthLimit));

/**
 * What the person has to accept: Docker Hub's warnings by their names, and `collateral`, which is images that are deleted along
 * with one of the plan though nobody chose them.
 */
export const warningKinds = ['is_active', 'current_tag', 'collateral', 'referenced'] as const;
export type WarningKind = (typeof warningKinds)[number];
export const warningKind = picklist(warningKinds);

/** Docker Hub's errors by their names, and our own where a setting protects the image or it does not match any more. */
export type BlockerKind = ReadonlyOutput<typeof blockerKind>;
const blockerKind = picklist([
  'not_found',
  'unauthorized',
  'child_manifest',
  'protected',
  'noLongerMatches',
  'disputed',
  'undetermined',
  'unreadable',
]);

/** What became of an image, in the order in which they are counted out. */
export const outcomeKinds = [
  'deleted',
  'alreadyGone',
  'refused',
  'failed',
  'unconfirmed',
  'notSent',
] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** What came of an earlier deletion of an image in the plan. `changed` and `stopped`: the server was not asked to delete it. */
const attemptKinds = ['unconfirmed', 'failed', 'refused', 'changed', 'stopped', 'notSent'] as const;

/** An image that belongs to one of the plan: a platform, an attestation or a signature. */
export type RowPart = ReadonlyOutput<typeof rowPart>;
/** What becomes of it. */
export type PartOutcome = RowPart['outcome'];
const rowPart = strictObject({
  /** 1 for what belongs to the image itself, 2 for what belongs to that, and so on. */
  level: pipe(count, minValue(1)),
  /** `linux/arm64`, `attestation` or `signature`. */
  name: string(),
  digest: string(),
  shortDigest: string(),
  /** `last pulled 94 days ago`, or `never or unknown` */
  activity: string(),
  /**
   * - `deletedAlong`: it is deleted along with the image it belongs to
   * - `stays`: something else needs it
   * - `planned`: it is in the plan itself
   * - `unknown`: nobody can say yet
   */
  outcome: picklist(['deletedAlong', 'stays', 'planned', 'unknown']),
});

/** A line of a file in the workspace. */
export type Place = ReadonlyOutput<typeof place>;
export const place = strictObject({
  /** The host opens it under this number. */
  id: count,
  /** `deploy/prod.yaml:14` */
  name: string(),
  /** What the line refers to, and for which image if it is not the planned one. */
  detail: string(),
});

/** Most places one list may hold; the rest is counted. */
export const placesLimit = 20;

/** Something that the person may accept. */
export type RowWarning = ReadonlyOutput<typeof rowWarning>;
const rowWarning = strictObject({
  kind: warningKind,
  /** What it means, in plain words. */
  text: string(),
  /** Current tags that would be lost, or with `collateral` the images that fall, each in a few words. */
  tags: array(string()),
  /** With `referenced`, the lines that use the image. */
  places: pipe(array(place), maxLength(placesLimit)),
  /** How many more there are. */
  morePlaces: count,
  isAccepted: boolean(),
  isNew: boolean(),
});

/** A reason why the image cannot be deleted. */
export type RowBlocker = ReadonlyOutput<typeof rowBlocker>;
const rowBlocker = strictObject({ kind: blockerKind, text: string() });

/** One image of the plan, ready to be shown. */
export type ReviewRow = ReadonlyOutput<typeof reviewRow>;
export const reviewRow = strictObject({
  id: rowId,
  /** `namespace/name` */
  repository: string(),
  /** Current tags, or else the short digest: the `<label>` of accessible names. */
  label: string(),
  digest: string(),
  shortDigest: string(),
  /** As last read, which may be later than the plan. */
  currentTags: array(string()),
  historicalTags: array(string()),
  /** `2.0 moved to another image`: how the tags differ from those of the plan, or that they were not read since. */
  tagNotes: array(string()),
  status: picklist(['active', 'inactive', 'unknown']),
  /** `last pulled 94 days ago`, or `never or unknown` */
  activity: string(),
  /** Both times in full, for a tooltip. */
  activityDetail: string(),
  /** From the top, each below what it belongs to. */
  parts: array(rowPart),
  isChecked: boolean(),
  /** Of its warnings and errors: increases when these change, but not with a decision on them. */
  findingsRevision: count,
  warnings: array(rowWarning),
  blockers: array(rowBlocker),
  /** What is known of an earlier deletion of an image that is still in the plan; `null` if there is nothing. */
  attempt: nullable(strictObject({ kind: picklist(attemptKinds), text: string() })),
  /** `null` before the deletion. */
  outcome: nullable(strictObject({ kind: picklist(outcomeKinds), text: string() })),
});
