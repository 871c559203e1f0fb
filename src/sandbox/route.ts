import type { Answer } from './answer';
import type { OperationId } from './operationId';
import type { BlobStore } from './blobStore';
import type { LaggingLists } from './laggingLists';
import type { PullLimit } from './pullLimit';
import type { Query } from './query';
import type { TokenIssuer } from './tokens';
import type { Caller, SandboxWorld } from './world';

/** What a handler knows of the request it answers. */
export interface Call {
  readonly operation: OperationId;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Parsed JSON, text that is not JSON, or `undefined`. */
  readonly body: unknown;
  /** The body as it was sent. */
  readonly bytes: Buffer;
  /** Media type of the body; empty when it is not stated. */
  readonly contentType: string;
  readonly user: Caller | undefined;
  /** The header of that name, for routes that take no token of Docker Hub. */
  readonly authorization: string | undefined;
  /** Address of the route on this server, without a query; links are made from it. */
  readonly url: string;
  /** Of this server, without a trailing slash. */
  readonly origin: string;
  readonly now: Date;
  /** A fault: answer as if it had been done. */
  readonly isWithoutEffect: boolean;
}

/**
 * - `anonymous`: as Docker Hub has it since August 2026; signed-in accounts page on
 * - `everyone`: the same refusal, whoever asks
 * - `everyoneSilently`: as before, a page past the limit looks like one past the end
 */
export type TagsLimit = 'anonymous' | 'everyone' | 'everyoneSilently';

/** What handlers share for the life of the sandbox. */
export interface Services {
  readonly world: SandboxWorld;
  readonly tokens: TokenIssuer;
  readonly batchLimit: number;
  readonly lists: LaggingLists;
  readonly blobs: BlobStore;
  /** Whether the registry has the referrers API. */
  readonly hasReferrers: boolean;
  /** Whether the referrers of a manifest are deleted with it. */
  readonly deletesReferrers: boolean;
  /** Pulls from the registry, where they are limited. */
  readonly pulls: PullLimit | undefined;
  /** Who is refused tags past the first thousand. */
  readonly tagsLimit: TagsLimit;
  /** Name of the field in which a failed login gives its reason. */
  readonly loginReason: 'detail' | 'details';
}

export interface Route {
  readonly operation: OperationId;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Pattern of `path-to-regexp`, without `/v2` twice and without a trailing slash unless written here. */
  readonly path: string;
  /** `optional`: anonymous callers see what is public. */
  readonly token: 'required' | 'optional' | 'none';
  /** Refused to a token of an organization. */
  readonly isForUsersOnly?: boolean;
  readonly handle: (call: Call, services: Services) => Answer;
}
