import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunRecord } from '../../../src/hub/deletion/journal';
import { imageOutcomes } from '../../../src/hub/deletion/outcome';
import { encodeLine } from '../../../src/journal/journalFormat';
import { requestOutcome, type Run } from '../../../src/journal/run';
import {
  completedAnswer,
  concat,
  fileOf,
  finished,
  journalImage,
  keyOf,
  outcomesOf,
  planOfImages,
  recorded,
  refusedAnswer,
  requestOf,
  runIn,
} from '../../support/runs';

const seeds = ['one', 'two', 'three'];
const plan = planOfImages(seeds.map((seed) => journalImage(seed)));
const at = '2026-06-01T12:00:02.000Z';
const lost: RunRecord = { type: 'answer', at, number: 1, answer: { kind: 'lost', reason: 'timeout' } };
const resumed: RunRecord = { type: 'resumed', at };
const bytes = (text: string) => new TextEncoder().encode(text);

function outcomesIn(run: Run | undefined): readonly string[] {
  return run?.images.map(({ outcome }) => outcome) ?? [];
}

const anySeeds = fc.uniqueArray(fc.constantFrom(...seeds), { minLength: 1 });
const anyRecord: fc.Arbitrary<RunRecord> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 3 }), anySeeds).map(([number, some]) => requestOf(number, ...some)),
  fc.integer({ min: 1, max: 3 }).map((number) => completedAnswer(number, 1)),
  fc.constant(lost),
  fc
    .tuple(anySeeds, fc.constantFrom(...imageOutcomes))
    .map(([some, outcome]) => outcomesOf(Object.fromEntries(some.map((seed) => [seed, outcome])))),
  fc.constant(resumed),
  fc.constant(finished),
);

describe('reconstructed run', () => {
  it('has its plan, every request with its answer, and one outcome for each image', () => {
    const run = runIn(
      fileOf(plan, [
        requestOf(1, 'one'),
        completedAnswer(1, 1),
        requestOf(2, 'two'),
        { ...lost, number: 2 },
        outcomesOf({ one: 'deleted', two: 'unconfirmed', three: 'notSent' }),
      ]),
    );
    assert.deepEqual(run.plan, plan);
    assert.deepEqual(
      run.requests.map(({ request, answer }) => [request.number, answer?.answer.kind]),
      [
        [1, 'completed'],
        [2, 'lost'],
      ],
    );
    assert.deepEqual(outcomesIn(run), ['deleted', 'unconfirmed', 'notSent']);
    assert.equal(run.state, 'unfinished');
  });

  it('has what was known of an image whose activity no source reports', () => {
    const unknown = planOfImages([journalImage('one', { status: 'unknown', lastPushed: null })]);
    assert.deepEqual(runIn(fileOf(unknown)).plan, unknown);
  });

  it('has the reason why an image was kept', () => {
    const answer = refusedAnswer(1, { cause: 'tagKept', tag: '1.0', removedTags: ['1.1'] });
    const run = runIn(fileOf(plan, [requestOf(1, 'one'), answer]));
    assert.deepEqual(run.requests[0]?.answer, answer);
  });

  it('leaves an image open whose outcome is not recorded, whatever the answer', () => {
    const run = runIn(fileOf(plan, [requestOf(1, 'one'), completedAnswer(1, 1)]));
    assert.deepEqual(outcomesIn(run), ['open', 'open', 'open']);
  });

  it('knows that a request had no effect that was withdrawn before it left', () => {
    const withdrawn: RunRecord = { type: 'answer', at, number: 1, answer: { kind: 'withdrawn' } };
    const run = runIn(fileOf(plan, [requestOf(1, 'one'), withdrawn]));
    assert.deepEqual(run.images.map(requestOutcome), Array(3).fill({ kind: 'notSent' }));
  });

  it('takes the last outcome of an image', () => {
    const run = runIn(
      fileOf(plan, [outcomesOf({ one: 'unconfirmed' }), resumed, outcomesOf({ one: 'deleted' }), finished]),
    );
    assert.deepEqual(outcomesIn(run), ['deleted', 'open', 'open']);
    assert.deepEqual(run.finished, { at: '2026-06-01T12:00:01.000Z', reason: 'settled' });
    assert.equal(run.state, 'finished');
  });

  it('is not over where something follows its end', () => {
    assert.equal(runIn(fileOf(plan, [finished, requestOf(1, 'one')])).state, 'unfinished');
  });

  it('tells a request without an answer, and one whose answer was lost, from one that was answered', () => {
    const run = runIn(fileOf(plan, [requestOf(1, 'one'), completedAnswer(1, 1), requestOf(2, 'two')]));
    assert.deepEqual(
      run.images.map((image) => requestOutcome(image).kind),
      ['answered', 'failed', 'notSent'],
    );
    const lostRun = runIn(fileOf(plan, [requestOf(1, 'one'), lost]));
    assert.deepEqual(
      lostRun.images.map((image) => requestOutcome(image).kind),
      ['failed', 'notSent', 'notSent'],
    );
  });

  it('ignores an outcome of an image that is not in the plan', () => {
    const run = runIn(fileOf(plan, [outcomesOf({ stranger: 'deleted' })]));
    assert.deepEqual(outcomesIn(run), ['open', 'open', 'open']);
    assert.deepEqual(
      run.images.map(({ image }) => image.key),
      seeds.map((seed) => keyOf(seed)),
    );
  });

  it('says of a torn last line that it is torn, and is not damaged by it', () => {
    const whole = fileOf(plan, [requestOf(1, 'one'), outcomesOf({ one: 'deleted' })]);
    const run = runIn(whole.slice(0, -5));
    assert.equal(run.isTorn, true);
    assert.equal(run.damagedLines, 0);
    assert.equal(run.state, 'unfinished');
    assert.deepEqual(outcomesIn(run), ['open', 'open', 'open']);
  });

  it('takes a last line for whole where only its end is missing', () => {
    const run = runIn(fileOf(plan, [outcomesOf({ one: 'deleted' })]).slice(0, -1));
    assert.equal(run.isTorn, false);
    assert.deepEqual(outcomesIn(run), ['deleted', 'open', 'open']);
  });

  it('understands a torn line where the run was taken up again', () => {
    const torn = fileOf(plan, [requestOf(1, 'one')]).slice(0, -5);
    const rest = [resumed, outcomesOf({ one: 'failed', two: 'notSent', three: 'notSent' }), finished];
    const run = runIn(concat([torn, bytes('\n'), ...rest.map((record) => encodeLine(record))]));
    assert.equal(run.state, 'finished');
    assert.equal(run.isTorn, true);
    assert.deepEqual(outcomesIn(run), ['failed', 'notSent', 'notSent']);
  });

  const damages: readonly [string, Uint8Array][] = [
    ['is no JSON', bytes('{"type":"outcomes"')],
    ['is no text', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
    ['is empty', bytes('')],
    ['is of no known type', bytes('{"type":"undone","at":"2026-06-01T12:00:00Z"}')],
    ['has no time', bytes('{"type":"finished"}')],
    [
      'has an outcome that does not exist',
      bytes(JSON.stringify({ ...outcomesOf({}), outcomes: [{ key: keyOf('one'), outcome: 'fine' }] })),
    ],
    [
      'names an image by something else',
      bytes(JSON.stringify({ ...outcomesOf({}), outcomes: [{ key: 'one', outcome: 'deleted' }] })),
    ],
  ];
  for (const [what, line] of damages) {
    it(`is damaged, and still shown, where a line in the middle ${what}`, () => {
      const run = runIn(
        concat([
          fileOf(plan),
          line,
          bytes('\n'),
          encodeLine(outcomesOf({ one: 'deleted' })),
          encodeLine(finished),
        ]),
      );
      assert.equal(run.state, 'damaged');
      assert.equal(run.damagedLines, 1);
      assert.deepEqual(outcomesIn(run), ['deleted', 'open', 'open']);
    });
  }

  it('does not exist where the plan cannot be read, which differs from a plan that was never written', () => {
    const later = bytes('{"format":2,"server":"hub"}\n{"type":"finished","at":"2026-06-01T12:00:00Z"}\n');
    assert.equal(recorded(later).run, undefined);
    assert.equal(recorded(later).file.damagedLines, 1);
    const torn = recorded(fileOf(plan).slice(0, 40));
    assert.equal(torn.run, undefined);
    assert.deepEqual([torn.file.isTorn, torn.file.damagedLines], [true, 0]);
    assert.equal(recorded(new Uint8Array()).run, undefined);
  });

  it('invents nothing, wherever the file is cut off', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (records, part) => {
          const whole = fileOf(plan, records);
          const cut = Math.floor(whole.length * part);
          const { run } = recorded(whole.slice(0, cut));
          const complete = records.filter(
            (_, index) => fileOf(plan, records.slice(0, index + 1)).length - 1 <= cut,
          );
          if (fileOf(plan).length - 1 > cut) {
            assert.equal(run, undefined);
            return;
          }
          assert.deepEqual(outcomesIn(run), outcomesIn(runIn(fileOf(plan, complete))));
          assert.equal(run?.requests.length, runIn(fileOf(plan, complete)).requests.length);
          assert.notEqual(run.state, 'damaged');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is finished only where the record of its end is whole', () => {
    const whole = fileOf(plan, [outcomesOf({ one: 'deleted', two: 'deleted', three: 'deleted' }), finished]);
    for (let cut = 0; cut < whole.length - 1; cut += 1) {
      assert.notEqual(recorded(whole.slice(0, cut)).run?.state, 'finished', `cut at ${cut}`);
    }
    assert.equal(recorded(whole).run?.state, 'finished');
  });

  it('is read without an error, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), (noise, place) => {
        recorded(noise);
        const whole = fileOf(plan, [requestOf(1, 'one'), outcomesOf({ one: 'deleted' }), finished]);
        whole.set(noise.subarray(0, 20), place % (whole.length - 20));
        recorded(whole);
        recorded(concat([fileOf(plan), noise]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the outcome of a request for one image', () => {
  const results = (['removed', 'refused', 'lost', 'notSent'] as const).map((result) => ({
    key: keyOf(result),
    result,
  }));
  const metrics = { manifestDeletes: 1, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
  const asked = ['removed', 'refused', 'lost', 'notSent', 'unmentioned'];

  it('is its own where the answer has one, and that of the whole request where it has none', () => {
    const run = runIn(
      fileOf(planOfImages(asked.map((seed) => journalImage(seed))), [
        requestOf(1, ...asked),
        { type: 'answer', at, number: 1, answer: { kind: 'completed', metrics, results } },
      ]),
    );
    const kinds = run.images.map((image) => {
      const outcome = requestOutcome(image);
      return outcome.kind === 'answered' ? `answered: ${outcome.answer.kind}` : outcome.kind;
    });
    assert.deepEqual(kinds, [
      'answered: completed',
      'answered: refused',
      'failed',
      'notSent',
      'answered: completed',
    ]);
  });

  it('is that of the whole request where it was refused', () => {
    const refused: RunRecord = {
      type: 'answer',
      at,
      number: 1,
      answer: { kind: 'refused', warnings: [], blockers: [] },
    };
    const [image] = runIn(fileOf(plan, [requestOf(1, 'one'), refused])).images;
    assert.ok(image);
    assert.deepEqual(requestOutcome(image), { kind: 'answered', answer: refused.answer });
  });
});

describe('collateral of a run', () => {
  const accepted = {
    key: keyOf('former'),
    formerTags: ['latest'],
    lastPushed: null,
    lastPulled: null,
    status: 'active' as const,
  };

  it('is open until somebody has said what became of it', () => {
    const { images } = runIn(fileOf(planOfImages([journalImage('one', { acceptedCollateral: [accepted] })])));
    assert.deepEqual(images[0]?.collateral, [{ ...accepted, outcome: 'open' }]);
  });

  it('is not known where it could not be worked out', () => {
    const { images } = runIn(fileOf(planOfImages([journalImage('one', { acceptedCollateral: null })])));
    assert.equal(images[0]?.collateral, null);
  });
});
