import assert from 'node:assert/strict';
import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import type { JournalRecord } from '../../../src/hub/deletion/journal';
import type { ImageKey } from '../../../src/hub/deletionRequest';
import { isHubError } from '../../../src/hub/errors';
import { type Reconciliation, reconciliationOf } from '../../../src/history/reconciliation';
import { encodeLine, formatVersion } from '../../../src/journal/journalFormat';
import { readRunFile } from '../../../src/journal/journalReader';
import { JournalStore } from '../../../src/journal/journalStore';
import { type Look, reconcileRun } from '../../../src/journal/reconcileRun';
import { isOpen, reconstructRun, type Run } from '../../../src/journal/run';
import { newRunId, runFileName } from '../../../src/journal/runFileName';
import type { Writer } from '../../../src/journal/writer';
import { FakeDisk } from '../journalFiles';
import type { PersonLog } from './personLog';
import type { ReviewScreen } from './reviewScreen';

/** What a window that comes upon a run later is given. */
export interface LaterLookOptions {
  readonly look: Look;
  readonly now: () => Date;
  /** When the last record was written. */
  readonly lastSign: Date;
  /** How many records reached the disk before the process that wrote them ended; all if it did not. */
  readonly keepsRecords: number | undefined;
}

const writer: Writer = { extension: '0.0.0', host: 'here', pid: 1, instance: 'before' };
const self: Writer = { extension: '0.0.0', host: 'here', pid: 2, instance: 'now' };

/** What a later look found. */
export interface LaterFindings extends Reconciliation {
  /** Whether a repository could not be listed, so that a refusal is all that is known of an image. */
  readonly isUnlisted: boolean;
}

/**
 * Takes up a run as another window does, with a disk and the code of the journal.
 *
 * @returns What was found out about images that were open; `undefined` if there is nothing to take up, or the look failed.
 */
export async function lookLater(
  [plan, ...rest]: readonly JournalRecord[],
  { look, now, lastSign, keepsRecords = rest.length }: LaterLookOptions,
): Promise<LaterFindings | undefined> {
  assert.equal(plan?.type, 'plan');
  const id = newRunId(lastSign);
  const disk = new FakeDisk();
  const header = encodeLine({ format: formatVersion, server: 'hub', writer, plan });
  const lines = [header, ...rest.slice(0, keepsRecords).map((record) => encodeLine(record as never))];
  const bytes = Buffer.concat(lines);
  disk.put(runFileName(id), bytes, lastSign);
  const ignore = (): void => undefined;
  const store = new JournalStore({ files: disk, self, now, onDidFinish: ignore, onDidRelease: ignore });
  try {
    const taken = await reconcileRun(id, {
      files: disk,
      store,
      look,
      liveness: { self, now, isRunning: () => false },
      signal: new AbortController().signal,
    });
    const before = reconstructRun(readRunFile(bytes));
    return taken && { ...ofOpenImages(reconciliationOf(taken), before), isUnlisted: taken.isUnlisted };
  } catch (error) {
    if (isHubError(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Leaves out what was settled before: it was true then, and nobody looked again. */
function ofOpenImages(found: Reconciliation, before: Run | undefined): Reconciliation {
  const open = before?.images.filter(isOpen) ?? [];
  const keys = new Set(
    open.flatMap(({ image, collateral }) => [image.key, ...(collateral ?? []).map(({ key }) => key)]),
  );
  const among = <Outcome>(outcomes: ReadonlyMap<ImageKey, Outcome>) =>
    new Map([...outcomes].filter(([key]) => keys.has(key)));
  return { ...found, outcomes: among(found.outcomes), collateral: among(found.collateral) };
}

/**
 * Compares what a later look found with the world.
 *
 * @param approvedAt Tick of the approval of the run.
 * @param since Tick at which the look began.
 */
export function checkLaterOutcomes(
  { outcomes, collateral, isUnlisted }: LaterFindings,
  { hub: { observed }, violate }: PersonLog,
  { approvedAt, since }: { readonly approvedAt: number; readonly since: number },
): void {
  for (const [key, outcome] of [...outcomes, ...collateral]) {
    const isCalledGone = ['deleted', 'alreadyGone', 'gone'].includes(outcome);
    const isCalledThere = ['failed', 'stayed'].includes(outcome) || (outcome === 'refused' && !isUnlisted);
    if (isCalledGone && observed.isThereSince(approvedAt, key)) {
      violate('outcomes', `${key} is called ${outcome} later, but is there`);
    } else if (isCalledThere && observed.isGoneSince(since, key)) {
      violate('outcomes', `${key} is called ${outcome} later, but is gone`);
    }
  }
}

/** The open review shows what was found out, and offers nothing that is gone. */
export function checkShownLater(
  { outcomes }: Reconciliation,
  flow: DeletionFlow,
  screen: ReviewScreen,
  { violate }: PersonLog,
): void {
  const { settled, rows } = screen.paint();
  const shown = new Map(settled.map(({ id, outcome }) => [id as ImageKey, outcome?.kind])); // ids of rows are keys
  for (const [key, outcome] of outcomes) {
    const isGone = outcome === 'deleted' || outcome === 'alreadyGone';
    if (isGone && rows.some(({ id }) => id === key)) {
      violate('outcomes', `${key} is called ${outcome} later, and is still in the plan`);
    }
    if (shown.get(key) === 'unconfirmed' && flow.lastOutcomes.has(key) && outcome !== 'unconfirmed') {
      violate('outcomes', `${key} is called ${outcome} later, and is still shown as unconfirmed`);
    }
  }
}
