import { statusOf, type SandboxManifest } from './manifest';
import type { SandboxRepository } from './repository';

export type WarningKind = 'is_active' | 'current_tag';
export type ErrorKind = 'not_found' | 'unauthorized' | 'child_manifest';

export interface ManifestError {
  readonly repository: string;
  readonly digest: string;
  readonly error: ErrorKind;
}

export interface ManifestWarning {
  readonly repository: string;
  readonly digest: string;
  readonly warning: WarningKind;
  readonly tags?: readonly string[];
}

export interface Findings {
  readonly errors: readonly ManifestError[];
  readonly warnings: readonly ManifestWarning[];
}

export interface Judgement {
  /** `undefined` when there is no repository of the name. */
  readonly repository: SandboxRepository | undefined;
  readonly repositoryName: string;
  readonly mayDelete: boolean;
  readonly activeFrom: Date;
  readonly digests: Iterable<string>;
  readonly ignored: readonly ManifestWarning[];
}

/** Every objection that stands against deleting the images. An image with an error has no warnings. */
export function judge({ digests, ignored, ...where }: Judgement): Findings {
  const errors: ManifestError[] = [];
  const warnings: ManifestWarning[] = [];
  for (const digest of digests) {
    const verdict = judgeOne(digest, where);
    if (typeof verdict === 'string') {
      errors.push({ repository: where.repositoryName, digest, error: verdict });
    } else {
      warnings.push(...verdict.filter((warning) => !ignored.some((entry) => covers(entry, warning))));
    }
  }
  return { errors, warnings };
}

function judgeOne(
  digest: string,
  { repository, repositoryName, mayDelete, activeFrom }: Omit<Judgement, 'digests' | 'ignored'>,
): ErrorKind | readonly ManifestWarning[] {
  if (!mayDelete) {
    return 'unauthorized'; // before anything that would tell whether the image exists
  }
  const manifest = repository?.get(digest);
  if (repository === undefined || manifest === undefined) {
    return 'not_found';
  }
  if (repository.isChild(digest)) {
    return 'child_manifest';
  }
  const of = { repository: repositoryName, digest };
  const tags = repository.currentTags(manifest);
  const warnings: ManifestWarning[] = [];
  if (statusOf(manifest, activeFrom) === 'active') {
    warnings.push({ ...of, warning: 'is_active' });
  }
  if (tags.length > 0) {
    warnings.push({ ...of, warning: 'current_tag', tags });
  }
  return warnings;
}

/** Accepting the loss of some tags does not accept the loss of others. */
function covers(entry: ManifestWarning, warning: ManifestWarning): boolean {
  return (
    entry.warning === warning.warning &&
    entry.digest === warning.digest &&
    entry.repository === warning.repository &&
    (warning.tags ?? []).every((tag) => entry.tags?.includes(tag) ?? false)
  );
}

export interface Removed {
  readonly digests: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
}

/**
 * Everything that goes when the images go: their current tags; untagged images that formerly held one of those
 * tags, active or not, of which nobody is warned; and children that nothing holds any more.
 */
export function removedWith(repository: SandboxRepository, digests: Iterable<string>): Removed {
  const removed = new Set<string>();
  const tags = new Set<string>();
  for (const manifest of presentIn(repository, digests)) {
    removed.add(manifest.digest);
    repository.currentTags(manifest).forEach((tag) => tags.add(tag));
  }
  for (const tag of tags) {
    for (const manifest of presentIn(repository, repository.holdersOf(tag))) {
      if (!isHeld(repository, manifest, removed)) {
        removed.add(manifest.digest);
      }
    }
  }
  dropChildren(repository, removed);
  return { digests: removed, tags };
}

/**
 * Adds the children that nothing holds any more, and the referrers where they are deleted too. A set grows while it is
 * walked, so indexes inside indexes and signatures of signatures are followed too.
 */
export function dropChildren(
  repository: SandboxRepository,
  removed: Set<string>,
  deletesReferrers = false,
): void {
  for (const digest of removed) {
    const referrers = deletesReferrers ? repository.referrersOf(digest) : [];
    const dependents = [...(repository.get(digest)?.children ?? []), ...referrers];
    for (const child of presentIn(repository, dependents)) {
      if (!isHeld(repository, child, removed)) {
        removed.add(child.digest);
      }
    }
  }
}

/** Whether a current tag or an index that stays still needs the image. */
function isHeld(
  repository: SandboxRepository,
  manifest: SandboxManifest,
  removed: ReadonlySet<string>,
): boolean {
  return (
    repository.currentTags(manifest).length > 0 ||
    [...repository.indexesOf(manifest.digest)].some((index) => !removed.has(index))
  );
}

function presentIn(repository: SandboxRepository, digests: Iterable<string>): readonly SandboxManifest[] {
  return [...digests].flatMap((digest) => repository.get(digest) ?? []);
}
