import assert from 'node:assert/strict';
import { executeDeletion, isLeftUnchecked, totalMetrics } from '../../../../src/hub/deletion/execution';
import { JournalError } from '../../../../src/hub/deletion/journal';
import type { RequestResult } from '../../../../src/hub/deletion/outcome';
import {
  addMetrics,
  type DeletionAnswer,
  type DeletionMetrics,
  type ImageRefusal,
  type ManifestResult,
} from '../../../../src/hub/deletionAnswer';
import type { ReviewedRequest } from '../../../../src/hub/deletionRequest';
import { HubError } from '../../../../src/hub/errors';
import { approvedPlan, requestFor } from '../../../support/approvedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { plannedImage } from '../../../support/images';

const images = ['one', 'two', 'three'].map((seed) => plannedImage('acme/api', seed));

interface ByImage {
  readonly results?: readonly ManifestResult[];
  readonly refusals?: readonly ImageRefusal[];
}

function completed({ results, refusals, ...facts }: Partial<DeletionMetrics> & ByImage = {}): DeletionAnswer {
  const byDigest = <T>(values: readonly T[]) =>
    new Map(values.map((value, index) => [(images[index] ?? assert.fail()).image.digest, value]));
  return {
    kind: 'completed',
    metrics: { ...nothingRemoved, manifestDeletes: 1, ...facts },
    ...(results !== undefined && { results: byDigest(results) }),
    ...(refusals !== undefined && { refusals: byDigest(refusals) }),
  };
}

/** Executes requests of one image each, or of this many, with a witness that notes everything. */
function setUp(batchSize = 1) {
  const stop = new AbortController();
  const log: string[] = [];
  const hooks: {
    answer: (request: ReviewedRequest, signal: AbortSignal | undefined) => DeletionAnswer;
    willSend: (number: number) => void;
    didEnd: (number: number) => void;
  } = { answer: () => completed(), willSend: () => undefined, didEnd: () => undefined };
  const run = () =>
    executeDeletion(
      {
        deleteImages: async (request, signal) => {
          log.push(`send ${request.digests.length}`);
          return Promise.resolve(hooks.answer(request, signal));
        },
      },
      approvedPlan(images).requests(batchSize),
      {
        stop: stop.signal,
        witness: {
          willSend: async (number) => {
            log.push(`will ${number}`);
            hooks.willSend(number);
            return Promise.resolve();
          },
          didEnd: async (number, { kind }) => {
            log.push(`did ${number} ${kind}`);
            hooks.didEnd(number);
            return Promise.resolve();
          },
        },
        onProgress: (done, total) => log.push(`${done}/${total}`),
      },
    );
  return { stop, log, hooks, run };
}

const kindsOf = ({ results }: { results: readonly RequestResult[] }) => results.map(({ kind }) => kind);

describe('execution of a deletion', () => {
  it('writes each request down before it is sent and its answer after it, and counts images', async () => {
    const { log, run, hooks } = setUp(2);
    hooks.answer = ({ digests }) => completed({ manifestDeletes: digests.length });
    const execution = await run();
    assert.deepEqual(log, [
      ...['0/3', 'will 1', 'send 2', 'did 1 answered'],
      ...['2/3', 'will 2', 'send 1', 'did 2 answered', '3/3'],
    ]);
    assert.deepEqual(kindsOf(execution), ['answered', 'answered']);
    assert.equal(execution.journalError, undefined);
  });

  it('may report more manifests than requested, as those of an index', async () => {
    const { run, hooks } = setUp();
    hooks.answer = () => completed({ manifestDeletes: 5 });
    assert.deepEqual(kindsOf(await run()), ['answered', 'answered', 'answered']);
  });

  const incomplete: readonly (readonly [string, DeletionAnswer])[] = [
    ['a refusal', refusal({})],
    ['fewer deleted manifests than requested', completed({ manifestDeletes: 0 })],
    ['an error of a manifest', completed({ manifestErrors: 1 })],
    ['an error of a tag', completed({ tagErrors: 1 })],
  ];
  for (const [name, answer] of incomplete) {
    it(`sends nothing more after ${name}`, async () => {
      const { log, run, hooks } = setUp();
      hooks.answer = () => answer;
      assert.deepEqual(kindsOf(await run()), ['answered', 'notSent', 'notSent']);
      assert.deepEqual(log, ['0/3', 'will 1', 'send 1', 'did 1 answered', '1/3']);
    });
  }

  it('sends nothing more after a failure, which is a result', async () => {
    const { log, run, hooks } = setUp();
    const error = new Error('reply lost');
    hooks.answer = () => {
      throw error;
    };
    const { results } = await run();
    assert.deepEqual(
      log,
      ['0/3', 'will 1', 'send 1', 'did 1 failed', '0/3'],
      'counts answered requests only',
    );
    assert.deepEqual(kindsOf({ results }), ['failed', 'notSent', 'notSent']);
    assert.equal(results[0]?.kind === 'failed' && results[0].error, error);
  });

  it('calls a request not sent that was withdrawn', async () => {
    const { run, hooks, log } = setUp();
    hooks.answer = () => {
      throw new HubError('cancelled', { method: 'POST', path: '/', neverSent: true });
    };
    assert.deepEqual(kindsOf(await run()), ['notSent', 'notSent', 'notSent']);
    assert.equal(log.at(-2), 'did 1 notSent');
  });

  it('knows that a request had no effect that the server refused by its status', async () => {
    const { run, hooks } = setUp();
    const error = new HubError('forbidden', { method: 'POST', path: '/', status: 403 });
    hooks.answer = () => {
      throw error;
    };
    const { results } = await run();
    assert.deepEqual(kindsOf({ results }), ['rejected', 'notSent', 'notSent']);
    assert.equal(results[0]?.kind === 'rejected' && results[0].error, error);
  });

  it('does not even write a request down once it was stopped', async () => {
    const { run, log, stop } = setUp();
    stop.abort();
    assert.deepEqual(kindsOf(await run()), ['notSent', 'notSent', 'notSent']);
    assert.deepEqual(log, ['0/3']);
  });

  it('does not send a request that was stopped while it was written down', async () => {
    const { run, log, hooks, stop } = setUp();
    hooks.willSend = (number) => {
      if (number === 2) {
        stop.abort();
      }
    };
    assert.deepEqual(kindsOf(await run()), ['answered', 'notSent', 'notSent']);
    const first = ['0/3', 'will 1', 'send 1', 'did 1 answered', '1/3'];
    assert.deepEqual(
      log,
      [...first, 'will 2', 'did 2 notSent', '1/3'],
      'its record says that it had no effect',
    );
  });

  it('says whether it was stopped before everything was sent', async () => {
    const { run, hooks, stop } = setUp();
    assert.equal((await run()).isStopped, false);
    hooks.didEnd = (number) => {
      if (number === 3) {
        stop.abort(); // too late
      }
    };
    assert.equal((await run()).isStopped, false);
    assert.equal((await run()).isStopped, true);
  });

  it('says that it was stopped among the images of a request', async () => {
    const cutShort: readonly DeletionAnswer[] = [
      completed({ results: ['notSent'] }),
      completed({ results: ['refused'], refusals: [{ cause: 'stopped', removedTags: ['1.0'] }] }),
    ];
    for (const answer of cutShort) {
      const { run, hooks, stop } = setUp(3);
      hooks.answer = () => {
        stop.abort();
        return answer;
      };
      assert.equal((await run()).isStopped, true);
    }
    const { run, hooks, stop } = setUp(3);
    hooks.answer = () => {
      stop.abort();
      return completed({ results: ['refused'], refusals: [{ cause: 'changed', removedTags: [] }] });
    };
    assert.equal((await run()).isStopped, false, 'nothing was left to send');
  });

  it('sends nothing more after an image that was not deleted, or when the answer says so, whatever the counts are', async () => {
    for (const answer of [
      completed({ manifestDeletes: 2, results: ['removed', 'notSent'] }),
      { ...completed(), endsDeletion: true as const },
    ]) {
      const { run, hooks } = setUp();
      hooks.answer = () => answer;
      assert.deepEqual(kindsOf(await run()), ['answered', 'notSent', 'notSent']);
    }
  });

  it('gives each request the signal with which it can be withdrawn', async () => {
    const { run, hooks, stop } = setUp();
    const signals: (AbortSignal | undefined)[] = [];
    hooks.answer = (_request, signal) => {
      signals.push(signal);
      return completed();
    };
    await run();
    assert.deepEqual(signals, [stop.signal, stop.signal, stop.signal]);
  });

  it('stops where the journal cannot be written, and says so', async () => {
    for (const [moment, kinds] of [
      ['willSend', ['notSent', 'notSent', 'notSent']],
      ['didEnd', ['answered', 'notSent', 'notSent']],
    ] as const) {
      const { run, hooks } = setUp();
      const error = new JournalError(new Error('disk full'));
      hooks[moment] = () => {
        throw error;
      };
      const execution = await run();
      assert.deepEqual(kindsOf(execution), kinds);
      assert.equal(execution.journalError, error);
    }
  });

  it('does not hide any other error of the witness', async () => {
    const { run, hooks } = setUp();
    hooks.willSend = () => {
      throw new TypeError('defect');
    };
    await assert.rejects(run(), TypeError);
  });
});

describe('metrics of a deletion', () => {
  const a = { manifestDeletes: 1, manifestErrors: 2, tagDeletes: 3, tagErrors: 4 };
  const b = { manifestDeletes: 10, manifestErrors: 20, tagDeletes: 30, tagErrors: 40 };
  const sum = { manifestDeletes: 11, manifestErrors: 22, tagDeletes: 33, tagErrors: 44 };

  it('are those of all completed requests', () => {
    const [image] = images;
    assert.ok(image);
    const request = requestFor(image);
    const results: readonly RequestResult[] = [
      { kind: 'answered', request, answer: { kind: 'completed', metrics: a } },
      { kind: 'answered', request, answer: refusal({}) },
      { kind: 'answered', request, answer: { kind: 'completed', metrics: b } },
      { kind: 'notSent', request },
    ];
    assert.deepEqual(totalMetrics(results), sum);
  });

  it('are not known where an answer is missing', () => {
    const [image] = images;
    assert.ok(image);
    const request = requestFor(image);
    const known: RequestResult = { kind: 'answered', request, answer: { kind: 'completed', metrics: a } };
    const lost = new Map([[image.image.digest, 'lost' as const]]);
    assert.equal(totalMetrics([known, { kind: 'failed', request, error: undefined }]), undefined);
    assert.equal(
      totalMetrics([
        known,
        { kind: 'answered', request, answer: { kind: 'completed', metrics: b, results: lost } },
      ]),
      undefined,
    );
  });

  it('add up over deletions', () => {
    assert.deepEqual(addMetrics(a, b), sum);
  });
});

describe('a result after which the rest has to be checked again', () => {
  const [image] = images;
  const of = (...each: readonly ManifestResult[]): DeletionAnswer => ({
    kind: 'completed',
    metrics: nothingRemoved,
    results: new Map(each.map((result, index) => [images[index]?.image.digest ?? assert.fail(), result])),
  });
  const rows: readonly (readonly [string, (request: ReviewedRequest) => RequestResult, boolean])[] = [
    ['a failure', (request) => ({ kind: 'failed', request, error: undefined }), true],
    [
      'a rejected request',
      (request) => ({
        kind: 'rejected',
        request,
        error: new HubError('forbidden', { method: 'POST', path: '/', status: 403 }),
      }),
      true,
    ],
    ['a request that was not sent', (request) => ({ kind: 'notSent', request }), false],
    ['a refusal', (request) => ({ kind: 'answered', request, answer: refusal({}) }), false],
    ['a completed request', (request) => ({ kind: 'answered', request, answer: completed() }), false],
    ['removed images', (request) => ({ kind: 'answered', request, answer: of('removed', 'removed') }), false],
    [
      'one that was refused',
      (request) => ({ kind: 'answered', request, answer: of('removed', 'refused') }),
      true,
    ],
    [
      'one without an answer',
      (request) => ({ kind: 'answered', request, answer: of('lost', 'removed') }),
      true,
    ],
    ['no image that was sent', (request) => ({ kind: 'answered', request, answer: of('notSent') }), true],
  ];
  for (const [name, result, isLeft] of rows) {
    it(`is ${isLeft ? '' : 'not '}${name}`, () => {
      assert.ok(image);
      assert.equal(isLeftUnchecked(result(requestFor(image))), isLeft);
    });
  }
});
