/**
 * Messages between the extension and the overview of a repository, which runs in a webview. The extension owns the truth:
 * the webview moves a line over figures it was given once, and says where the line stands when images left of it shall go.
 *
 * - On `ready` the extension sends `figures`, where the repository was read already, and `state`.
 * - `figures` follow every complete reading. They hold no image but the few that are named, so their size depends on the
 *   days on which anything happened, not on how many images there are; moving the line asks nothing.
 * - Whatever changes besides is told by a new `state`.
 */
import { is } from 'valibot';
import type { Notice } from '../webview/messageParts';
import { fromWebviewSchema, toWebviewSchema } from './protocolSchemas';

export type { Notice } from '../webview/messageParts';

/**
 * - `reading`: the images are being read
 * - `ready`: they were read
 * - `cancelled`: the person gave the reading up
 * - `failed`: the images could not be read
 * - `planning`: the images left of the line are checked, and read again where that is needed
 * - `left`: another account or server is in use, so nothing can be done from here
 */
export type OverviewPhase = 'reading' | 'ready' | 'cancelled' | 'failed' | 'planning' | 'left';

/** How far the images were read. */
export interface ReadingProgress {
  readonly done: number;
  /** `null` where nobody knows. */
  readonly total: number | null;
  /** `410 a second · 3 min left`; `null` while it would be a guess. */
  readonly pace: string | null;
}

/** Images with and without a current tag. */
export interface TagCounts {
  readonly tagged: number;
  readonly untagged: number;
}

/** Images whose last activity lies at or after `from` and before `to`, both RFC 3339. */
export interface FigureBin extends TagCounts {
  readonly from: string;
  readonly to: string;
}

/** Images whose last activity lies at or after `at`, RFC 3339, and before the next step. */
export interface FigureStep extends TagCounts {
  readonly at: string;
}

/** One image that is named. */
export interface ImageRow {
  /** Current tags, or else the short digest. */
  readonly label: string;
  readonly digest: string;
  readonly shortDigest: string;
  /** `12.3 MB`; `null` where the server does not tell. */
  readonly size: string | null;
  /** `last pulled 94 days ago` */
  readonly activity: string;
  /** Both times in full, for a tooltip. */
  readonly activityDetail: string;
}

/** The whole panel but for the figures. Sent whenever any of it changes. */
export interface StateMessage {
  readonly type: 'state';
  /** `Overview: namespace/repository` */
  readonly title: string;
  readonly phase: OverviewPhase;
  /** What just happened, for the live region. */
  readonly status: string;
  /** Whether the server is the embedded sandbox. */
  readonly isSandbox: boolean;
  /** The server's own counts, known before the images are; `null` before. */
  readonly counts: { readonly total: number; readonly active: number; readonly inactive: number } | null;
  readonly progress: ReadingProgress | null;
  readonly notices: readonly Notice[];
}

/** What was read, counted. */
export interface FiguresMessage {
  readonly type: 'figures';
  /** RFC 3339; where the line stands until somebody moves it. */
  readonly activeFrom: string;
  /** RFC 3339; what is later counts as `future`. */
  readonly readAt: string;
  readonly unit: 'day' | 'week' | 'month' | 'year';
  /** From the earliest, without a gap; they cover `activeFrom`. None where no image has a known activity in the past. */
  readonly bins: readonly FigureBin[];
  /** The same images, in steps that no midnight of UTC divides, nor `activeFrom`. */
  readonly steps: readonly FigureStep[];
  readonly unknown: TagCounts;
  readonly future: TagCounts;
  /** The biggest first; `null` where the server tells no sizes. */
  readonly biggest: readonly ImageRow[] | null;
  /** The oldest first. */
  readonly oldest: readonly ImageRow[];
}

export type ToWebview = StateMessage | FiguresMessage;

/** The webview has loaded and listens. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** The images left of the line shall be planned to go. */
export interface DeletionWantedMessage {
  readonly type: 'deletionWanted';
  /** RFC 3339; where the line stands. */
  readonly activeFrom: string;
  /** How many images the person saw left of it. */
  readonly count: number;
}

/** The digest of a named image is wanted on the clipboard. */
export interface DigestCopiedMessage {
  readonly type: 'digestCopied';
  readonly digest: string;
}

/** A button without an argument was pressed. */
export interface ActionMessage {
  readonly type: 'action';
  readonly action: 'readAgain' | 'cancel';
}

export type FromWebview = ReadyMessage | DeletionWantedMessage | DigestCopiedMessage | ActionMessage;

/** Whether a value that reached the webview is a message of the extension, in every field. */
export function isToWebview(value: unknown): value is ToWebview {
  return is(toWebviewSchema, value);
}

/** Whether a value that reached the extension is a message of the webview, in every field. */
export function isFromWebview(value: unknown): value is FromWebview {
  return is(fromWebviewSchema, value);
}
