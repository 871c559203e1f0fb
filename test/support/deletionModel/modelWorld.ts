import type { PlannedImage } from '../../../src/hub/deletionRequest';
import { parseDigest } from '../../../src/hub/digest';
import type { Image } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import {
  digestOf,
  type RepositoryOptions,
  type SandboxRepository,
  SandboxWorld,
} from '../../../src/sandbox/index';
import type { ChangeSpec, PushSpec, RepositorySpec, Scenario } from './scenario';

export const modelNow = new Date('2026-03-31T12:00:00Z');
export const modelActiveFrom = new Date('2026-03-01T12:00:00Z');
export const modelUser = 'owner';
export const modelPassword = 'sandbox-owner';

const dayMs = 24 * 60 * 60 * 1000;
const namespace = 'team';

export function imageDigest(repository: number, image: number): string {
  return digestOf(`${repository} image ${image}`);
}

function childDigest(repository: number, child: number): string {
  return digestOf(`${repository} child ${child}`);
}

export function repositoryName(repository: number): string {
  return `${namespace}/repository-${repository}`;
}

/** The world in which a scenario begins. */
export function worldOf({ repositories }: Pick<Scenario, 'repositories'>): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser({ username: modelUser, password: modelPassword, plan: 'team' });
  world.addOrganisation(namespace, { [modelUser]: 'admin' });
  repositories.forEach((spec, index) => {
    const repository = world.addRepository(repositoryName(index), optionsOf(spec, index));
    spec.pushes.forEach((push) => {
      pushTo(repository, index, push);
    });
  });
  return world;
}

function optionsOf(
  {
    tagsWithoutDigest,
    partsWithoutDigest,
    immutableTags,
    mediaTypes,
    unlistedParts,
    listsWithoutPulls,
  }: RepositorySpec,
  number: number,
): RepositoryOptions {
  return {
    tagsWithoutDigest,
    listedMediaTypes: Object.fromEntries(
      mediaTypes.map(({ image, type }) => [imageDigest(number, image), type]),
    ),
    unlistedParts: unlistedParts.map((child) => childDigest(number, child)),
    listsWithoutPulls,
    partsWithoutDigest: partsWithoutDigest.map((child) => childDigest(number, child)),
    immutableTags: immutableTags.map((tag) => tag.replaceAll('.', '\\.')),
  };
}

function pushTo(repository: SandboxRepository, number: number, push: PushSpec): void {
  const digest = imageDigest(number, push.image);
  const contained = (push.contains ?? [])
    .filter((other) => other < push.image)
    .map((other) => imageDigest(number, other))
    .filter((other) => repository.get(other) !== undefined);
  const children = [...push.children.map((child) => childDigest(number, child)), ...contained];
  const isKnown = repository.get(digest) !== undefined; // a digest has the same content for ever
  repository.push({
    digest,
    tags: push.tags,
    at: timeOf(push.pushedDaysAgo),
    ...(children.length > 0 && (!isKnown || push.contains === undefined) && { children }),
  });
  if (push.signature === 'tag') {
    sign(repository, digest, timeOf(push.pushedDaysAgo));
  } else if (push.signature === 'referrer') {
    attach(repository, digest, timeOf(push.pushedDaysAgo));
  }
  const pulledAt = timeOf(push.pulledDaysAgo);
  if (pulledAt !== undefined) {
    repository.pull(digest, pulledAt);
  }
}

/** Signs an image as cosign 2 does: a manifest whose tag has the digest of the image. */
function sign(repository: SandboxRepository, digest: string, at: Date | undefined): void {
  repository.push({
    digest: digestOf(`signature of ${digest}`),
    tags: [`${digest.replace(':', '-')}.sig`],
    at,
  });
}

/** Signs an image as cosign 3 does: an untagged manifest that names the image as its subject. */
function attach(repository: SandboxRepository, subject: string, at: Date | undefined): void {
  repository.push({
    digest: digestOf(`attachment of ${subject}`),
    subject,
    at,
    artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
  });
}

function timeOf(daysAgo: number | undefined): Date | undefined {
  return daysAgo === undefined ? undefined : new Date(modelNow.getTime() - daysAgo * dayMs);
}

/** Does what somebody else does. What cannot be done, since the image is gone, is not. */
export function makeChange(world: SandboxWorld, change: ChangeSpec, repositories: number, now: Date): void {
  const number = change.repository % repositories;
  const repository = world.repository(repositoryName(number));
  const digest = imageDigest(number, change.image);
  const isThere = repository.get(digest) !== undefined;
  switch (change.kind) {
    case 'push':
      repository.push({ digest, tags: [change.tag], at: now });
      return;
    case 'removeAndPush':
      repository.remove([digest]);
      repository.push({ digest: digestOf(`${number} new ${change.image}`), at: now });
      return;
    case 'retag':
      if (isThere) {
        repository.retag(change.tag, digest);
      }
      return;
    case 'pull':
      if (isThere) {
        repository.pull(digest, now);
      }
      return;
    case 'remove':
      repository.remove([digest]);
      return;
    case 'removeTag':
      repository.removeTag(change.tag);
      return;
    case 'sign':
      if (isThere) {
        sign(repository, digest, now);
      }
      return;
    case 'attach':
      if (isThere) {
        attach(repository, digest, now);
      }
      return;
    case 'pushIndex':
    case 'pushUntaggedIndex': {
      const contained = [childDigest(number, change.image % 4), ...(isThere ? [digest] : [])];
      repository.push({
        digest: digestOf(`${number} index of ${contained.join()}`),
        tags: change.kind === 'pushIndex' ? [change.tag] : [],
        at: now,
        children: contained,
      });
      return;
    }
    case 'retagChild': {
      const child = childDigest(number, change.image % 4);
      if (repository.get(child) !== undefined) {
        repository.retag(change.tag, child);
      }
      return;
    }
    case 'revokeTokens':
      return; // not a matter of the world
  }
}

/** What a person sees in the tree: the images as they are when they are looked at. */
export function imagesToChoose(world: SandboxWorld): readonly PlannedImage[] {
  return [...(world.findNamespace(namespace)?.repositories.values() ?? [])].flatMap((repository) =>
    [...repository.manifests].map((manifest) => {
      const activity = Math.max(manifest.lastPushed?.getTime() ?? 0, manifest.lastPulled?.getTime() ?? 0);
      const image: Image = {
        digest: parseDigest(manifest.digest),
        tags: manifest.tagHistory.map((name) => ({
          name,
          isCurrent: repository.tags.get(name) === manifest.digest,
        })),
        lastPushed: manifest.lastPushed,
        lastPulled: manifest.lastPulled,
        status: activity >= modelActiveFrom.getTime() ? 'active' : 'inactive',
      };
      return { repository: parseRepositoryRef(`${namespace}/${repository.name}`), image };
    }),
  );
}
