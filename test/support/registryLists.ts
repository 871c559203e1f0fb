import type { ListedManifest, ListedPart, ListedTag, ListedTimes } from '../../src/hub/registry/listWire';
import type { StoredManifest, StoredPart } from '../../src/hub/registry/manifestStore';
import type { RepositoryLists } from '../../src/hub/registry/repositoryLists';
import { RepositoryMemory } from '../../src/hub/registry/repositoryMemory';
import { Survey } from '../../src/hub/registry/survey';
import type { AskedTags } from '../../src/hub/registry/tagClaims';
import { digestOf } from './images';

const times: ListedTimes = { lastPushed: undefined, lastPulled: undefined, reportsPulls: false };

/** An entry of the list of manifests that says nothing else about it. */
export function listedManifest(seed: string, facts: Partial<ListedManifest> = {}): ListedManifest {
  return { digest: digestOf(seed), tags: [], mediaType: '', sizeBytes: undefined, ...times, ...facts };
}

/** An entry of the list of tags that says nothing else about it. */
export function listedTag(name: string, facts: Partial<ListedTag> = {}): ListedTag {
  const nothing = {
    digest: undefined,
    lastUpdated: undefined,
    sizeBytes: undefined,
    mediaType: '',
    parts: [],
  };
  return { name, ...nothing, ...times, ...facts };
}

/** A part that the list of tags names. */
export function listedPart(seed: string, facts: Partial<ListedPart> = {}): ListedPart {
  const nothing = { platform: undefined, isAttestation: false, sizeBytes: undefined };
  return { digest: digestOf(seed), ...nothing, ...times, ...facts };
}

/** A manifest of an index that was read. */
export function storedPart(seed: string, facts: Partial<StoredPart> = {}): StoredPart {
  return { digest: digestOf(seed), platforms: [], isAttestation: false, sizeBytes: undefined, ...facts };
}

/** What the registry said about a manifest that was not read. */
export function storedManifest(facts: Partial<StoredManifest> = {}): StoredManifest {
  return { mediaType: '', parts: undefined, subject: undefined, ownRead: undefined, ...facts };
}

/** Complete lists of a repository. */
export function listsOf(
  manifests: readonly ListedManifest[] | undefined,
  tags: readonly ListedTag[],
): RepositoryLists {
  return { manifests, areManifestsCut: false, tags, tagCount: tags.length, areTagsCut: false };
}

/** Complete lists, and what the registry said about manifests, by their seeds. */
export interface SurveyFacts {
  /** `undefined` if the server has no such list. */
  readonly manifests: readonly ListedManifest[] | undefined;
  readonly tags?: readonly ListedTag[];
  /** What is different about lists that are not complete. */
  readonly lists?: Partial<RepositoryLists>;
  readonly stored?: Readonly<Record<string, StoredManifest>>;
  /** What the registry said about tags. */
  readonly asked?: AskedTags;
  /** Tells the memory what else is known of the repository. */
  readonly remember?: (memory: RepositoryMemory) => void;
}

/** What these sources say together. */
export function surveyOf({
  manifests,
  tags = [],
  lists,
  stored = {},
  asked = new Map(),
  remember,
}: SurveyFacts): Survey {
  const memory = new RepositoryMemory(
    new Map(Object.entries(stored).map(([seed, manifest]) => [digestOf(seed), manifest])),
  );
  remember?.(memory);
  return new Survey({ ...listsOf(manifests, tags), ...lists }, memory.answers(asked));
}
