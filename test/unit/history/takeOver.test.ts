import assert from 'node:assert/strict';
import { holderText } from '../../../src/history/texts/takeOver';
import { checkText } from '../../../src/history/texts/runs';
import { fileOf, journalImage, planOfImages, requestOf, runId, runIn, writer } from '../../support/runs';

const run = runIn(fileOf(planOfImages([journalImage('one')]), [requestOf(1, 'one')]));
const lastSign = new Date('2026-06-01T12:00:01Z');

describe('what is known of a process that may be at a deletion', () => {
  it('says that its start was not recorded', () => {
    assert.match(
      holderText(run, { writer, state: 'startUnknown', lastSign }),
      /^The deletion in acme\/api, started .*, was recorded by process 4711 on \S+\. A process with this number is running, .* the start time was not recorded\. The last record was written .*12:00:01 UTC.*\.$/,
    );
  });

  it('says that its start cannot be read', () => {
    const text = holderText(run, { writer: { ...writer, start: 'boot 1' }, state: 'startUnknown', lastSign });
    assert.match(
      text,
      /process 4711 on .* its start time cannot be read\. The last record was written .*12:00:01 UTC/,
    );
  });

  it('says that another computer cannot be asked, and shows its name as inert text', () => {
    const state = 'otherMachine';
    const text = holderText(run, { writer: { ...writer, host: 'lap\u202etop' }, state, lastSign });
    assert.match(
      text,
      /process 4711 on lap\\u\{202E\}top\. .* cannot be checked from this computer\. The last record/,
    );
  });

  for (const [reason, words] of [
    ['maybeOtherWindow', 'another window may still be working on it'],
    ['notRecorded', 'its files could not be read or written'],
  ] as const) {
    it(`is a reason why the deletion is still open: ${reason}`, () => {
      const open = [{ run: { id: runId, run }, reason, holder: undefined }];
      assert.equal(
        checkText({ settled: [], open, unreadable: [] }, new Date()),
        `The result of 1 deletion is still unknown: ${words}.`,
      );
    });
  }
});
