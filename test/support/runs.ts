import type {
  FinishedRecord,
  JournalImage,
  JournalRefusal,
  OutcomesRecord,
  PlanRecord,
  RunRecord,
} from '../../src/hub/deletion/journal';
import type { ImageOutcome } from '../../src/hub/deletion/outcome';
import { imageKey, type ImageKey } from '../../src/hub/deletionRequest';
import { parseRepositoryRef } from '../../src/hub/names';
import { encodeLine, type RunHeader } from '../../src/journal/journalFormat';
import { readRunFile } from '../../src/journal/journalReader';
import { reconstructRun, type Run } from '../../src/journal/run';
import type { RunId } from '../../src/journal/runFileName';
import type { RecordedRun } from '../../src/journal/runHistory';
import type { Writer } from '../../src/journal/writer';
import { digestOf } from './images';

export const runId: RunId = '20260601T120000000Z-0a1b2c3d';

export const writer: Writer = { extension: '0.1.0', host: 'desk', pid: 4711, instance: 'first' };

export function keyOf(seed: string, repository = 'acme/api'): ImageKey {
  return imageKey(parseRepositoryRef(repository), digestOf(seed));
}

export function journalImage(seed: string, facts: Partial<JournalImage> = {}): JournalImage {
  return {
    key: keyOf(seed),
    currentTags: [],
    historicalTags: [],
    lastPushed: '2025-06-01T00:00:00.000Z',
    lastPulled: null,
    status: 'inactive',
    acceptedWarnings: [],
    acceptedCollateral: [],
    ...facts,
  };
}

export function planOfImages(images: readonly JournalImage[], facts: Partial<PlanRecord> = {}): PlanRecord {
  return {
    type: 'plan',
    at: '2026-06-01T12:00:00.000Z',
    origin: 'https://hub.example',
    username: 'ada',
    activeFrom: '2026-05-01T00:00:00.000Z',
    fingerprint: 'f00d',
    images,
    ...facts,
  };
}

const at = '2026-06-01T12:00:01.000Z';

export function requestOf(number: number, ...seeds: readonly string[]): RunRecord {
  return { type: 'request', at, number, images: seeds.map((seed) => keyOf(seed)), ignoredWarnings: [] };
}

export function completedAnswer(number: number, manifestDeletes: number): RunRecord {
  const metrics = { manifestDeletes, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
  return { type: 'answer', at, number, answer: { kind: 'completed', metrics } };
}

/** Of a request with nothing but the image `one`, which the server kept. */
export function refusedAnswer(number: number, retained: Omit<JournalRefusal, 'key'>): RunRecord {
  const metrics = {
    manifestDeletes: 0,
    manifestErrors: 1,
    tagDeletes: retained.removedTags.length,
    tagErrors: 1,
  };
  const key = keyOf('one');
  const results = [{ key, result: 'refused' }] as const;
  const refusals = [{ ...retained, key }];
  return { type: 'answer', at, number, answer: { kind: 'completed', metrics, results, refusals } };
}

export function outcomesOf(outcomes: Readonly<Record<string, ImageOutcome>>): OutcomesRecord {
  const list = Object.entries(outcomes).map(([seed, outcome]) => ({ key: keyOf(seed), outcome }));
  return { type: 'outcomes', at, outcomes: list };
}

export const finished: FinishedRecord = { type: 'finished', at };

/** A run's file. */
export function fileOf(
  plan: PlanRecord,
  records: readonly RunRecord[] = [],
  facts: Partial<RunHeader> = {},
): Uint8Array {
  const header: RunHeader = { format: 1, server: 'hub', writer, plan, ...facts };
  return concat([encodeLine(header), ...records.map((record) => encodeLine(record))]);
}

export function recorded(bytes: Uint8Array, id = runId): RecordedRun {
  const file = readRunFile(bytes);
  return { id, file, run: reconstructRun(file) };
}

/** @throws {Error} The file has no plan. */
export function runIn(bytes: Uint8Array): Run {
  const { run } = recorded(bytes);
  if (run === undefined) {
    throw new Error('there is no run in the file');
  }
  return run;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
