import type { ListedManifest, ListedPart, ListedTag, ListedTimes } from '../../src/hub/registry/listWire';
import type { StoredManifest, StoredPart } from '../../src/hub/registry/manifestStore';
import type { RepositoryLists } from '../../src/hub/registry/repositoryLists';
import { digestOf } from './images';

const times: ListedTimes = { lastPushed: undefined, lastPulled: undefined, reportsPulls: false };

/** An entry of the list of manifests, about which nothing else is told. */
export function listedManifest(seed: string, facts: Partial<ListedManifest> = {}): ListedManifest {
  return { digest: digestOf(seed), tags: [], mediaType: '', sizeBytes: undefined, ...times, ...facts };
}

/** An entry of the list of tags, about which nothing else is told. */
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
