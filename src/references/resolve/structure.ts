import type { FileReference } from '../reference';
import type { Lookup } from './variables';

/**
 * What a stretch of text does with the images that it names:
 *
 * - `use`: it uses one; without a tag it is `latest`
 * - `named`: it names one that is used; a tag may stand elsewhere, so that a name alone leaves it open
 * - `text`: it may be about anything, and strings may be composed; a name alone leaves the tag open
 * - `tagged`: like `text`, but a name alone is that of something else, such as a repository on GitHub
 * - `produced`: it is pushed or built
 * - `producedName`: the same, and the tags are elsewhere
 * - `documentation`, `tooling`: as the kinds
 * - `none`: what looks like an image is none
 */
export type Usage =
  'use' | 'named' | 'text' | 'tagged' | 'produced' | 'producedName' | 'documentation' | 'tooling' | 'none';

/** Offsets, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A stretch of text whose usage is known. */
export interface Region extends Range {
  readonly usage: Usage;
  /** Set if it states only what applies by default. */
  readonly isDefault?: true;
  /** Values of the variables in it. */
  readonly lookup?: Lookup;
  /** The value, if the region as a whole is one that names an image. */
  readonly whole?: string;
}

/** A reference that does not stand in one place, such as a repository and a tag as two values. */
export type JoinedReference = Pick<FileReference, 'kind' | 'repository' | 'tag' | 'digest' | 'isDefault'> &
  Range;

/** What a format says about its text. */
export interface Structure {
  /** They do not overlap. */
  readonly regions: readonly Region[];
  readonly joined: readonly JoinedReference[];
  /** Ranges that {@link joined} covers. */
  readonly claimed: readonly Range[];
  /** The usage outside of all regions. */
  readonly elsewhere: Usage;
  /** Set if keys as in `image = …` tell the usage. Podman reads the values in its units as they are. */
  readonly hasKeys?: 'unit' | 'other';
}
