/**
 * What a manifest is:
 *
 * - `image`: a single image, or an attachment stored in the format of an image
 * - `index`: a list of other manifests
 * - `artifact`: a manifest that is certainly no image, such as a signature
 * - `unknown`: the media type is missing or not a known one, so it may be any of these
 */
export type ManifestKind = 'image' | 'index' | 'artifact' | 'unknown';

/** A format of manifests. */
export interface ManifestFormat {
  readonly kind: ManifestKind;
  /** Whether it has the field `subject`, which makes a manifest an attachment of another one. */
  readonly mayHaveSubject: boolean;
}

const formats: ReadonlyMap<string, ManifestFormat> = new Map([
  ['application/vnd.oci.image.index.v1+json', { kind: 'index', mayHaveSubject: true }],
  ['application/vnd.docker.distribution.manifest.list.v2+json', { kind: 'index', mayHaveSubject: false }],
  ['application/vnd.oci.image.manifest.v1+json', { kind: 'image', mayHaveSubject: true }],
  ['application/vnd.docker.distribution.manifest.v2+json', { kind: 'image', mayHaveSubject: false }],
  ['application/vnd.docker.distribution.manifest.v1+json', { kind: 'image', mayHaveSubject: false }],
  ['application/vnd.docker.distribution.manifest.v1+prettyjws', { kind: 'image', mayHaveSubject: false }],
  ['application/vnd.oci.artifact.manifest.v1+json', { kind: 'artifact', mayHaveSubject: true }],
]);

const unknownFormat: ManifestFormat = { kind: 'unknown', mayHaveSubject: true };

/**
 * The kind of a manifest by its exact media type.
 *
 * @param mediaType Parameters, such as a character set, are ignored. Empty if the server does not tell.
 */
export function kindOf(mediaType: string): ManifestKind {
  return formatOf(mediaType).kind;
}

/** Whether a manifest of this media type may be an attachment that names its subject. */
export function mayHaveSubject(mediaType: string): boolean {
  return formatOf(mediaType).mayHaveSubject;
}

/** The format by the media type, of which parameters are ignored. */
export function formatOf(mediaType: string): ManifestFormat {
  const exact = formats.get(mediaType);
  if (exact !== undefined) {
    return exact;
  }
  const [essence = ''] = mediaType.split(';');
  return formats.get(essence.trim().toLowerCase()) ?? unknownFormat;
}
