export const ociIndexType = 'application/vnd.oci.image.index.v1+json';
export const ociImageType = 'application/vnd.oci.image.manifest.v1+json';
export const dockerListType = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const dockerImageType = 'application/vnd.docker.distribution.manifest.v2+json';

export function isIndexType(mediaType: string): boolean {
  return mediaType === ociIndexType || mediaType === dockerListType;
}
