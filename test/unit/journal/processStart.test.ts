import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processStart } from '../../../src/journal/processStart';

describe('the start of a process', () => {
  let proc: string;
  beforeEach(() => {
    proc = mkdtempSync(join(tmpdir(), 'hub-images-proc-'));
    mkdirSync(join(proc, 'sys/kernel/random'), { recursive: true });
    mkdirSync(join(proc, '7'));
    writeFileSync(join(proc, 'sys/kernel/random/boot_id'), 'a-boot\n');
  });
  afterEach(() => {
    rmSync(proc, { recursive: true, force: true });
  });

  const fields = Array.from({ length: 49 }, (_, index) => String(index + 4)).join(' ');
  for (const name of ['node', 'two words', 'a) S 1 (b', ')', '']) {
    it(`is field 22 where the name of the process is "${name}"`, () => {
      writeFileSync(join(proc, '7/stat'), `7 (${name}) S ${fields}\n`);
      assert.equal(processStart(7, proc), 'a-boot 22');
    });
  }

  for (const [what, stat] of [
    ['no fields', ''],
    ['too few fields', '7 (node) S 4 5'],
    ['no number in that field', `7 (node) S ${fields.replace(' 22 ', ' x22 ')}`],
    ['something behind the number in that field', `7 (node) S ${fields.replace(' 22 ', ' 22x ')}`],
  ] as const) {
    it(`is not known where the system tells ${what}`, () => {
      writeFileSync(join(proc, '7/stat'), stat);
      assert.equal(processStart(7, proc), undefined);
    });
  }

  it('is not known where there is no such process, no boot, or no such folder, as on macOS and Windows', () => {
    assert.equal(processStart(8, proc), undefined);
    writeFileSync(join(proc, '7/stat'), `7 (node) S ${fields}`);
    rmSync(join(proc, 'sys'), { recursive: true });
    assert.equal(processStart(7, proc), undefined);
    assert.equal(processStart(7, join(proc, 'nowhere')), undefined);
  });

  if (existsSync('/proc/self/stat')) {
    it('is the same each time, and another for another process', () => {
      assert.match(processStart(process.pid) ?? '', /^[0-9a-f-]{36} \d+$/);
      assert.equal(processStart(process.pid), processStart(process.pid));
      assert.notEqual(processStart(process.pid), processStart(1));
    });
  }
});
