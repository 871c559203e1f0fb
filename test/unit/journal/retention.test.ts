import assert from 'node:assert/strict';
import { encodeLine } from '../../../src/journal/journalFormat';
import { removeOldRuns, type RetentionLimits } from '../../../src/journal/retention';
import { newRunId, runFileName } from '../../../src/journal/runFileName';
import { FakeDisk } from '../../support/journalFiles';
import { concat, fileOf, finished, journalImage, planOfImages, requestOf } from '../../support/runs';

const plan = planOfImages([journalImage('one')]);
const over = fileOf(plan, [requestOf(1, 'one'), finished]);
const open = fileOf(plan, [requestOf(1, 'one')]);
const damaged = concat([fileOf(plan), new TextEncoder().encode('?\n'), over.slice(fileOf(plan).length)]);
const damagedAndOpen = damaged.slice(0, damaged.length - encodeLine(finished).length);
const withoutBeginning = open.slice(20);
const begun = open.slice(0, 20);
const now = new Date('2026-06-01T12:00:00Z');

/** Puts files on the disk that are so many days old. */
function setUp(...files: readonly (readonly [days: number, bytes: Uint8Array])[]) {
  const disk = new FakeDisk();
  const names = files.map(([days, bytes]) => {
    const name = runFileName(newRunId(new Date(now.getTime() - days * 24 * 60 * 60 * 1000)));
    disk.put(name, bytes);
    return name;
  });
  return { disk, names };
}

const removeRuns = (disk: FakeDisk, limits: RetentionLimits, at = now) =>
  removeOldRuns(disk, limits, at, (error) => assert.fail(error));

const unlimited = { keepDays: 365, maxBytes: Infinity };

describe('retention', () => {
  it('removes finished runs that are older than the days, and no younger one', async () => {
    const { disk, names } = setUp([366, over], [364, over], [1, over]);
    assert.deepEqual(await removeRuns(disk, unlimited), [names[0]]);
    assert.deepEqual([...disk.files.keys()], names.slice(1));
  });

  it('keeps runs that are not over, damaged ones among them, however old', async () => {
    const { disk } = setUp([900, open], [900, damagedAndOpen], [900, withoutBeginning]);
    assert.deepEqual(await removeRuns(disk, { keepDays: 1, maxBytes: 1 }), []);
    assert.equal(disk.files.size, 3);
  });

  it('removes damaged runs that are over, as it removes others', async () => {
    const { disk, names } = setUp([366, damaged], [364, damaged]);
    assert.deepEqual(await removeRuns(disk, unlimited), [names[0]]);
  });

  it('removes beginnings that were never whole for their age, never for their size', async () => {
    const { disk, names } = setUp([366, begun], [366, new Uint8Array()], [364, begun]);
    const removed = await removeRuns(disk, { keepDays: 365, maxBytes: 0 });
    assert.deepEqual([...removed].sort(), names.slice(0, 2).sort());
  });

  it('removes the oldest finished runs, and no more than the size asks for', async () => {
    const { disk, names } = setUp([40, over], [30, open], [20, over], [10, over]);
    const maxBytes = 2 * over.length + open.length;
    assert.deepEqual(await removeRuns(disk, { keepDays: 365, maxBytes }), [names[0]]);
    assert.deepEqual(await removeRuns(disk, { keepDays: 365, maxBytes: open.length }), [names[2], names[3]]);
    assert.deepEqual([...disk.files.keys()], [names[1]]);
  });

  it('leaves alone what is not its own', async () => {
    const { disk } = setUp([900, over]);
    disk.put('notes.txt', 'mine');
    disk.put('20200101.jsonl', 'not a run');
    await removeRuns(disk, { keepDays: 1, maxBytes: 1 });
    assert.deepEqual([...disk.files.keys()], ['notes.txt', '20200101.jsonl']);
  });

  it('removes locks of runs that are over or gone, and no lock of one that is open', async () => {
    const { disk, names } = setUp([2, over], [1, open]);
    const [first = '', second = ''] = names.map((name) => name.replace('.jsonl', '.settling-1'));
    disk.put(first, '{}');
    disk.put(second, '{}');
    await removeRuns(disk, unlimited);
    assert.deepEqual([...disk.files.keys()], [...names, second]);
  });

  it('keeps a run that is as old as the days and no older', async () => {
    const { disk, names } = setUp([365, over]);
    assert.deepEqual(await removeRuns(disk, unlimited), []);
    assert.deepEqual(await removeRuns(disk, unlimited, new Date(now.getTime() + 1)), names);
  });

  it('keeps a plan that is whole, though nothing was sent, and what cannot be read at all', async () => {
    const { disk } = setUp([900, fileOf(plan)], [900, new TextEncoder().encode('?\n?\n')]);
    assert.deepEqual(await removeRuns(disk, unlimited), []);
    assert.equal(disk.files.size, 2);
  });

  it('tells which files it has removed, locks among them', async () => {
    const { disk, names } = setUp([366, over]);
    const lock = names[0]?.replace('.jsonl', '.settling-1') ?? '';
    disk.put(lock, '{}');
    assert.deepEqual(await removeRuns(disk, unlimited), [...names, lock]);
    assert.equal(disk.files.size, 0);
  });
});
