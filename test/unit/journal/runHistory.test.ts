import assert from 'node:assert/strict';
import { lockFileName, runFileName, type RunId } from '../../../src/journal/runFileName';
import { RunHistory } from '../../../src/journal/runHistory';
import { FakeDisk } from '../../support/journalFiles';
import { fileOf, journalImage, planOfImages } from '../../support/runs';

const ids = [
  '20260601T120000000Z-0a1b2c3d',
  '20260601T120000001Z-0a1b2c3d',
  '20260602T120000000Z-0a1b2c3d',
] as const;
const [oldest, middle, newest] = ids;

function setUp(order: readonly RunId[]) {
  const disk = new FakeDisk();
  for (const id of order) {
    disk.put(runFileName(id), fileOf(planOfImages([journalImage('one')])));
  }
  return { disk, history: new RunHistory(disk) };
}

async function idsOf(history: RunHistory): Promise<readonly RunId[]> {
  const found: RunId[] = [];
  for await (const { id } of history.runs()) {
    found.push(id);
  }
  return found;
}

describe('the history of runs', () => {
  for (const order of [ids, [newest, middle, oldest], [middle, newest, oldest]]) {
    it(`begins with the newest, in whatever order the files are: ${order.join(', ')}`, async () => {
      const { history } = setUp(order);
      assert.deepEqual(await idsOf(history), [newest, middle, oldest]);
    });
  }

  it('has no other files of the folder', async () => {
    const { disk, history } = setUp([oldest]);
    disk.put(lockFileName({ id: oldest, generation: 1 }), '{}');
    disk.put('notes.txt', 'mine');
    assert.deepEqual(
      (await history.list()).map(({ id }) => id),
      [oldest],
    );
  });

  it('leaves out a run that is removed while it is read', async () => {
    const { disk, history } = setUp(ids);
    const read = disk.read.bind(disk);
    disk.read = (name, lastBytes) => {
      if (name === runFileName(middle)) {
        disk.files.delete(name);
      }
      return read(name, lastBytes);
    };
    assert.deepEqual(await idsOf(history), [newest, oldest]);
  });
});
