import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../workbench/lock';

describe('withLock', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-images-lock-'));
    file = join(folder, 'deep', 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives the lock back, also when the work fails', async () => {
    await assert.rejects(
      withLock(file, () => Promise.reject(new Error('no network')), fail),
      /no network/,
    );
    assert.equal(await withLock(file, () => Promise.resolve('done'), fail), 'done');
    assert.equal(existsSync(file), false);
  });

  it('lets a second run wait for the first, and says so', async () => {
    const order: string[] = [];
    let finish = () => {};
    const working = withLock(file, () => new Promise<void>((resolve) => (finish = resolve)), fail);
    const waiting = withLock(
      file,
      () => Promise.resolve(void order.push('second')),
      () => {
        order.push('told');
        finish();
      },
    );
    await working;
    await waiting;
    assert.deepEqual(order, ['told', 'second']);
  });

  it('takes over the lock of a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await withLock(file, () => Promise.resolve(), fail);
    writeFileSync(file, String(pid));
    assert.equal(
      await withLock(
        file,
        () => Promise.resolve('done'),
        () => {},
      ),
      'done',
    );
  });
});

function fail(line: string): void {
  assert.fail(line);
}
