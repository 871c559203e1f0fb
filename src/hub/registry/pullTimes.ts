import type { Digest } from '../digest';
import type { KnownManifests } from './knownManifests';
import type { ListedTag, ListedTimes } from './listWire';
import type { OwnRead, StoredManifests } from './manifestStore';
import type { RepositoryLists } from './repositoryLists';

/**
 * How much later than a pull the time may be that Docker Hub reports for it: it updates these times at most once per
 * hour.
 */
const updateIntervalMs = 60 * 60 * 1000;

/** How far the clocks of Docker Hub and of the registry may differ. */
const clockToleranceMs = 5 * 60 * 1000;

/** When a manifest was last pushed and pulled, according to all sources. */
export type PullTimes = ListedTimes;

/**
 * Combines the times of all sources: the newest push and pull that any of them reports. Whether pulls are known at all
 * depends on the list of manifests, or otherwise on the entries of all tags of the manifest: a tag that the list lacks
 * may have been pulled.
 *
 * @param tagsOf Every tag of each manifest, including tags without an entry in the list.
 * @returns Without the manifests that have just the times of their entry in the list of manifests.
 */
export function pullTimes(
  { manifests = [], tags }: RepositoryLists,
  tagsOf: ReadonlyMap<Digest, readonly string[]>,
  stored: StoredManifests,
  { byDigest, repeated }: KnownManifests,
): ReadonlyMap<Digest, PullTimes> {
  const times = new Map<Digest, PullTimes>();
  const add = (digest: Digest, reported: ListedTimes): void => {
    const known = times.get(digest);
    times.set(digest, {
      lastPushed: latest(known?.lastPushed, reported.lastPushed),
      lastPulled: latest(known?.lastPulled, withoutOwnRead(reported.lastPulled, stored.get(digest)?.ownRead)),
      reportsPulls: reported.reportsPulls || known?.reportsPulls === true,
    });
  };
  const reporting = tagsThatReport(tags);
  const isReportedByTags = (digest: Digest): boolean =>
    tagsOf.get(digest)?.every((tag) => reporting.has(tag)) ?? true;
  for (const tag of tags) {
    if (tag.digest !== undefined) {
      add(tag.digest, { ...tag, reportsPulls: tag.reportsPulls && isReportedByTags(tag.digest) });
    }
    for (const part of tag.parts) {
      if (part.digest !== undefined) {
        add(part.digest, { ...part, reportsPulls: part.reportsPulls && isReportedByTags(part.digest) });
      }
    }
  }
  for (const manifest of manifests) {
    if (times.has(manifest.digest) || repeated.has(manifest.digest)) {
      add(manifest.digest, manifest);
    }
  }
  for (const [digest, { ownRead }] of stored) {
    const manifest = ownRead === undefined || times.has(digest) ? undefined : byDigest.get(digest)?.manifest;
    if (manifest !== undefined) {
      add(digest, manifest);
    }
  }
  return times;
}

/** The later of two times; `undefined` if there is none. */
export function latest(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a === undefined || (b !== undefined && b.getTime() > a.getTime()) ? b : a;
}

function tagsThatReport(tags: readonly ListedTag[]): ReadonlySet<string> {
  return new Set(tags.filter(({ reportsPulls }) => reportsPulls).map(({ name }) => name));
}

/**
 * A pull that this extension caused itself by reading the manifest is no activity: the last pull before it counts.
 * Within the hour in which Docker Hub updates its times, a pull by somebody else cannot be distinguished from it.
 */
function withoutOwnRead(lastPulled: Date | undefined, ownRead: OwnRead | undefined): Date | undefined {
  if (lastPulled === undefined || ownRead === undefined) {
    return lastPulled;
  }
  const afterMs = lastPulled.getTime() - ownRead.at.getTime();
  const isOwn = afterMs >= -clockToleranceMs && afterMs <= updateIntervalMs + clockToleranceMs;
  return isOwn ? ownRead.pulledBefore : lastPulled;
}
