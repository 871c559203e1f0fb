import assert from 'node:assert/strict';
import type { DeletionAnswer } from '../../../../src/hub/deletionAnswer';
import { digestOf, imageOf } from '../../../support/images';
import { hubError, RemovalRepository, type RepositoryImages } from '../../../support/removalRepository';

const plain: RepositoryImages = { a: { tags: ['1.0', '1.1'] }, b: {}, c: {} };
const offline = hubError('network');
const denied = (reason?: string) =>
  hubError('forbidden', { status: 403, ...(reason !== undefined && { reason }) });
const unauthenticated = hubError('unauthenticated', { status: 401, reason: 'expired' });
const signatureTag = (seed: string, suffix = 'sig') => `${digestOf(seed).replace(':', '-')}.${suffix}`;

/** Without the kind, and by the seeds of these images. */
function facts(answer: DeletionAnswer, ...seeds: readonly string[]) {
  assert.equal(answer.kind, 'completed');
  const { results, refusals, metrics } = answer;
  const named = <T>(of: ReadonlyMap<string, T> | undefined) =>
    Object.fromEntries(
      seeds.flatMap((seed) => {
        const value = of?.get(digestOf(seed));
        return value === undefined ? [] : [[seed, value]];
      }),
    );
  return { results: named(results), refusals: named(refusals), metrics };
}

const counts = (images: number, failed: number, tags = 0, failedTags = 0) => ({
  manifestDeletes: images,
  manifestErrors: failed,
  tagDeletes: tags,
  tagErrors: failedTags,
});

/** Waits for a request to be sent. */
async function untilSent(app: RemovalRepository, request: string): Promise<void> {
  while (!app.requests.includes(request)) {
    await new Promise(setImmediate);
  }
}

describe('the order of a removal', () => {
  it('is the tags of an image, once all of them still point at it, then the image', async () => {
    const app = new RemovalRepository(plain);
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests, [
      ...['head 1.0', 'head 1.1'],
      ...['delete tag 1.0', 'delete tag 1.1', 'delete a'],
    ]);
    assert.deepEqual(answer, {
      kind: 'completed',
      metrics: counts(1, 0, 2),
      removedAttachments: new Set(),
      results: new Map([[digestOf('a'), 'removed']]),
    });
    assert.deepEqual(app.warnings, []);
  });

  it('is an index before its platforms, however they are ordered', async () => {
    const app = new RemovalRepository({ p: {}, whole: { parts: ['p'] } });
    const answer = await app.remove(['p', 'whole']);
    assert.deepEqual(app.requests, ['delete whole', 'delete p']);
    assert.deepEqual(facts(answer, 'p', 'whole').results, { p: 'removed', whole: 'removed' });
  });

  it('is an index first although its content was not read', async () => {
    const index = 'application/vnd.docker.distribution.manifest.list.v2+json';
    const app = new RemovalRepository({ p: { tags: ['1.0'] }, whole: { mediaType: index } });
    await app.remove(['p', 'whole']);
    assert.deepEqual(app.requests, ['delete whole', 'head 1.0', 'delete tag 1.0', 'delete p']);
  });

  it('is an index first although no list tells its format', async () => {
    const app = new RemovalRepository({ p: {}, whole: { parts: ['p'], mediaType: '' } });
    await app.remove(['p', 'whole']);
    assert.deepEqual(app.requests, ['delete whole', 'delete p']);
  });

  it('leaves platforms that are not part of the request', async () => {
    const app = new RemovalRepository({ p: {}, whole: { parts: ['p'] } });
    await app.remove(['whole']);
    assert.deepEqual(app.requests, ['delete whole']);
  });
});

describe('a tag of an image that is removed', () => {
  it('that points elsewhere keeps the image with all its tags, and stops the removal', async () => {
    const app = new RemovalRepository(plain);
    const request = app.approve('a', 'b');
    app.moveTag('1.1', 'c');
    const answer = await app.carryOut(request);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1']);
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'refused', b: 'notSent' },
      refusals: { a: { cause: 'tagMoved', tag: '1.1', removedTags: [] } },
      metrics: counts(0, 0),
    });
    assert.deepEqual(app.warnings, [`${digestOf('a')} is kept: tagMoved 1.1; tags deleted: none`]);
  });

  it('that no longer exists is not deleted', async () => {
    const app = new RemovalRepository(plain);
    const request = app.approve('a');
    app.moveTag('1.0', undefined);
    const answer = await app.carryOut(request);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1', 'delete tag 1.1', 'delete a']);
    assert.deepEqual(facts(answer, 'a').metrics, counts(1, 0, 1));
  });

  it('that cannot be checked keeps the image, and stops the removal', async () => {
    const app = new RemovalRepository(plain);
    app.on('head 1.1', offline);
    const answer = await app.remove(['a', 'b']);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1']);
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'notSent', b: 'notSent' },
      refusals: {},
      metrics: counts(0, 0),
    });
    assert.deepEqual(app.warnings, [offline.message]);
  });

  it('is checked again if the check was five seconds ago', async () => {
    for (const [ms, heads] of [
      [4_999, []],
      [5_000, ['head 1.1']],
    ] as const) {
      const app = new RemovalRepository(plain);
      app.on('delete tag 1.0', () => {
        app.pass(ms);
      });
      await app.remove(['a']);
      const expected = ['delete tag 1.0', ...heads, 'delete tag 1.1'];
      assert.deepEqual(app.requests.slice(2, 2 + expected.length), expected);
    }
  });

  it('counts as checked when the request was sent, not when it was answered', async () => {
    const app = new RemovalRepository(plain);
    app.on('head 1.0', () => {
      app.pass(5_000);
    });
    await app.remove(['a']);
    assert.deepEqual(app.requests.slice(0, 4), ['head 1.0', 'head 1.1', 'head 1.0', 'delete tag 1.0']);
  });

  it('that was moved in these seconds keeps the image, with the tags that are left', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', () => {
      app.pass(5_000);
      app.moveTag('1.1', 'c');
    });
    const answer = await app.remove(['a', 'b']);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1', 'delete tag 1.0', 'head 1.1']);
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'refused', b: 'notSent' },
      refusals: { a: { cause: 'tagMoved', tag: '1.1', removedTags: ['1.0'] } },
      metrics: counts(0, 0, 1),
    });
    assert.deepEqual(app.warnings, [`${digestOf('a')} is kept: tagMoved 1.1; tags deleted: 1.0`]);
  });

  it('that was moved before the first of them was deleted keeps the image with all of them', async () => {
    const app = new RemovalRepository(plain);
    app.on('head 1.0', () => {
      app.pass(5_000);
    });
    app.on('head 1.1', async () => {
      await new Promise(setImmediate); // the other answer has come by then
      app.moveTag('1.0', 'c');
    });
    const request = app.approve('a');
    const answer = await app.carryOut(request);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1', 'head 1.0']);
    assert.deepEqual(facts(answer, 'a').results, { a: 'refused' });
  });

  it('that was deleted in these seconds is not deleted again', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', () => {
      app.pass(5_000);
      app.moveTag('1.1', undefined);
    });
    const answer = await app.remove(['a']);
    assert.ok(!app.requests.includes('delete tag 1.1'));
    assert.deepEqual(facts(answer, 'a').results, { a: 'removed' });
  });
});

describe('a tag that is not deleted', () => {
  for (const [title, error, refusal, tagErrors] of [
    [
      'because it is immutable',
      denied('immutable'),
      { cause: 'tagKept', tag: '1.1', reason: 'immutable' },
      1,
    ],
    ['for no reason that is given', denied(), { cause: 'tagKept', tag: '1.1' }, 1],
    ['because of the method', hubError('rejected', { reason: 'no' }), { cause: 'rejected', reason: 'no' }, 1],
    ['because there is no such route', hubError('gone'), { cause: 'rejected' }, 1],
    ['because of too many requests', hubError('rateLimited'), { cause: 'rateLimited' }, 1],
    ['because it was not sent', hubError('network', { neverSent: true }), { cause: 'stopped' }, 0],
  ] as const) {
    it(`${title} keeps the image and stops the removal`, async () => {
      const app = new RemovalRepository(plain);
      app.on('delete tag 1.1', error);
      const answer = await app.remove(['a', 'b']);
      assert.deepEqual(app.requests, ['head 1.0', 'head 1.1', 'delete tag 1.0', 'delete tag 1.1']);
      assert.deepEqual(facts(answer, 'a', 'b'), {
        results: { a: 'refused', b: 'notSent' },
        refusals: { a: { ...refusal, removedTags: ['1.0'] } },
        metrics: counts(0, 0, 1, tagErrors),
      });
      assert.equal(app.warnings[0], error.message);
    });
  }

  it('is lost with its image if no answer tells', async () => {
    for (const kind of ['network', 'timeout', 'server', 'protocol'] as const) {
      const app = new RemovalRepository(plain);
      app.on('delete tag 1.0', hubError(kind));
      const answer = await app.remove(['a', 'b']);
      assert.deepEqual(facts(answer, 'a', 'b'), {
        results: { a: 'lost', b: 'notSent' },
        refusals: {},
        metrics: counts(0, 0, 0, 1),
      });
    }
  });

  it('does not matter if somebody else has deleted it, which the registry confirms', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', () => {
      app.moveTag('1.0', undefined);
      throw hubError('notFound');
    });
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests, [
      ...['head 1.0', 'head 1.1'],
      ...['delete tag 1.0', 'head 1.0', 'delete tag 1.1', 'delete a'],
    ]);
    assert.deepEqual(facts(answer, 'a'), {
      results: { a: 'removed' },
      refusals: {},
      metrics: counts(1, 0, 1),
    });
  });

  it('is lost if it is said to be missing, but the registry still has it or does not tell', async () => {
    for (const later of [() => undefined, offline]) {
      const app = new RemovalRepository(plain);
      app.on('head 1.0', () => undefined, later);
      app.on('delete tag 1.0', hubError('notFound'));
      const answer = await app.remove(['a']);
      assert.deepEqual(app.requests.slice(2), ['delete tag 1.0', 'head 1.0']);
      assert.deepEqual(facts(answer, 'a').results, { a: 'lost' });
    }
  });

  it('for a reason other than a failed request is a fault that is passed on', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', new TypeError('fault'));
    await assert.rejects(app.remove(['a']), /fault/);
    app.on('head 1.0', new TypeError('fault'));
    await assert.rejects(app.remove(['a']), /fault/);
  });
});

describe('an image whose tags took five seconds to delete', () => {
  const setUp = () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.1', () => {
      app.pass(5_000);
    });
    return app;
  };

  it('is deleted if a look finds nothing new', async () => {
    const app = setUp();
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests.slice(-3), ['delete tag 1.1', 'look', 'delete a']);
    assert.deepEqual(facts(answer, 'a').results, { a: 'removed' });
  });

  it('is kept if it has a new tag, which stops the removal', async () => {
    const app = setUp();
    app.on('look', () => {
      app.change({ ...plain, a: { tags: ['latest'] } });
    });
    const answer = await app.remove(['a', 'b']);
    assert.equal(app.requests.at(-1), 'look');
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'refused', b: 'notSent' },
      refusals: { a: { cause: 'changed', tag: 'latest', removedTags: ['1.0', '1.1'] } },
      metrics: counts(0, 0, 2),
    });
  });

  it('is kept if the look fails, and the answer names the tags that it has lost', async () => {
    const app = setUp();
    app.on('look', offline);
    const answer = await app.remove(['a', 'b']);
    assert.equal(app.requests.at(-1), 'look');
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'refused', b: 'notSent' },
      refusals: { a: { cause: 'stopped', removedTags: ['1.0', '1.1'] } },
      metrics: counts(0, 0, 2),
    });
  });

  it('is kept without a look if the removal was stopped meanwhile', async () => {
    const app = setUp();
    const abort = new AbortController();
    app.on('delete tag 1.1', () => {
      app.pass(5_000);
      abort.abort();
    });
    const answer = await app.remove(['a'], abort.signal);
    assert.equal(app.requests.at(-1), 'delete tag 1.1');
    assert.deepEqual(facts(answer, 'a').refusals, { a: { cause: 'stopped', removedTags: ['1.0', '1.1'] } });
    assert.deepEqual(app.warnings, [`${digestOf('a')} is kept: stopped ; tags deleted: 1.0 1.1`]);
  });
});

describe('an image that is removed', () => {
  for (const [title, answered, result, refusal] of [
    [
      'is refused while something needs it',
      { kind: 'stillReferenced' },
      'refused',
      { cause: 'stillReferenced' },
    ],
    ['is refused if the account may not', { kind: 'denied' }, 'refused', { cause: 'denied' }],
    [
      'is refused with the reason of the server',
      { kind: 'denied', reason: 'your role' },
      'refused',
      { cause: 'denied', reason: 'your role' },
    ],
    ['is refused if the registry deletes nothing', { kind: 'unsupported' }, 'refused', { cause: 'rejected' }],
    ['is lost if the answer does not tell', { kind: 'unconfirmed' }, 'lost', undefined],
    ['is lost without an answer', offline, 'lost', undefined],
    [
      'is refused if the server limits requests',
      hubError('rateLimited'),
      'refused',
      { cause: 'rateLimited' },
    ],
    ['is not sent if the request was not', hubError('timeout', { neverSent: true }), 'notSent', undefined],
    [
      'is refused by a 403 that has no code',
      denied('your plan'),
      'refused',
      { cause: 'denied', reason: 'your plan' },
    ],
  ] as const) {
    it(`${title}, and nothing follows`, async () => {
      const app = new RemovalRepository(plain);
      app.on('delete b', answered);
      const answer = await app.remove(['b', 'c']);
      assert.deepEqual(app.requests, ['delete b']);
      assert.deepEqual(facts(answer, 'b', 'c'), {
        results: { b: result, c: 'notSent' },
        refusals: refusal === undefined ? {} : { b: { ...refusal, removedTags: [] } },
        metrics: counts(0, result === 'notSent' ? 0 : 1),
      });
    });
  }

  it('counts as removed if it is gone already, and the next one follows', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', { kind: 'gone' });
    const answer = await app.remove(['b', 'c']);
    assert.deepEqual(app.requests, ['delete b', 'delete c']);
    assert.deepEqual(facts(answer, 'b', 'c').results, { b: 'removed', c: 'removed' });
  });

  it('passes a fault on that is no failed request', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', new TypeError('fault'));
    await assert.rejects(app.remove(['b']), /fault/);
  });

  it('is kept if something about it has changed, and nothing follows', async () => {
    const app = new RemovalRepository(plain);
    const request = app.approve('b', 'c');
    app.change({ ...plain, b: { tags: ['new'] } });
    const answer = await app.carryOut(request);
    assert.deepEqual(app.requests, []);
    assert.deepEqual(facts(answer, 'b', 'c'), {
      results: { b: 'refused', c: 'notSent' },
      refusals: { b: { cause: 'changed', tag: 'new', removedTags: [] } },
      metrics: counts(0, 0),
    });
  });
});

describe('an index with a platform that stays because it has a tag', () => {
  const images: RepositoryImages = { p: { tags: ['1.0'] }, whole: { parts: ['p'] }, b: {} };
  const tagged: RepositoryImages = { ...images, whole: { parts: ['p'], tags: ['2.0'] } };
  const refusal = (...removedTags: readonly string[]) => ({ whole: { cause: 'changed', removedTags } });

  it('is deleted once the registry says that the platform still has it', async () => {
    const app = new RemovalRepository(images);
    const answer = await app.remove(['whole', 'b']);
    assert.deepEqual(app.requests, ['head 1.0', 'delete whole', 'delete b']);
    assert.deepEqual(facts(answer, 'whole', 'b').results, { whole: 'removed', b: 'removed' });
  });

  it('is asked about before its own tags are deleted, and again after that', async () => {
    const app = new RemovalRepository(tagged);
    await app.remove(['whole']);
    assert.deepEqual(app.requests, ['head 2.0', 'head 1.0', 'delete tag 2.0', 'head 1.0', 'delete whole']);
  });

  for (const [title, lists, own] of [
    ['with its own tags', tagged, ['head 2.0']],
    ['without tags', images, []],
  ] as const) {
    it(`is kept ${title} if the platform has lost it, or another image has it`, async () => {
      for (const seed of [undefined, 'b']) {
        const app = new RemovalRepository(lists);
        const request = app.approve('whole', 'b');
        app.moveTag('1.0', seed);
        const answer = await app.carryOut(request);
        assert.deepEqual(app.requests, [...own, 'head 1.0']);
        assert.deepEqual(facts(answer, 'whole', 'b'), {
          results: { whole: 'refused', b: 'notSent' },
          refusals: refusal(),
          metrics: counts(0, 0),
        });
      }
    });
  }

  it('is not asked about again once the user has stopped the removal', async () => {
    const app = new RemovalRepository(tagged);
    const abort = new AbortController();
    app.on('delete tag 2.0', () => {
      abort.abort();
    });
    await app.remove(['whole'], abort.signal);
    assert.equal(app.requests.at(-1), 'delete tag 2.0');
  });

  it('is kept if the platform loses it meanwhile', async () => {
    const app = new RemovalRepository(tagged);
    app.on('delete tag 2.0', () => {
      app.moveTag('1.0', undefined);
    });
    const answer = await app.remove(['whole']);
    assert.equal(app.requests.at(-1), 'head 1.0');
    assert.deepEqual(facts(answer, 'whole').refusals, refusal('2.0'));
  });

  it('is deleted if the platform has another one', async () => {
    const app = new RemovalRepository({ ...images, p: { tags: ['1.0', '1.1', '1.2'] } });
    const request = app.approve('whole');
    app.moveTag('1.0', undefined);
    await app.carryOut(request);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1', 'delete whole']);
  });

  it('is deleted after a look if the answer took five seconds, however long each answer takes', async () => {
    const app = new RemovalRepository(images);
    for (const request of ['head 1.0', 'look']) {
      app.on(
        request,
        ...[1, 2, 3].map(() => () => {
          app.pass(5_000);
        }),
      );
    }
    await app.remove(['whole']);
    assert.deepEqual(app.requests, ['head 1.0', 'look', 'delete whole']);
  });

  it('is asked about again if another image was waited for meanwhile', async () => {
    const app = new RemovalRepository({ ...images, first: { parts: [] }, z: { parts: [], tags: ['x'] } });
    app.on('delete tag x', () => {
      app.moveTag('x', undefined);
      throw hubError('notFound');
    });
    app.on('head 1.0', () => untilSent(app, 'delete tag x'));
    await app.remove(['first', 'z', 'whole']);
    assert.deepEqual(app.requests.slice(1), [
      ...['head x', 'head 1.0', 'delete tag x', 'head x'],
      ...['delete z', 'head 1.0', 'delete whole'],
    ]);
  });

  it('is kept if that cannot be found out', async () => {
    const app = new RemovalRepository(images);
    app.on('head 1.0', offline);
    const answer = await app.remove(['whole', 'b']);
    assert.deepEqual(app.requests, ['head 1.0']);
    assert.deepEqual(facts(answer, 'whole', 'b').results, { whole: 'notSent', b: 'notSent' });
  });

  it('is asked about again after a 401', async () => {
    for (const isKept of [true, false]) {
      const app = new RemovalRepository(images);
      app.on('delete whole', () => {
        app.moveTag('1.0', isKept ? 'p' : undefined);
        throw unauthenticated;
      });
      const answer = await app.remove(['whole']);
      const again = isKept ? ['look', 'delete whole'] : [];
      assert.deepEqual(app.requests.slice(2), ['head 1.0', ...again]);
      assert.deepEqual(facts(answer, 'whole').refusals, isKept ? {} : refusal());
    }
  });
});

describe('a removal that is stopped by the user', () => {
  it('withdraws every request that has not been sent yet', async () => {
    const app = new RemovalRepository({ ...plain, s: { tags: [signatureTag('a')] } });
    app.on('delete tag 1.1', unauthenticated);
    const { signal } = new AbortController();
    await app.remove(['a', 'b'], signal);
    assert.ok(app.requests.includes('look') && app.requests.includes('delete s'));
    assert.deepEqual(new Set(app.signals), new Set([signal]));
  });

  it('sends nothing more, and does not look', async () => {
    const app = new RemovalRepository(plain);
    app.pass(5_000);
    const answer = await app.remove(['a', 'b'], AbortSignal.abort());
    assert.deepEqual(app.requests, []);
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'notSent', b: 'notSent' },
      refusals: {},
      metrics: counts(0, 0),
    });
  });

  it('names the tags that an image has lost by then', async () => {
    const app = new RemovalRepository(plain);
    const abort = new AbortController();
    app.on('delete tag 1.0', () => {
      abort.abort();
    });
    const answer = await app.remove(['a', 'b'], abort.signal);
    assert.deepEqual(app.requests, ['head 1.0', 'head 1.1', 'delete tag 1.0']);
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'refused', b: 'notSent' },
      refusals: { a: { cause: 'stopped', removedTags: ['1.0'] } },
      metrics: counts(0, 0, 1),
    });
  });
});

describe('a look during a removal', () => {
  it('that fails leaves the images that wait for it', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', () => {
      app.pass(5_000);
    });
    app.on('look', offline);
    const answer = await app.remove(['b', 'c']);
    assert.deepEqual(app.requests, ['delete b', 'look']);
    assert.deepEqual(facts(answer, 'b', 'c').results, { b: 'removed', c: 'notSent' });
    assert.deepEqual(app.warnings, [offline.message]);
  });

  it('that fails for an index leaves everything else too', async () => {
    const app = new RemovalRepository({ p: {}, whole: { parts: ['p'] } });
    app.pass(5_000);
    app.on('look', offline);
    const answer = await app.remove(['whole', 'p']);
    assert.deepEqual(app.requests, ['look']);
    assert.deepEqual(facts(answer, 'p', 'whole').results, { p: 'notSent', whole: 'notSent' });
  });
});

describe('a look for other images', () => {
  /** An image whose tags are deleted while others are, so that a look for more is taken beside it. */
  const busy: RepositoryImages = { ...plain, d: {}, e: {}, f: {} };
  const seeds = ['b', 'a', 'c', 'd', 'e', 'f'];

  /** The look ends while the image is at this request, and finds what is there by then. */
  const setUp = (during: string) => {
    const app = new RemovalRepository(busy);
    const looked = new Promise<void>((resolve) => {
      app.on('look', async () => {
        await untilSent(app, during);
        app.change({ ...busy, a: { tags: ['1.0', '1.1', 'new'] } });
        setImmediate(resolve); // once the answer has been taken in
      });
    });
    app.on(during, () => looked);
    return app;
  };

  for (const [during, removedTags] of [
    ['head 1.0', []],
    ['delete tag 1.0', ['1.0']],
    ['delete tag 1.1', ['1.0', '1.1']],
  ] as const) {
    it(`that ends at the request "${during}" of one keeps it if it has a new tag`, async () => {
      const app = setUp(during);
      const answer = await app.remove(seeds);
      const own = app.requests.filter((request) => /^delete (?:tag|a)/.test(request));
      assert.deepEqual(
        own,
        removedTags.map((tag) => `delete tag ${tag}`),
      );
      assert.deepEqual(facts(answer, 'a'), {
        results: { a: 'refused' },
        refusals: { a: { cause: 'changed', tag: 'new', removedTags } },
        metrics: counts(5, 0, removedTags.length),
      });
    });
  }
});

describe('a request that deletes and is refused with a 401', () => {
  it('is sent once more for a tag, after a look that renews the token, and another question about the tag', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', unauthenticated);
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests.slice(2), [
      ...['delete tag 1.0', 'look', 'head 1.0', 'delete tag 1.0'],
      ...['delete tag 1.1', 'delete a'],
    ]);
    assert.deepEqual(facts(answer, 'a').metrics, counts(1, 0, 2));
  });

  it('is sent once more for an image, after a look', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', unauthenticated);
    const answer = await app.remove(['b']);
    assert.deepEqual(app.requests, ['delete b', 'look', 'delete b']);
    assert.deepEqual(facts(answer, 'b').results, { b: 'removed' });
  });

  it('is sent once more for an attachment, which is compared as a part of its image', async () => {
    const tag = `${digestOf('a').replace(':', '-')}.sig`;
    const app = new RemovalRepository({ a: {}, s: { tags: [tag] } });
    app.on('delete s', unauthenticated);
    await app.remove(['a']);
    assert.deepEqual(app.requests.slice(-3), ['delete s', 'look', 'delete s']);
  });

  it('is not sent again if the look finds that the image has changed', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', () => {
      app.change({ ...plain, b: { tags: ['new'] } });
      throw unauthenticated;
    });
    const answer = await app.remove(['b', 'c']);
    assert.deepEqual(app.requests, ['delete b', 'look']);
    assert.deepEqual(facts(answer, 'b').refusals, { b: { cause: 'changed', tag: 'new', removedTags: [] } });
    assert.deepEqual(facts(answer, 'b', 'c').results, { b: 'refused', c: 'notSent' });
  });

  it('is not sent again if the look finds another tag at the image', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', () => {
      app.change({ ...plain, a: { tags: ['1.0', '1.1', 'new'] } });
      throw unauthenticated;
    });
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests.slice(2), ['delete tag 1.0', 'look']);
    assert.deepEqual(facts(answer, 'a').refusals, { a: { cause: 'changed', tag: 'new', removedTags: [] } });
  });

  it('is not sent again for an attachment that has a new tag', async () => {
    const tag = signatureTag('a');
    const app = new RemovalRepository({ a: {}, s: { tags: [tag] } });
    app.on('delete s', () => {
      app.change({ s: { tags: ['new'] } });
      throw unauthenticated;
    });
    await app.remove(['a']);
    assert.deepEqual(app.requests.slice(-2), ['delete s', 'look']);
  });

  it('is not sent again if the tag points to another image by then', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', () => {
      app.moveTag('1.0', 'c');
      throw unauthenticated;
    });
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests.slice(2), ['delete tag 1.0', 'look', 'head 1.0']);
    assert.deepEqual(facts(answer, 'a').refusals, { a: { cause: 'tagMoved', tag: '1.0', removedTags: [] } });
  });

  it('is not sent a third time, and nothing follows', async () => {
    for (const seed of ['a', 'b']) {
      const app = new RemovalRepository(plain);
      const request = seed === 'a' ? 'delete tag 1.0' : 'delete b';
      app.on(request, unauthenticated, unauthenticated);
      const answer = await app.remove([seed, 'c']);
      assert.equal(app.requests.filter((each) => each === request).length, 2);
      assert.ok(!app.requests.includes('delete c'));
      assert.deepEqual(facts(answer, seed).refusals, {
        [seed]: { cause: 'notSignedIn', reason: 'expired', removedTags: [] },
      });
    }
  });

  it('is not sent again if the token cannot be renewed, and then that refusal counts', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete tag 1.0', unauthenticated);
    app.on('look', offline);
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests.slice(2), ['delete tag 1.0', 'look']);
    assert.deepEqual(facts(answer, 'a').refusals, {
      a: { cause: 'notSignedIn', reason: 'expired', removedTags: [] },
    });
  });

  it('is not sent again if it was not sent at all', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', hubError('unauthenticated', { neverSent: true }));
    const answer = await app.remove(['b']);
    assert.deepEqual(app.requests, ['delete b']);
    assert.deepEqual(facts(answer, 'b').results, { b: 'notSent' });
  });

  it('is not sent again after any other answer', async () => {
    const app = new RemovalRepository(plain);
    app.on('delete b', hubError('server'));
    await app.remove(['b']);
    assert.deepEqual(app.requests, ['delete b']);
  });

  it('is not sent again once the user has stopped the removal', async () => {
    const app = new RemovalRepository(plain);
    const abort = new AbortController();
    app.on('delete b', () => {
      abort.abort();
      throw unauthenticated;
    });
    const answer = await app.remove(['b'], abort.signal);
    assert.deepEqual(app.requests, ['delete b']);
    assert.deepEqual(facts(answer, 'b').results, { b: 'refused' });
  });
});

describe('a tag that is answered with a 404', () => {
  const images: RepositoryImages = { first: {}, b: { tags: ['x'] }, c: { tags: ['y1', 'y2'] } };

  it('holds every other request back until it is known whether it is gone', async () => {
    for (const isGone of [true, false]) {
      const app = new RemovalRepository(images);
      app.on('delete tag x', hubError('notFound'));
      app.on(
        'head x',
        () => undefined,
        async () => {
          await new Promise(setImmediate);
          app.requests.push('answered');
          if (isGone) {
            app.moveTag('x', undefined);
          }
        },
      );
      const answer = await app.remove(Object.keys(images));
      const next = app.requests.indexOf('delete tag y2');
      assert.equal(next > app.requests.indexOf('answered'), isGone);
      assert.deepEqual(facts(answer, 'b', 'c').results, {
        b: isGone ? 'removed' : 'lost',
        c: isGone ? 'removed' : 'refused',
      });
    }
  });
});

describe('an image that waits for the answer about a tag of another one', () => {
  const images: RepositoryImages = { first: {}, b: { tags: ['x'] }, c: { tags: ['y'] }, other: {} };
  const seeds = ['first', 'b', 'c'];

  /** The answer takes this long. */
  const setUp = (ms: number) => {
    const app = new RemovalRepository(images);
    app.on('delete tag x', hubError('notFound'));
    app.on(
      'head x',
      () => undefined,
      async () => {
        for (let turns = 0; turns < 5; turns += 1) {
          await new Promise(setImmediate); // the other image has come to wait by then
        }
        app.pass(ms);
        app.moveTag('x', undefined);
      },
    );
    return app;
  };

  for (const [ms, heads] of [
    [4_999, []],
    [5_000, ['head y']],
  ] as const) {
    it(`is asked about its own tags ${heads.length > 0 ? 'again' : 'once'} if that takes ${ms} ms`, async () => {
      const app = setUp(ms);
      app.on('head y', () => untilSent(app, 'delete tag x'));
      await app.remove(seeds);
      const since = app.requests.slice(app.requests.lastIndexOf('head x') + 1);
      const own = since.filter((request) => request.endsWith(' y'));
      assert.deepEqual(own, [...heads, 'delete tag y']);
    });
  }

  it('is kept if its tag was moved meanwhile', async () => {
    const app = setUp(5_000);
    app.on(
      'head y',
      () => untilSent(app, 'delete tag x'),
      () => {
        app.moveTag('y', 'other');
      },
    );
    const answer = await app.remove(seeds);
    assert.ok(!app.requests.includes('delete tag y'));
    assert.deepEqual(facts(answer, 'c').refusals, { c: { cause: 'tagMoved', tag: 'y', removedTags: [] } });
  });

  it('is deleted after another look if that takes five seconds', async () => {
    const app = setUp(5_000);
    app.on('delete tag y', () => untilSent(app, 'delete tag x'));
    await app.remove(seeds);
    const since = app.requests.slice(app.requests.lastIndexOf('head x') + 1);
    assert.ok(since.slice(0, since.indexOf('delete c')).includes('look'));
  });
});

describe('requests at the same time that are refused with a 401', () => {
  const images: RepositoryImages = { first: {}, b: {}, c: {}, d: {}, e: { tags: ['e1', 'e2'] } };
  const seeds = Object.keys(images);

  it('are sent again one after the other', async () => {
    const app = new RemovalRepository(images);
    app.on('delete b', unauthenticated, () => new Promise(setImmediate));
    app.on('delete c', unauthenticated);
    const answer = await app.remove(seeds);
    const again = app.requests.lastIndexOf('delete c');
    assert.ok(app.requests.lastIndexOf('delete b') < again);
    assert.deepEqual(
      Object.values(facts(answer, ...seeds).results),
      seeds.map(() => 'removed'),
    );
  });

  it('are not sent again where the first of them is refused once more', async () => {
    const app = new RemovalRepository(images);
    app.on('delete b', unauthenticated, unauthenticated);
    app.on('delete c', unauthenticated);
    const answer = await app.remove(['first', 'b', 'c']);
    assert.deepEqual(app.requests, ['delete first', 'delete b', 'delete c', 'look', 'delete b']);
    assert.deepEqual(facts(answer, 'first', 'b', 'c').results, {
      first: 'removed',
      b: 'refused',
      c: 'refused',
    });
  });

  it('hold every other request back until they are answered', async () => {
    const app = new RemovalRepository(images);
    app.on('delete b', unauthenticated, async () => {
      await new Promise(setImmediate);
      app.requests.push('answered');
    });
    const answer = await app.remove(seeds);
    const again = app.requests.lastIndexOf('delete b');
    assert.equal(app.requests[again + 1], 'answered', 'nothing in between');
    assert.ok(app.requests.indexOf('delete tag e2') > again, 'it was held back');
    assert.deepEqual(
      Object.values(facts(answer, ...seeds).results),
      seeds.map(() => 'removed'),
    );
  });
});

describe('attachments of removed images', () => {
  const signed: RepositoryImages = { a: {}, b: {}, s: { tags: [signatureTag('a')] } };
  const tag = signatureTag('a');

  it('are deleted last, once the registry says that their image is gone', async () => {
    const app = new RemovalRepository(signed);
    const answer = await app.remove(['a', 'b']);
    assert.deepEqual(app.requests, [
      ...['delete a', 'delete b', 'head a'],
      ...[`head ${tag}`, `delete tag ${tag}`, 'delete s'],
    ]);
    assert.deepEqual(facts(answer, 'a', 'b', 's'), {
      results: { a: 'removed', b: 'removed' },
      refusals: {},
      metrics: counts(3, 0, 1),
    });
  });

  it('are kept with an image that the registry still has, whatever it has answered', async () => {
    const app = new RemovalRepository(signed);
    app.on('delete a', { kind: 'deleted' });
    const answer = await app.remove(['a']);
    assert.deepEqual(app.requests, ['delete a', 'head a']);
    assert.deepEqual(facts(answer, 'a').metrics, counts(1, 0));
  });

  it('are kept with an image that was not removed', async () => {
    const app = new RemovalRepository({ ...signed, z: { subject: 'b' } });
    app.on('delete a', offline);
    await app.remove(['a', 'b']);
    assert.deepEqual(app.requests, ['delete a']);
  });

  it('wait for their own image only', async () => {
    const app = new RemovalRepository({ ...signed, t: { tags: [signatureTag('b')] } });
    await app.remove(['a', 'b']);
    const other = signatureTag('b');
    assert.deepEqual(app.requests.slice(2), [
      ...['head a', `head ${tag}`, `delete tag ${tag}`, 'delete s'],
      ...['head b', `head ${other}`, `delete tag ${other}`, 'delete t'],
    ]);
  });

  it('are deleted although it is unknown what belongs to another image', async () => {
    const index = 'application/vnd.docker.distribution.manifest.list.v2+json';
    const app = new RemovalRepository({ ...signed, a: { tags: ['1.0'] }, whole: { mediaType: index } });
    await app.remove(['whole', 'a']);
    assert.equal(app.requests.at(-1), 'delete s');
  });

  it('are deleted although a look has found that their image is gone', async () => {
    const app = new RemovalRepository(signed);
    app.on('delete a', () => {
      app.pass(5_000);
      app.change({ b: {}, s: { tags: [tag] } });
    });
    await app.remove(['a', 'b']);
    assert.deepEqual(app.requests, [
      ...['delete a', 'look', 'delete b', 'head a'],
      ...[`head ${tag}`, `delete tag ${tag}`, 'delete s'],
    ]);
  });

  it('are not deleted without an image of the request', async () => {
    const app = new RemovalRepository(plain);
    await app.carryOut({ ...app.approve('b'), attachments: [imageOf('c')] });
    assert.deepEqual(app.requests, ['delete b']);
  });

  it('follow what they are attached to', async () => {
    const images = { a: {}, z: { subject: 'y' }, y: { subject: 'x' }, x: { subject: 'a' } };
    const app = new RemovalRepository(images);
    const request = app.approve('a');
    await app.carryOut({ ...request, attachments: [...request.attachments].reverse() });
    const deleted = app.requests.filter((request) => request.startsWith('delete'));
    assert.deepEqual(deleted, ['delete a', 'delete x', 'delete y', 'delete z']);
  });

  it('are kept with a platform that stays where its index goes', async () => {
    const images = { p: {}, whole: { parts: ['p'] }, s: { subject: 'p' } };
    const app = new RemovalRepository(images);
    await app.remove(['whole']);
    assert.deepEqual(app.requests, ['delete whole', 'head whole', 'head p']);
  });

  it('that are refused do not change the result of their image, but count as an error', async () => {
    const app = new RemovalRepository({ ...signed, z: { subject: 'b' } });
    app.on('delete s', { kind: 'denied' });
    const answer = await app.remove(['a', 'b']);
    assert.equal(app.requests.at(-1), 'delete s');
    assert.deepEqual(facts(answer, 'a', 'b'), {
      results: { a: 'removed', b: 'removed' },
      refusals: {},
      metrics: counts(2, 1, 1),
    });
    assert.ok('endsDeletion' in answer);
  });

  it('with a tag that points elsewhere are kept', async () => {
    const app = new RemovalRepository(signed);
    const request = app.approve('a');
    app.moveTag(tag, 'b');
    const answer = await app.carryOut(request);
    assert.deepEqual(app.requests, ['delete a', 'head a', `head ${tag}`]);
    assert.deepEqual(facts(answer, 'a').metrics, counts(1, 0));
    assert.ok('endsDeletion' in answer, 'although every image is deleted');
  });

  for (const [title, found] of [
    ['has a new tag', { s: { tags: [tag, 'new'] } }],
    ['has a new attachment', { s: { tags: [tag] }, t: { subject: 's' } }],
  ] as const) {
    it(`are kept if a look finds that one of them ${title}`, async () => {
      const app = new RemovalRepository({ ...signed, z: { subject: 'b' } });
      app.on('delete a', () => {
        app.pass(5_000);
        app.change({ b: {}, ...found, z: { subject: 'b' } });
      });
      const answer = await app.remove(['a', 'b']);
      assert.deepEqual(app.requests, ['delete a', 'look', 'delete b', 'head a', `head ${tag}`]);
      assert.deepEqual(facts(answer, 'a', 'b'), {
        results: { a: 'removed', b: 'removed' },
        refusals: {},
        metrics: counts(2, 0),
      });
      assert.ok('endsDeletion' in answer);
    });
  }

  it('are deleted after another look if that was five seconds ago', async () => {
    const app = new RemovalRepository(signed);
    app.on(`delete tag ${tag}`, () => {
      app.pass(5_000);
    });
    await app.remove(['a']);
    assert.deepEqual(app.requests.slice(-3), [`delete tag ${tag}`, 'look', 'delete s']);
  });

  it('are kept if it cannot be found out whether their image is gone, and so are all others', async () => {
    const app = new RemovalRepository({ ...signed, z: { subject: 'b' } });
    app.on('head a', offline);
    const answer = await app.remove(['a', 'b']);
    assert.deepEqual(app.requests, ['delete a', 'delete b', 'head a']);
    assert.deepEqual(facts(answer, 'a').metrics, counts(2, 0));
    assert.deepEqual(app.warnings, [offline.message]);
  });

  it('are kept once the user has stopped the removal', async () => {
    const app = new RemovalRepository(signed);
    const abort = new AbortController();
    app.on('delete a', () => {
      abort.abort();
    });
    const answer = await app.remove(['a'], abort.signal);
    assert.deepEqual(app.requests, ['delete a']);
    assert.deepEqual(facts(answer, 'a').metrics, counts(1, 0));
  });
});
