import { digestOf, SandboxWorld, type SandboxRepository } from '../../src/sandbox/index';

export const benchAccount = { username: 'bench', password: 'sandbox-bench', plan: 'pro' } as const;
/** Stands for the password where the registry is used, which takes nothing else. */
export const benchAccessToken = 'dckr_pat_sandbox-bench';
export const benchRepository = 'bench/large';

export interface WorldSize {
  /** In the large repository. */
  readonly images: number;
  /** The large one included. */
  readonly repositories: number;
  /** In every other repository. */
  readonly imagesEach: number;
  /** Whether a tag of its own points to every image. */
  readonly hasTags: boolean;
}

/** Name of a repository beside the large one. */
export function otherRepository(number: number): string {
  return `bench/other-${String(number).padStart(5, '0')}`;
}

/** One repository with many images, none of them active, and others beside it as wanted. */
export function benchWorld({ images, repositories, imagesEach, hasTags }: WorldSize): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser({ ...benchAccount, accessTokens: [benchAccessToken] });
  fill(world.addRepository(benchRepository), images, hasTags);
  for (let number = 1; number < repositories; number += 1) {
    fill(world.addRepository(otherRepository(number)), imagesEach, hasTags);
  }
  return world;
}

function fill(repository: SandboxRepository, images: number, hasTags: boolean): void {
  const longAgo = Date.now() - 400 * 24 * 3_600_000;
  for (let number = 0; number < images; number += 1) {
    repository.push({
      digest: digestOf(`${repository.name} ${number}`),
      tags: hasTags ? [`build-${number}`] : [],
      at: new Date(longAgo - number * 60_000),
    });
  }
}
