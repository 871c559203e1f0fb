import type { IndexEntry, SandboxManifest } from './manifest';
import { isIndexType, ociImageType } from './mediaTypes';
import type { SandboxRepository } from './repository';

type Manifests = Pick<SandboxRepository, 'get'>;

/** What the registry hands out as the manifest. */
export function documentOf(manifest: SandboxManifest, repository: Manifests): object | string {
  const { mediaType, entries, artifactType, subject, annotations, document } = manifest;
  if (document !== undefined) {
    return document;
  }
  return {
    schemaVersion: 2,
    mediaType,
    ...(artifactType !== undefined && { artifactType }),
    ...(isIndexType(mediaType) || entries.length > 0
      ? { manifests: entries.map((entry) => describeEntry(entry, repository)) }
      : { layers: [] }),
    ...(subject !== undefined && { subject: describe(subject, repository) }),
    ...(annotations !== undefined && { annotations }),
  };
}

/** As the list of referrers has it. */
export function describeReferrer({ artifactType, annotations, ...manifest }: SandboxManifest): object {
  return {
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    size: sizeOf(manifest),
    ...(artifactType !== undefined && { artifactType }),
    ...(annotations !== undefined && { annotations }),
  };
}

/** A document does not change when something that it names is deleted. */
function describeEntry({ digest, platform, annotations }: IndexEntry, repository: Manifests): object {
  return {
    ...describe(digest, repository),
    platform: platform ?? repository.get(digest)?.platform,
    ...(annotations !== undefined && { annotations }),
  };
}

function describe(digest: string, repository: Manifests): object {
  const manifest = repository.get(digest);
  return { mediaType: manifest?.mediaType ?? ociImageType, digest, size: sizeOf(manifest) };
}

/** Of the text, where there is one. */
function sizeOf(manifest: Pick<SandboxManifest, 'document' | 'sizeBytes'> | undefined): number {
  return manifest?.document === undefined ? (manifest?.sizeBytes ?? 0) : Buffer.byteLength(manifest.document);
}
