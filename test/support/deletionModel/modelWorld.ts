import type { PlannedImage } from '../../../src/hub/deletionRequest';
import { parseDigest } from '../../../src/hub/digest';
import type { Image } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import { digestOf, type SandboxRepository, SandboxWorld } from '../../../src/sandbox/index';
import type { ChangeSpec, PushSpec, Scenario } from './scenario';

export const modelNow = new Date('2026-03-31T12:00:00Z');
export const modelActiveFrom = new Date('2026-03-01T12:00:00Z');
export const modelUser = 'owner';

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
  world.addUser({ username: modelUser, password: 'sandbox-owner', plan: 'team' });
  world.addOrganisation(namespace, { [modelUser]: 'admin' });
  repositories.forEach((pushes, index) => {
    const repository = world.addRepository(repositoryName(index));
    pushes.forEach((push) => {
      pushTo(repository, index, push);
    });
  });
  return world;
}

function pushTo(repository: SandboxRepository, number: number, push: PushSpec): void {
  const digest = imageDigest(number, push.image);
  repository.push({
    digest,
    tags: push.tags,
    at: timeOf(push.pushedDaysAgo),
    ...(push.children.length === 0
      ? {}
      : { children: push.children.map((child) => childDigest(number, child)) }),
  });
  const pulledAt = timeOf(push.pulledDaysAgo);
  if (pulledAt !== undefined) {
    repository.pull(digest, pulledAt);
  }
}

function timeOf(daysAgo: number | undefined): Date | undefined {
  return daysAgo === undefined ? undefined : new Date(modelNow.getTime() - daysAgo * dayMs);
}

/** Does what somebody else does. What cannot be done, since the image is gone, is not. */
export function makeChange(world: SandboxWorld, change: ChangeSpec, repositories: number): void {
  const number = change.repository % repositories;
  const repository = world.repository(repositoryName(number));
  const digest = imageDigest(number, change.image);
  const isThere = repository.get(digest) !== undefined;
  switch (change.kind) {
    case 'push':
      repository.push({ digest, tags: [change.tag], at: modelNow });
      return;
    case 'removeAndPush':
      repository.remove([digest]);
      repository.push({ digest: digestOf(`${number} new ${change.image}`), at: modelNow });
      return;
    case 'retag':
      if (isThere) {
        repository.retag(change.tag, digest);
      }
      return;
    case 'pull':
      if (isThere) {
        repository.pull(digest, modelNow);
      }
      return;
    case 'remove':
      repository.remove([digest]);
      return;
    case 'removeTag':
      repository.removeTag(change.tag);
      return;
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
