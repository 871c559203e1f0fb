import assert from 'node:assert/strict';
import { encodeLine } from '../../../src/journal/journalFormat';
import { endsFinished, readRunFile } from '../../../src/journal/journalReader';
import { concat, fileOf, finished, journalImage, keyOf, planOfImages, requestOf } from '../../support/runs';

const plan = planOfImages([journalImage('one')]);
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (...parts: readonly Uint8Array[]) => readRunFile(concat(parts));

describe('the file of a run, whose beginning cannot be read', () => {
  const cases: readonly (readonly [what: string, file: Uint8Array, isTorn: boolean, damagedLines: number])[] =
    [
      ['is neither torn nor damaged where it is empty', bytes(''), false, 0],
      ['is torn where a crash ended it', fileOf(plan).slice(0, 20), true, 0],
      ['is torn where a crash ended it right before the end of the line', fileOf(plan).slice(0, -2), true, 0],
      [
        'is damaged where there is more behind it',
        concat([bytes('?\n'), encodeLine(requestOf(1, 'one'))]),
        false,
        1,
      ],
      ['is damaged and torn where what is behind it is torn, too', bytes('?\n?'), true, 1],
    ];
  for (const [what, file, isTorn, damagedLines] of cases) {
    it(what, () => {
      const found = readRunFile(file);
      assert.deepEqual([found.header, found.isTorn, found.damagedLines], [undefined, isTorn, damagedLines]);
    });
  }

  it('is neither torn nor damaged where the plan is whole', () => {
    const found = read(fileOf(plan));
    assert.deepEqual([found.isTorn, found.damagedLines, found.lines], [false, 0, []]);
    assert.deepEqual(found.header?.plan, plan);
  });
});

describe('what is added to the file of a run', () => {
  for (const [what, file, endsWithLine] of [
    ['begins on a line of its own where the file is empty', bytes(''), true],
    ['begins on a line of its own after a whole line', fileOf(plan), true],
    ['would go on with a torn line', fileOf(plan).slice(0, -1), false],
    ['would go on with a torn line after an empty one', bytes('?\n?'), false],
  ] as const) {
    it(what, () => {
      assert.equal(readRunFile(file).endsWithLine, endsWithLine);
    });
  }
});

describe('the end of the file of a run', () => {
  for (const [what, file, isOver] of [
    ['says that it is over', concat([bytes('rest of a line\n'), encodeLine(finished)]), true],
    ['says that it is not over', encodeLine(requestOf(1, 'one')), false],
    ['says nothing where it is torn', encodeLine(finished).slice(0, -2), false],
    ['says nothing where something follows', concat([encodeLine(finished), bytes('?')]), false],
    ['says nothing where it is empty', bytes(''), false],
  ] as const) {
    it(what, () => {
      assert.equal(endsFinished(file), isOver);
    });
  }
});

describe('a line of the file of a run', () => {
  const line = (facts: object) => bytes(`${JSON.stringify({ ...finished, ...facts })}\n`);
  const damaged = (text: Uint8Array) => read(fileOf(plan), text, encodeLine(finished)).damagedLines;

  it('is a record whose time is one', () => {
    assert.equal(damaged(line({})), 0);
  });

  for (const at of ['', 'yesterday', '0001-01-01T00:00:00Z', null, 7, undefined]) {
    it(`cannot be read with the time ${JSON.stringify(at)}`, () => {
      assert.equal(damaged(line({ at })), 1);
    });
  }

  it('cannot be read where it is no text', () => {
    const whole = encodeLine({
      type: 'answer',
      at: finished.at,
      number: 1,
      answer: { kind: 'lost', reason: 'timeout' },
    });
    const broken = whole.slice();
    broken[Buffer.from(whole).indexOf('timeout')] = 0xff;
    assert.equal(damaged(whole), 0);
    assert.equal(damaged(broken), 1);
  });

  it('has the tags of a warning where the server named them, and none where it did not', () => {
    const { repository, digest } = { repository: 'api', digest: keyOf('one').split('@')[1] };
    const warnings = [
      { repository, digest, warning: 'current_tag', tags: ['latest'] },
      { repository, digest, warning: 'is_active' },
    ];
    const record = { ...requestOf(1, 'one'), ignoredWarnings: warnings };
    const [found] = read(fileOf(plan), bytes(`${JSON.stringify(record)}\n`)).lines;
    assert.deepEqual(found?.record, record);
  });
});
