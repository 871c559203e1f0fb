export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export type Annotations = Readonly<Record<string, string>>;

/** What an index says of one of its children. */
export interface IndexEntry {
  readonly digest: string;
  /** That of the child itself unless said otherwise. */
  readonly platform?: Platform;
  readonly annotations?: Annotations;
}

/** One manifest as the sandbox keeps it. Which tags point at it is known by its repository. */
export interface SandboxManifest {
  readonly digest: string;
  /** Every tag that points or ever pointed here, in the order in which they came. */
  readonly tagHistory: readonly string[];
  readonly lastPushed: Date | undefined;
  readonly lastPulled: Date | undefined;
  /** Digests of the {@link entries} of an index, in their order; empty for a single image. */
  readonly children: readonly string[];
  /** What an index has; the same digest may be in several. Empty for a single image. */
  readonly entries: readonly IndexEntry[];
  readonly mediaType: string;
  /** Digest of the manifest that this one is about, which need not be there. */
  readonly subject: string | undefined;
  readonly artifactType: string | undefined;
  readonly annotations: Annotations | undefined;
  /** The text that was pushed; `undefined` where one is made up, which does not have the digest. */
  readonly document: string | undefined;
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
