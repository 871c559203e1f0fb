import { isDigest, type Digest } from '../digest';

/** Tags by which signatures, attestations and their lists are found beside the image they speak of. */
const signatureTag = /^(sha256)-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/;

/** The image that a manifest with this tag signs or describes, where the tag is one of that kind. */
export function subjectOfTag(tag: string): Digest | undefined {
  const [, algorithm, encoded] = signatureTag.exec(tag) ?? [];
  const digest = `${algorithm ?? ''}:${encoded ?? ''}`;
  return isDigest(digest) ? digest : undefined;
}
