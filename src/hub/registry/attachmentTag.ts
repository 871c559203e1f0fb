import { type Digest, parseDigest } from '../digest';

/** Tags of attachments (signatures, attestations, SBOMs and lists of them): the digest of the subject, and any suffix. */
const attachmentTag = /^sha256-([0-9a-f]{64})(?![0-9a-f])/;

/** The digest of the subject, if the tag is that of an attachment. */
export function subjectOfTag(tag: string): Digest | undefined {
  const encoded = attachmentTag.exec(tag)?.[1];
  return encoded === undefined ? undefined : parseDigest(`sha256:${encoded}`);
}
