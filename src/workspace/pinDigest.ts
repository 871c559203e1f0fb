import type { CodeReference } from '../hub/codeReferences';
import type { Digest } from '../hub/digest';

/** A scheme such as `docker://`, and a registry. */
const prefix = '(?:[a-z][a-z-]*://)?(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?';
const suffix = '(?:@(?<digest>[A-Za-z0-9+._-]+:[A-Za-z0-9=_-]+))?';

/**
 * The reference with this digest beside its tag: `acme/web:1.2` becomes `acme/web:1.2@sha256:…`.
 *
 * @param text The reference as it is written.
 * @returns `undefined` if the text is not a whole reference with a tag. Then the tag comes from elsewhere, such as a variable or
 * another line, and a digest does not belong here.
 */
export function pinnedText(
  text: string,
  { repository, tag, digest: written }: Pick<CodeReference, 'repository' | 'tag' | 'digest'>,
  digest: Digest,
): string | undefined {
  if (repository === undefined || tag === undefined) {
    return undefined;
  }
  const whole = new RegExp(`^(?<named>${prefix}${literally(repository)}:${literally(tag)})${suffix}$`);
  const { named, digest: inText } = whole.exec(text)?.groups ?? {};
  return named === undefined || inText !== written ? undefined : `${named}@${digest}`;
}

/**
 * Whether a digest may stand beside the tag: the line decides which image is used, and it does so in one place.
 */
export function isPinnable({ kind, isDefault }: Pick<CodeReference, 'kind' | 'isDefault'>): boolean {
  return kind === 'exact' && isDefault !== true;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
