import type { Digest } from './digest';
import type { HubError } from './errors';
import type { Blocker, DeletionWarning } from './findings';

/** What one request deleted, as counted by the server. */
export interface DeletionMetrics {
  readonly manifestDeletes: number;
  readonly manifestErrors: number;
  readonly tagDeletes: number;
  readonly tagErrors: number;
}

/** Metrics of a request that deleted nothing. */
export const noMetrics: DeletionMetrics = {
  manifestDeletes: 0,
  manifestErrors: 0,
  tagDeletes: 0,
  tagErrors: 0,
};

/** Adds up what two requests deleted. */
export function addMetrics(a: DeletionMetrics, b: DeletionMetrics): DeletionMetrics {
  return {
    manifestDeletes: a.manifestDeletes + b.manifestDeletes,
    manifestErrors: a.manifestErrors + b.manifestErrors,
    tagDeletes: a.tagDeletes + b.tagDeletes,
    tagErrors: a.tagErrors + b.tagErrors,
  };
}

/**
 * Result for one image of a request that is executed image by image:
 *
 * - `removed`: the server deleted it, or no longer had it
 * - `refused`: the server did not delete it
 * - `lost`: there was no answer, so the effect is unknown
 * - `notSent`: no request was sent for it
 */
export const manifestResults = ['removed', 'refused', 'lost', 'notSent'] as const;
/** One of {@link manifestResults}. */
export type ManifestResult = (typeof manifestResults)[number];

/**
 * Why an image was `refused`:
 *
 * - `tagKept`: the server does not delete one of its tags, for example because it is immutable
 * - `tagMoved`: one of its tags now points at another image
 * - `changed`: something about it has changed since it was approved, such as a tag that was added
 * - `stopped`: the deletion was stopped after some of its tags had been deleted
 * - `stillReferenced`: the server does not delete it because an image that is not deleted needs it
 * - `nowReferenced`: the same, noticed before the server was asked to delete it
 * - `denied`: this account or token may not delete
 * - `notSignedIn`: the server did not accept the sign-in
 * - `rejected`: the server refused the request for another reason
 * - `rateLimited`: the server refused the request because there were too many
 */
export const refusalCauses = [
  'tagKept',
  'tagMoved',
  'changed',
  'stopped',
  'stillReferenced',
  'nowReferenced',
  'denied',
  'notSignedIn',
  'rejected',
  'rateLimited',
] as const;
/** One of {@link refusalCauses}. */
export type RefusalCause = (typeof refusalCauses)[number];
/** Why an image was not deleted, and which of its tags were deleted nevertheless. */
export interface ImageRefusal {
  readonly cause: RefusalCause;
  /** The tag that caused it. */
  readonly tag?: string;
  /** The server's own reason, as plain text. */
  readonly reason?: string;
  /** Tags of the image that had been deleted before the refusal. */
  readonly removedTags: readonly string[];
}

/** What an answer says beyond the result. */
interface KnownParts {
  /** Images of a dry run that others belong to, so that these may be deleted along. Missing if the API does not tell. */
  readonly withParts?: ReadonlySet<Digest>;
}

/**
 * What kept an image from being deleted although the server was not asked to delete it:
 *
 * - `changed`: it has changed since it was approved
 * - `stopped`: the deletion was stopped after some of its tags had been deleted
 */
export const holds = ['changed', 'stopped'] as const;
/** One of {@link holds}. */
export type Hold = (typeof holds)[number];

/** @returns What held the image back; `undefined` if the server refused it. */
export function holdOf({ cause }: Pick<ImageRefusal, 'cause'>): Hold | undefined {
  switch (cause) {
    case 'tagMoved':
    case 'changed':
    case 'nowReferenced':
      return 'changed';
    case 'stopped':
      return 'stopped';
    case 'tagKept':
    case 'stillReferenced':
    case 'denied':
    case 'notSignedIn':
    case 'rejected':
    case 'rateLimited':
      return undefined;
  }
}

/** Answer to a dry run or a deletion of one request. If it is `refused`, nothing was deleted. */
export type DeletionAnswer = KnownParts &
  (
    | {
        readonly kind: 'completed';
        readonly metrics: DeletionMetrics;
        /** Result for each image. Missing if the server executes the request as a whole. */
        readonly results?: ReadonlyMap<Digest, ManifestResult>;
        /** Reasons for the images whose result is `refused`. */
        readonly refusals?: ReadonlyMap<Digest, ImageRefusal>;
        /** Why the rest was not sent: a request failed without an effect. Missing if none did, or if it was canceled. */
        readonly failure?: HubError;
        /** Set if no further request of the deletion may be sent, whatever the counts are. */
        readonly endsDeletion?: true;
      }
    | {
        readonly kind: 'refused';
        readonly warnings: readonly DeletionWarning[];
        readonly blockers: readonly Blocker[];
        /** Docker Hub's transaction ID, which its support asks for. */
        readonly txnid: string | undefined;
      }
  );
