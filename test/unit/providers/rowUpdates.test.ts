import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Node, NamespaceNode } from '../../../src/providers/nodes';
import { RowUpdates } from '../../../src/providers/rowUpdates';

const [acme, demo] = [namespaceRow('acme'), namespaceRow('demo')];

describe('RowUpdates', () => {
  it('announces a change at once while nothing is on its way to the editor', () => {
    const { updates, announced } = editor();
    updates.changed(acme);
    updates.changed(undefined);
    assert.deepEqual(announced, [acme, undefined]);
  });

  it('announces a change of a row that is being read at once: the answer will contain it', async () => {
    const { updates, announced } = editor();
    const reading = pending<string>();
    const answer = updates.answer(acme, () => reading.promise);
    updates.changed(acme);
    assert.deepEqual(announced, [acme]);
    reading.resolve('rows');
    assert.equal(await answer, 'rows');
  });

  for (const row of [acme, undefined]) {
    const name = row === undefined ? 'all rows' : 'a row';
    it(`holds a change of ${name} back until its answer has reached the editor, and announces it once`, async () => {
      const { updates, announced, reach } = editor();
      await updates.answer(row, () => Promise.resolve());
      updates.changed(row);
      updates.changed(row);
      await turn();
      assert.deepEqual(announced, []);
      await reach();
      assert.deepEqual(announced, [row]);
      updates.changed(row);
      assert.deepEqual(announced, [row, row]);
    });
  }

  it('holds nothing back for the other rows', async () => {
    const { updates, announced } = editor();
    await updates.answer(acme, () => Promise.resolve());
    updates.changed(demo);
    assert.deepEqual(announced, [demo]);
  });

  it('takes a reading that failed, and an editor that cannot be reached, for an answer that has arrived', async () => {
    const { updates, announced, fail } = editor();
    await assert.rejects(updates.answer(acme, () => Promise.reject(new Error('unreadable'))));
    updates.changed(acme);
    await turn();
    await fail();
    assert.deepEqual(announced, [acme]);
  });

  it('waits for the last of several rows that one request asked for, because they are sent together', async () => {
    const { updates, announced, reach, reached } = editor();
    const reading = pending<undefined>();
    const answers = updates
      .answer(acme, () => Promise.resolve())
      .then(() => updates.answer(demo, () => reading.promise));
    await turn();
    updates.changed(acme);
    await turn();
    assert.equal(reached(), 0);
    reading.resolve(undefined);
    await answers;
    await turn();
    assert.deepEqual(announced, []);
    await reach();
    assert.deepEqual(announced, [acme]);
  });

  it('does not wait for a row that was asked for later', async () => {
    const { updates, announced, reach } = editor();
    await updates.answer(acme, () => Promise.resolve());
    await turn();
    void updates.answer(demo, () => new Promise(() => undefined));
    updates.changed(acme);
    await reach();
    assert.deepEqual(announced, [acme]);
  });

  it('waits for the last answer where a row was asked for twice', async () => {
    const { updates, announced, reach } = editor();
    await updates.answer(acme, () => Promise.resolve());
    await turn();
    await updates.answer(acme, () => Promise.resolve());
    await turn();
    updates.changed(acme);
    await reach();
    assert.deepEqual(announced, []);
    await reach();
    assert.deepEqual(announced, [acme]);
  });

  it('announces a change again that the extension host passed on while an answer was on its way', async () => {
    const { updates, announced, reach } = editor();
    updates.changed(acme);
    await updates.answer(acme, () => Promise.resolve());
    updates.didAskFor(acme); // as the host does when it passes the change on
    await turn();
    await reach();
    assert.deepEqual(announced, [acme, acme]);
    updates.didAskFor(acme);
    assert.deepEqual(announced, [acme, acme]);
  });
});

function editor() {
  const announced: (Node | undefined)[] = [];
  const waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  let reached = 0;
  const updates = new RowUpdates({
    announce: (row) => announced.push(row),
    reachEditor: () => {
      reached += 1;
      return new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
    },
  });
  return {
    updates,
    announced,
    /** How often the editor was asked for a sign that it has handled everything. */
    reached: () => reached,
    /** The editor gives the sign that it was asked for first. */
    reach: () => {
      waiting.shift()?.resolve();
      return turn();
    },
    fail: () => {
      waiting.shift()?.reject(new Error('the window is closed'));
      return turn();
    },
  };
}

/** A reading that the test ends. */
function pending<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

function namespaceRow(name: string): NamespaceNode {
  return {
    kind: 'namespace',
    id: name,
    parent: undefined,
    namespace: { name, origin: 'own' } as NamespaceNode['namespace'],
    isRemovable: false,
    isListed: true,
  };
}
