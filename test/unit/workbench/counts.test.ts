import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCounts, readCounts, sum, writeCounts } from '../../run/support/counts';
import { isSuccess } from '../../run/support/runMocha';

const first = { title: 'one that is fast', ms: 1 };
const second = { title: 'one that is slow', ms: 1500 };
const failure = { title: second.title, reason: 'not equal' };

describe('the counts of a run', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hub-images-counts-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are the sum of all suites, in one line', () => {
    const total = sum([
      { passed: 2, failed: 0, skipped: 1, tests: [first], failures: [] },
      { passed: 40, failed: 3, skipped: 0, tests: [second], failures: [failure] },
    ]);
    assert.equal(describeCounts(total), '42 passed, 3 failed');
    assert.deepEqual(total.tests, [first, second]);
    assert.deepEqual(total.failures, [failure]);
  });

  it('are none when no test was run, which is a failure', () => {
    assert.equal(isSuccess(sum([])), false);
  });

  it('cross from the process of a suite as they are', () => {
    const file = join(folder, 'counts.json');
    const counts = { passed: 5, failed: 1, skipped: 2, tests: [first, second], failures: [failure] };
    writeCounts(counts, file);
    assert.deepEqual(readCounts(file), counts);
  });

  it('are unknown where a suite left none, or nonsense', () => {
    const file = join(folder, 'counts.json');
    assert.equal(readCounts(file), undefined);
    writeFileSync(file, '{"passed": "all"}');
    assert.equal(readCounts(file), undefined);
  });
});
