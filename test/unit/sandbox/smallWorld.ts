import { digestOf } from '../../../src/sandbox/digestOf';
import { SandboxWorld } from '../../../src/sandbox/world';

/** The last day of a month that is longer than the one before it. */
export const now = new Date('2026-03-31T12:00:00Z');
/** What Docker Hub takes by itself at that time. */
export const defaultActiveFrom = new Date('2026-02-28T12:00:00Z');

const dayMs = 24 * 60 * 60 * 1000;

export function daysAgo(days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}

export const owner = { username: 'owner', password: 'sandbox-owner' } as const;
export const writer = { username: 'writer', password: 'sandbox-writer' } as const;
export const free = { username: 'free', password: 'sandbox-free' } as const;
export const outsider = { username: 'outsider', password: 'sandbox-outsider' } as const;

export const first = digestOf('first');
export const second = digestOf('second');
export const third = digestOf('third');
export const unknownTimes = digestOf('unknown times');
export const index = digestOf('index');
export const amd64 = digestOf('amd64');
export const arm64 = digestOf('arm64');
export const absent = digestOf('absent');

/**
 * `team/app`: `first` was `latest` and is untagged, `second` was `latest` and is `1.0`, `third` is `latest` and active,
 * one image has no times. `team/multi`: one index with two children. `team/secret` is private, `free/own` on a free plan.
 */
export function smallWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser({ ...owner, plan: 'pro', email: 'owner@example.com' });
  world.addUser({ ...writer, plan: 'team' });
  world.addUser({ ...free, plan: 'personal' });
  world.addUser({ ...outsider, plan: 'team' });
  world.addOrganisation('team', { owner: 'admin', writer: 'write', free: 'admin' });
  const app = world.addRepository('team/app', { pullCount: 7 });
  app.push({ digest: first, tags: ['latest'], at: daysAgo(90) });
  app.push({ digest: second, tags: ['latest', '1.0'], at: daysAgo(60) });
  app.push({ digest: third, tags: ['latest'], at: daysAgo(50) });
  app.pull(third, daysAgo(2));
  app.push({ digest: unknownTimes });
  const multi = world.addRepository('team/multi', { pullCount: 3 });
  multi.push({ digest: index, tags: ['2.0'], at: daysAgo(80), children: [amd64, arm64] });
  world.addRepository('team/secret', { isPrivate: true }).push({ digest: first, at: daysAgo(1) });
  world.addRepository('free/own').push({ digest: first, at: daysAgo(1) });
  return world;
}
