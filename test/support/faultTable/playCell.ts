import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/sandbox/index';
import { digestOf } from '../../../src/sandbox/index';
import { isMoment } from '../deletionModel/moments';
import { type CellTexts, cellTexts } from './cellTexts';
import { approve, carryOut, type Phase } from './phases';
import { collateral, planned, Stage, type StageOptions } from './stage';
import type { JournalFault, TableFault } from './tableFaults';

const calm: StageOptions = { api: 'management', timeoutMs: 5_000, signsInAgain: false, clockErrorMs: 0 };

export interface PlayedCell {
  /** What came of it, in a few words. */
  readonly outcome: string;
  readonly texts: CellTexts;
}

/** What comes of one fault in one phase. What must hold in every cell is checked here. */
export async function playCell(
  fault: TableFault,
  phase: Phase,
  api: StageOptions['api'] = 'management',
): Promise<PlayedCell> {
  const stage = new Stage({ ...calm, ...phase.options, ...fault.options, api });
  stage.faultyPage = fault.isOnEveryPage === true ? undefined : '2';
  return playOn(stage, () =>
    phase.play(stage, (when) => {
      stage.inject(fault.fault(stage), fault.times ?? 1, when);
    }),
  );
}

/** The same for what goes wrong while the journal of a deletion is written. */
export async function playJournalCell(fault: JournalFault): Promise<PlayedCell> {
  const stage = new Stage(calm);
  stage.isDiskFull = (record) => fault.isDiskFull(stage, record);
  return playOn(stage, async () => carryOut(stage, await approve(stage)));
}

async function playOn(stage: Stage, play: () => Promise<string>): Promise<PlayedCell> {
  const before = [...stage.world.repository('team/app').manifests].map(({ digest }) => digest);
  try {
    const outcome = await play();
    const isLogin = (exchange: Exchange) => exchange.operation === 'PostUsersLogin';
    assert.ok(stage.sandbox.exchanges.filter(isLogin).length <= 1, 'a login is never sent twice');
    assertSentOnce(stage.sandbox.exchanges);
    assertApproved(stage, before);
    assertOutcomesAreTrue(stage);
    return { outcome, texts: await cellTexts(stage) };
  } finally {
    stage.dispose();
  }
}

function assertSentOnce(exchanges: readonly Exchange[]): void {
  const sent = exchanges.filter(({ status }) => status !== 401).flatMap(removalsOf);
  assert.equal(new Set(sent).size, sent.length, 'a deletion is never sent twice');
}

/** By whom it was sent and what it deletes. */
function removalsOf(exchange: Exchange): readonly string[] {
  const { method, path, requestBody, requestHeaders } = exchange;
  const sender = requestHeaders.authorization ?? '';
  if (method === 'DELETE') {
    return [`${sender} ${path}`];
  }
  if (!isMoment({ of: 'delete' }, exchange)) {
    return [];
  }
  const { manifests } = requestBody as { manifests: readonly { digest: string }[] }; // our own client wrote it
  return manifests.map(({ digest }) => `${sender} ${digest}`);
}

/** Only what was approved is gone, and only where something was approved. */
function assertApproved(stage: Stage, before: readonly string[]): void {
  const isSent = stage.sandbox.exchanges.some((exchange) => removalsOf(exchange).length > 0);
  const mayGo = isSent ? [...planned, collateral] : [];
  const gone = before.filter((digest) => !stage.has(digest) && !mayGo.includes(digest));
  assert.deepEqual(gone, [], 'nothing else is gone');
  assert.ok(stage.has(digestOf('kept')));
}

function assertOutcomesAreTrue(stage: Stage): void {
  for (const [key, outcome] of stage.flow?.lastOutcomes ?? []) {
    const isThere = stage.has(key.split('@')[1] ?? '');
    if (outcome !== 'unconfirmed') {
      assert.equal(isThere, !['deleted', 'alreadyGone'].includes(outcome), `${key} is called ${outcome}`);
    }
  }
}
