import type { Digest } from './digest';
import { formatRepository, type RepositoryRef } from './names';

/**
 * What a line that refers to an image means for its deletion:
 *
 * - `exact`: it uses the image, by digest or by repository and tag
 * - `nameOnly`: it uses the repository, but the files do not determine which tag
 * - `produced`: it pushes or builds the tag, so that the tag comes back
 * - `documentation`: it is in a text for people, or in a comment
 * - `tooling`: it is in the settings of a tool, such as one that updates versions
 */
export const referenceKinds = ['exact', 'nameOnly', 'produced', 'documentation', 'tooling'] as const;
/** One of {@link referenceKinds}. */
export type ReferenceKind = (typeof referenceKinds)[number];

/** A file of the workspace, or an editor that is not saved yet. */
export interface CodeFile {
  /** Opens it. */
  readonly uri: string;
  /** As shown: relative to its folder, with `/`, and with the name of the folder if several are open. */
  readonly path: string;
}

/** Where a file refers to an image on Docker Hub, and what it says. */
export interface CodeReference {
  readonly kind: ReferenceKind;
  /** `namespace/name`; `undefined` if there is only a digest. */
  readonly repository: string | undefined;
  /** `latest` where the line names neither a tag nor a digest; `undefined` if it cannot be resolved, or with a digest alone. */
  readonly tag: string | undefined;
  /** It decides, whatever the tag is. */
  readonly digest: Digest | undefined;
  /** Set if the line states only what applies by default, such as the default of a variable. */
  readonly isDefault?: true;
  readonly file: CodeFile;
  /** From 1. */
  readonly line: number;
  /** Of the first character of the reference in its line, from 1, in UTF-16 code units. */
  readonly column: number;
  /** In UTF-16 code units. */
  readonly length: number;
}

/** Returns `namespace/name:tag@digest`, as far as the reference has them. */
export function referenceText({
  repository = '',
  tag,
  digest,
}: {
  readonly repository?: string | undefined;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}): string {
  const name = tag === undefined ? repository : `${repository}:${tag}`;
  return digest === undefined ? name : `${name}${repository === '' ? '' : '@'}${digest}`;
}

/** `deploy/prod.yaml:14` */
export function placeName({
  file,
  line,
}: {
  readonly file: Pick<CodeFile, 'path'>;
  readonly line: number;
}): string {
  return `${file.path}:${String(line)}`;
}

/** What a search has read, and what it has left out. */
export interface SearchReport {
  /** Names of the open folders, in their order. */
  readonly folders: readonly string[];
  /** Number of files that were searched, open editors included. */
  readonly files: number;
  /** Numbers of files that were not searched. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
}

/**
 * Why a file was not searched:
 *
 * - `tooLarge`: it is larger than a file that people write
 * - `binary`: it is not text
 * - `unreadable`: it could not be read
 * - `linked`: it is a symbolic link to a folder, which may lead anywhere
 */
export const skipReasons = ['tooLarge', 'binary', 'unreadable', 'linked'] as const;
/** One of {@link skipReasons}. What is excluded by settings or ignore files is not counted, because it is not read at all. */
export type SkipReason = (typeof skipReasons)[number];

/** Number of files that were not searched, whatever the reason. */
export function skippedCount({ skipped }: SearchReport): number {
  return skipReasons.reduce((sum, reason) => sum + skipped[reason], 0);
}

/** What a search has found about some repositories. It never changes. */
export interface FoundReferences {
  /** By `namespace/name`, in the order of file and line. */
  readonly named: ReadonlyMap<string, readonly CodeReference[]>;
  /** Digests without a repository, by digest. */
  readonly bare: ReadonlyMap<Digest, readonly CodeReference[]>;
  readonly report: SearchReport;
}

/** What identifies an image in a file. */
export interface ReferencedImage {
  readonly repository: RepositoryRef;
  /** Its own, and those of what belongs to it. */
  readonly digests: readonly Digest[];
  readonly currentTags: readonly string[];
}

/** The references to one repository, by what they name. */
interface RepositoryReferences {
  readonly byTag: ReadonlyMap<string, readonly CodeReference[]>;
  readonly byDigest: ReadonlyMap<Digest, readonly CodeReference[]>;
}

const none: readonly CodeReference[] = [];
const lookups = new WeakMap<readonly CodeReference[], RepositoryReferences>();

/**
 * Returns the references that mean the image, of any kind. Lines whose tag cannot be resolved are not among them: they may
 * mean any image of the repository.
 */
export function referencesTo(
  { named, bare }: Pick<FoundReferences, 'named' | 'bare'>,
  { repository, digests, currentTags }: ReferencedImage,
): readonly CodeReference[] {
  const inRepository = named.get(formatRepository(repository));
  if (inRepository === undefined && bare.size === 0) {
    return none;
  }
  const known = inRepository && lookupOf(inRepository);
  const references: CodeReference[] = []; // filled in place: a plan may have a hundred thousand images
  for (const tag of known === undefined ? [] : currentTags) {
    references.push(...(known?.byTag.get(tag) ?? none));
  }
  for (const digest of digests) {
    references.push(...(known?.byDigest.get(digest) ?? none), ...(bare.get(digest) ?? none));
  }
  return references.length === 0 ? none : references;
}

/** Cached for each list, because many images may be looked up in it. */
function lookupOf(references: readonly CodeReference[]): RepositoryReferences {
  let found = lookups.get(references);
  if (found === undefined) {
    const byTag = new Map<string, CodeReference[]>();
    const byDigest = new Map<Digest, CodeReference[]>();
    for (const reference of references) {
      const { tag, digest } = reference;
      if (digest !== undefined) {
        push(byDigest, digest, reference);
      } else if (tag !== undefined) {
        push(byTag, tag, reference);
      }
    }
    found = { byTag, byDigest };
    lookups.set(references, found);
  }
  return found;
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) {
    lists.set(key, [value]);
  } else {
    known.push(value);
  }
}

/**
 * Returns the references in the repository that may mean any image with a tag: the tag cannot be resolved, or it is only what
 * applies by default.
 */
export function openReferences(
  { named }: Pick<FoundReferences, 'named'>,
  repository: RepositoryRef,
): readonly CodeReference[] {
  return (named.get(formatRepository(repository)) ?? none).filter(
    ({ tag, digest, isDefault }) => (tag === undefined && digest === undefined) || isDefault === true,
  );
}

/** Whether there was anything to search: without an open folder or editor, that nothing was found says nothing. */
export function hasSearched({ folders, files }: SearchReport): boolean {
  return folders.length > 0 || files > 0;
}

/** How a search is made. */
export interface SearchOptions {
  /** Reads everything again: a change of a file is reported with a delay, or not at all. */
  readonly isThorough?: boolean;
}

/** Where the code that is open in the editor refers to images. */
export interface ReferenceSource {
  /**
   * Searches for references to these repositories, and for all digests. What was searched before is read again only where it has
   * changed.
   *
   * @param signal Ends the waiting with an error.
   * @throws The search failed as a whole; single files that cannot be read are counted in the report.
   */
  search(
    repositories: readonly RepositoryRef[],
    signal: AbortSignal,
    options?: SearchOptions,
  ): Promise<FoundReferences>;
  /** Calls the listener when files have changed so that another search may find something else. */
  onDidChange(listener: () => void): { dispose(): void };
}
