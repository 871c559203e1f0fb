export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

/** One manifest as the sandbox keeps it. Which tags point at it is known by its repository. */
export interface SandboxManifest {
  readonly digest: string;
  /** Every tag that points or ever pointed here, in the order in which they came. */
  readonly tagHistory: readonly string[];
  readonly lastPushed: Date | undefined;
  readonly lastPulled: Date | undefined;
  /** Digests of the platform manifests of an index; empty for a single image. */
  readonly children: readonly string[];
  readonly sizeBytes: number;
  /** Where the image runs; `unknown/unknown` for an attestation. */
  readonly platform: Platform;
}

/** Later of last push and last pull, in milliseconds; what is not known is older than everything. */
export function activityOf(manifest: SandboxManifest): number {
  return Math.max(manifest.lastPushed?.getTime() ?? -Infinity, manifest.lastPulled?.getTime() ?? -Infinity);
}

export type ManifestStatus = 'active' | 'inactive';

export function statusOf(manifest: SandboxManifest, activeFrom: Date): ManifestStatus {
  return activityOf(manifest) >= activeFrom.getTime() ? 'active' : 'inactive';
}
