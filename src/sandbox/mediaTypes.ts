import type { SandboxManifest } from './manifest';

const indexType = 'application/vnd.oci.image.index.v1+json';
const imageType = 'application/vnd.oci.image.manifest.v1+json';

export function mediaTypeOf({ children }: Pick<SandboxManifest, 'children'>): string {
  return children.length > 0 ? indexType : imageType;
}
