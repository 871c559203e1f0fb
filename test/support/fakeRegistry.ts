import type { Digest } from '../../src/hub/digest';
import { HubError, type HubErrorKind } from '../../src/hub/errors';
import type { PullQuota } from '../../src/hub/imageApi';
import { kindOf } from '../../src/hub/registry/manifestKind';
import type { IndexEntry, ManifestContent, ManifestHead, Registry } from '../../src/hub/registry/registry';
import { digestOf } from './images';

/** What a registry answers; the kind of an error is thrown as one. */
export interface RegistryContents {
  /** By tag, or by the seed of a digest. Without an entry, there is no such manifest. */
  readonly heads?: Readonly<Record<string, ManifestHead | HubErrorKind>>;
  /** By the seed of the digest. Without an entry, there is no such manifest. */
  readonly contents?: Readonly<Record<string, ManifestContent | HubErrorKind>>;
  /** Seeds of the attachments, by the seed of the subject; none without an entry. */
  readonly referrers?: Readonly<Record<string, readonly string[] | HubErrorKind>> | 'notOffered';
  readonly tags?: readonly string[] | HubErrorKind;
  readonly pullQuota?: PullQuota;
}

/** A registry without a connection, and the requests it has got. */
export interface FakeRegistry {
  readonly registry: Registry;
  /** Such as `head latest`, `read a` or `referrers a`, with seeds instead of digests. */
  readonly requests: readonly string[];
  /** What was requested in this way, sorted. */
  requested(way: 'head' | 'read' | 'referrers' | 'tags'): readonly string[];
  readonly signals: ReadonlySet<AbortSignal | undefined>;
  /** What it answers from now on. */
  contents: RegistryContents;
}

/** @param seeds Names of the digests that a test uses. */
export function fakeRegistry(seeds: readonly string[], contents: RegistryContents = {}): FakeRegistry {
  const names = new Map<string, string>(seeds.map((seed) => [digestOf(seed), seed]));
  const nameOf = (reference: string) => names.get(reference) ?? reference;
  const requests: string[] = [];
  const signals = new Set<AbortSignal | undefined>();
  const answer = <T>(
    request: string,
    value: T | HubErrorKind,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    requests.push(request);
    signals.add(signal);
    return typeof value === 'string'
      ? Promise.reject(new HubError(value as HubErrorKind, { method: 'GET', path: `/v2/${request}` }))
      : Promise.resolve(value);
  };
  const unexpected = () => Promise.reject(new Error('not expected'));
  const fake: FakeRegistry = {
    requests,
    requested: (way) =>
      requests
        .filter((request) => request.startsWith(way))
        .map((request) => request.slice(way.length + 1))
        .sort(),
    signals,
    contents,
    registry: {
      head: (_repository, reference, signal) =>
        answer(`head ${nameOf(reference)}`, fake.contents.heads?.[nameOf(reference)], signal),
      readManifest: (_repository, digest, signal) =>
        answer(`read ${nameOf(digest)}`, fake.contents.contents?.[nameOf(digest)], signal),
      referrers: (_repository, subject, signal) => {
        const { referrers = {} } = fake.contents;
        const named = referrers === 'notOffered' ? undefined : (referrers[nameOf(subject)] ?? []);
        const value = typeof named === 'object' ? named.map(digestOf) : named;
        return answer(`referrers ${nameOf(subject)}`, value, signal);
      },
      listTags: (_repository, signal) => answer('tags', fake.contents.tags ?? [], signal),
      mayDelete: unexpected,
      deletionRight: unexpected,
      deleteManifest: unexpected,
      get pullQuota() {
        return fake.contents.pullQuota;
      },
    },
  };
  return fake;
}

/** What a registry says about a manifest. */
export function headOf(seed: string, mediaType: string): ManifestHead {
  return { digest: digestOf(seed), mediaType, kind: kindOf(mediaType) };
}

/** The content of an index, or of a single manifest without entries. */
export function contentOf(
  mediaType: string,
  facts: { readonly entries?: readonly IndexEntry[]; readonly subject?: Digest } = {},
): ManifestContent {
  return { mediaType, entries: [], subject: undefined, ...facts };
}

/** An entry of an index that says nothing else about it. */
export function indexEntry(seed: string, facts: Partial<IndexEntry> = {}): IndexEntry {
  return { digest: digestOf(seed), size: undefined, platform: undefined, isAttestation: false, ...facts };
}
