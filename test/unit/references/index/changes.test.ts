import assert from 'node:assert/strict';
import { Changes } from '../../../../src/references/index/changes';

/** With everything read. */
function settled(): Changes {
  const changes = new Changes();
  changes.settle(changes.last);
  return changes;
}

describe('Changes', () => {
  it('begin with everything', () => {
    const changes = new Changes();
    assert.equal(changes.pending(), 'everything');
    assert.equal(changes.isSettled(changes.last), false);
    assert.equal(settled().isSettled(0), true);
  });

  it('keep each file once, by folder', () => {
    const changes = settled();
    for (const path of ['x', 'y', 'x']) changes.add('a', path);
    changes.add('b', 'x');
    assert.deepEqual(changes.pending(), new Map(Object.entries({ a: ['x', 'y'], b: ['x'] })));
  });

  it('settle only what was there when the reading began', () => {
    const changes = settled();
    changes.add('a', 'x');
    changes.add('a', 'y');
    const { last } = changes;
    changes.add('a', 'x');
    changes.settle(last);
    assert.deepEqual(changes.pending(), new Map([['a', ['x']]]));
    assert.equal(changes.isSettled(last), true);
    assert.equal(changes.isSettled(changes.last), false);
  });

  it('stay when everything changes while everything is read', () => {
    const changes = new Changes();
    const { last } = changes;
    changes.addEverything();
    changes.settle(last);
    assert.equal(changes.needsEverything, true);
    changes.settle(changes.last);
    assert.equal(changes.needsEverything, false);
  });

  describe('that become everything while others wait to be read', () => {
    it('do not settle a file that changed before', () => {
      const changes = settled();
      changes.add('a', 'x');
      const begun = changes.last;
      changes.add('a', 'y');
      const wanted = changes.last;
      changes.addEverything();
      changes.settle(begun);
      assert.equal(changes.isSettled(begun), true);
      assert.equal(changes.isSettled(wanted), false);
      changes.settle(changes.last);
      assert.equal(changes.isSettled(wanted), true);
    });

    it('do not settle what needed everything before', () => {
      const changes = new Changes();
      const begun = changes.last;
      changes.addEverything();
      const wanted = changes.last;
      changes.addEverything();
      changes.settle(begun);
      assert.equal(changes.isSettled(begun), true);
      assert.equal(changes.isSettled(wanted), false);
      changes.settle(wanted);
      assert.equal(changes.isSettled(wanted), true);
      assert.equal(changes.needsEverything, true);
    });
  });

  it('become everything when there are too many', () => {
    const changes = settled();
    for (let number = 0; number < 1000; number += 1) changes.add('a', String(number));
    assert.equal(changes.needsEverything, false);
    changes.add('a', '0');
    assert.equal(changes.needsEverything, false);
    changes.add('b', 'x');
    assert.equal(changes.pending(), 'everything');
    changes.settle(changes.last);
    assert.equal(changes.isSettled(changes.last), true);
    for (let number = 0; number < 1000; number += 1) changes.add('a', String(number));
    changes.settle(changes.last);
    changes.add('a', 'x');
    assert.deepEqual(changes.pending(), new Map([['a', ['x']]]));
  });
});
