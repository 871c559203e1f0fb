import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseRepositoryRef, type RepositoryRef } from '../src/hub/names';
import { DiskReader } from '../src/references/find/diskReader';
import { excludedPaths } from '../src/references/find/excludedPaths';
import type { CodeFolder } from '../src/references/index/openCode';
import { ReferenceIndex } from '../src/references/index/referenceIndex';
import { resolveReferences } from '../src/references/resolve/resolveReferences';
import { report } from './support/claim';
import { writeCodeFolder } from './support/codeFolder';
import { median, msText, ratioText, timeOf } from './support/measure';

const files = 7500;
const megabytes = 60;
const names = 200;
const limitMs = 2000;
const limitMegabytes = 30;
const blockedMs = 50;
const cancelMs = 100;
const runs = 5;
const sampleMs = 2;

const manyNames = Array.from(
  { length: names * 10 },
  (_, number) => `organization-${number}/service-${number}`,
);
const repositories = manyNames.map(parseRepositoryRef);
const few = repositories.slice(0, names);
const never = new AbortController().signal;

function openIndex(path: string): ReferenceIndex {
  const folder: CodeFolder = {
    key: path,
    name: 'code',
    reader: new DiskReader(path),
    rules: { isExcluded: excludedPaths({ '**/.git': true, '**/node_modules': true }), usesIgnoreFiles: true },
    isApart: () => false,
    fileOf: (file) => ({ uri: join(path, file), path: file }),
  };
  return new ReferenceIndex(
    { folders: () => [folder], texts: () => [], unloaded: () => [] },
    {
      resolve: resolveReferences,
      onError: (file, error) => {
        throw new Error(file, { cause: error });
      },
    },
  );
}

const search = (path: string, wanted: readonly RepositoryRef[]) => openIndex(path).search(wanted, never);

async function medianOfSearches(path: string, wanted: readonly RepositoryRef[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await timeOf(() => search(path, wanted)));
  return median(times);
}

/** Memory in use, what the garbage collector has not taken yet included. */
function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external; // buffers are among the latter
}

/** Looks at memory and at how long nothing else could run while the work goes on. */
async function watch(
  work: () => Promise<unknown>,
): Promise<{ readonly megabytes: number; readonly blocked: number }> {
  globalThis.gc?.();
  const before = usedBytes();
  let peak = before;
  let blocked = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last - sampleMs);
    last = now;
    peak = Math.max(peak, usedBytes());
  }, sampleMs);
  await work();
  clearInterval(timer);
  return { megabytes: (peak - before) / 1_000_000, blocked };
}

/** Milliseconds from the cancellation to the end of a search, at the most. */
async function slowestCancellation(path: string, searchMs: number): Promise<number> {
  let slowest = 0;
  for (const share of [0.02, 0.1, 0.3, 0.5, 0.7, 0.9]) {
    const controller = new AbortController();
    const searching = openIndex(path).search(few, controller.signal);
    const ended = searching.then(
      () => performance.now(),
      () => performance.now(),
    );
    await wait(searchMs * share);
    const cancelledAt = performance.now();
    controller.abort();
    slowest = Math.max(slowest, (await ended) - cancelledAt);
  }
  return slowest;
}

const folder = mkdtempSync(join(tmpdir(), 'hub-images-bench-'));
try {
  writeCodeFolder(folder, { files, megabytes, repositories: manyNames.slice(0, names) });
  const { report: searched, named, bare } = await search(folder, few);
  const ms = await medianOfSearches(folder, few);
  const seen = await watch(() => search(folder, few));
  const cancelled = await slowestCancellation(folder, ms);
  report(
    {
      title: `search ${files.toLocaleString('en')} files, ${megabytes} MB, for ${names} names and all digests`,
      target: `at most ${limitMs / 1000} s, median of ${runs}; at most ${limitMegabytes} MB at the peak; nothing blocked for more than ${blockedMs} ms; cancelled within ${cancelMs} ms`,
    },
    {
      measured: `${msText(ms)} for ${searched.files.toLocaleString('en')} files, in which ${named.size} repositories and ${bare.size} digests were found; ${seen.megabytes.toFixed(0)} MB; blocked for ${msText(seen.blocked)}; cancelled within ${msText(cancelled)}`,
      isMet:
        ms <= limitMs &&
        searched.files === files + 1 &&
        named.size + bare.size > 0 &&
        seen.megabytes <= limitMegabytes &&
        seen.blocked <= blockedMs &&
        cancelled <= cancelMs,
    },
  );
  const ratio = (await medianOfSearches(folder, repositories)) / ms;
  report(
    { title: 'the same search for ten times as many names', target: 'less than twice the time' },
    { measured: `${ratioText(ratio)} the time`, isMet: ratio < 2 },
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
