import { activityOf, statusOf, type ManifestStatus, type SandboxManifest } from './manifest';
import type { SandboxRepository } from './repository';

export const orderings = ['last_activity', '-last_activity', 'digest', '-digest'] as const;
export type Ordering = (typeof orderings)[number];

export interface Selection {
  readonly status: ManifestStatus | undefined;
  readonly ordering: Ordering;
  readonly activeFrom: Date;
}

/** Filtered lists kept per repository. The default `active_from` moves with the clock, so old ones must go. */
const filteredLimit = 16;

interface Cache {
  readonly revision: number;
  readonly ordered: Map<Ordering, readonly SandboxManifest[]>;
  readonly filtered: Map<string, readonly SandboxManifest[]>;
  /** In the order in which they were first pushed. */
  inOrder?: readonly SandboxManifest[];
}

const caches = new WeakMap<SandboxRepository, Cache>();

/** All images of a repository that match, in order. Sorted once until the repository changes. */
export function selectManifests(
  repository: SandboxRepository,
  { status, ordering, activeFrom }: Selection,
): readonly SandboxManifest[] {
  const cache = cacheOf(repository);
  const ordered = remember(cache.ordered, ordering, () => sorted(repository.manifests, ordering));
  if (status === undefined) {
    return ordered;
  }
  if (cache.filtered.size >= filteredLimit) {
    cache.filtered.clear();
  }
  return remember(cache.filtered, `${ordering} ${status} ${activeFrom.getTime()}`, () =>
    ordered.filter((manifest) => statusOf(manifest, activeFrom) === status),
  );
}

/** All manifests in the order in which they were first pushed. An array once until the repository changes. */
export function manifestsInOrder(repository: SandboxRepository): readonly SandboxManifest[] {
  const cache = cacheOf(repository);
  return (cache.inOrder ??= [...repository.manifests]);
}

export interface Statistics {
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
}

export function countImages(repository: SandboxRepository, activeFrom: Date): Statistics {
  const active = selectManifests(repository, {
    status: 'active',
    ordering: '-last_activity',
    activeFrom,
  }).length;
  return { total: repository.size, active, inactive: repository.size - active };
}

function cacheOf(repository: SandboxRepository): Cache {
  const known = caches.get(repository);
  if (known?.revision === repository.revision) {
    return known;
  }
  const fresh: Cache = { revision: repository.revision, ordered: new Map(), filtered: new Map() };
  caches.set(repository, fresh);
  return fresh;
}

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** Ties are settled by digest, so that pages never overlap. */
function sorted(manifests: Iterable<SandboxManifest>, ordering: Ordering): readonly SandboxManifest[] {
  switch (ordering) {
    case 'digest':
      return [...manifests].sort(byDigest);
    case '-digest':
      return [...manifests].sort((a, b) => byDigest(b, a));
    case 'last_activity':
      return [...manifests].sort(byActivity);
    case '-last_activity':
      return [...manifests].sort((a, b) => byActivity(b, a));
  }
}

function byDigest(a: SandboxManifest, b: SandboxManifest): number {
  return a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0;
}

function byActivity(a: SandboxManifest, b: SandboxManifest): number {
  const [first, second] = [activityOf(a), activityOf(b)];
  return first === second ? byDigest(a, b) : first - second; // not the difference alone: unknown is -Infinity
}
