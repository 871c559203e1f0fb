import { isDigest, type Digest } from '../digest';

/** Tags of attachments (signatures, attestations, SBOMs and lists of them): the digest of the subject, and any suffix. */
const attachmentTag = /^(sha256)-([0-9a-f]{64})(?![0-9a-f])/;

/** The digest of the subject, if the tag is that of an attachment. */
export function subjectOfTag(tag: string): Digest | undefined {
  const [, algorithm, encoded] = attachmentTag.exec(tag) ?? [];
  const digest = `${algorithm ?? ''}:${encoded ?? ''}`;
  return isDigest(digest) ? digest : undefined;
}
