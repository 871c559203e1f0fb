import type { ReferencedImage } from '../../hub/codeReferences';

/** What references are looked for to. */
export interface ReferenceSubject {
  /** Such as `acme/web:1.0`, or `3 images`. */
  readonly name: string;
  /** At least one. */
  readonly images: readonly ReferencedImage[];
}
