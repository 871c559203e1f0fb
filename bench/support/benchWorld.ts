import { digestOf, SandboxWorld } from '../../src/sandbox/index';

export const benchAccount = { username: 'bench', password: 'sandbox-bench', plan: 'pro' } as const;
export const benchRepository = 'bench/large';

export interface WorldSize {
  readonly images: number;
  readonly repositories: number;
}

/** One repository with many images, none of them active, and as many small repositories beside it as wanted. */
export function benchWorld({ images, repositories }: WorldSize): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(benchAccount);
  const large = world.addRepository(benchRepository);
  const longAgo = Date.now() - 400 * 24 * 3_600_000;
  for (let number = 0; number < images; number += 1) {
    large.push({ digest: digestOf(`bench ${number}`), at: new Date(longAgo - number * 60_000) });
  }
  for (let number = 1; number < repositories; number += 1) {
    world.addRepository(`bench/small-${String(number).padStart(5, '0')}`);
  }
  return world;
}
