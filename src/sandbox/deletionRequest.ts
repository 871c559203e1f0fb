import type { ManifestWarning } from './deletion';
import { parseTime } from './time';

export interface DeletionRequest {
  readonly dryRun: boolean;
  readonly activeFrom: Date | undefined;
  /** The one repository of the request; `undefined` when it names no image. */
  readonly repositoryName: string | undefined;
  /** Each image once. */
  readonly digests: ReadonlySet<string>;
  readonly ignored: readonly ManifestWarning[];
}

type Fields = Readonly<Record<string, unknown>>;

/** @returns `undefined` when the body is not a request for images of one repository, `limit` of them at most. */
export function readDeletionRequest(body: unknown, limit: number): DeletionRequest | undefined {
  if (!isFields(body)) {
    return undefined;
  }
  const { dry_run: dryRun = false, active_from: time, manifests = [], ignore_warnings: ignored = [] } = body;
  const activeFrom = typeof time === 'string' ? parseTime(time) : undefined;
  if (
    typeof dryRun !== 'boolean' ||
    (time !== undefined && activeFrom === undefined) ||
    !isListOf(manifests, isManifest) ||
    !isListOf(ignored, isWarning) ||
    manifests.length > limit
  ) {
    return undefined;
  }
  const repositories = new Set([...manifests, ...ignored].map(({ repository }) => repository));
  if (repositories.size > 1) {
    return undefined;
  }
  const [repositoryName] = repositories;
  const digests = new Set(manifests.map(({ digest }) => digest));
  return { dryRun, activeFrom, repositoryName, digests, ignored };
}

function isManifest(value: unknown): value is { readonly repository: string; readonly digest: string } {
  return isFields(value) && typeof value['repository'] === 'string' && typeof value['digest'] === 'string';
}

function isWarning(value: unknown): value is ManifestWarning {
  return (
    isManifest(value) &&
    'warning' in value &&
    (value.warning === 'is_active' || value.warning === 'current_tag') &&
    (!('tags' in value) || isListOf(value.tags, (tag) => typeof tag === 'string'))
  );
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
