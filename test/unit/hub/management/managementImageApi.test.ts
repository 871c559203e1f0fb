import assert from 'node:assert/strict';
import { planDeletion } from '../../../../src/hub/deletion/plan';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import type { DeletionAnswer } from '../../../../src/hub/deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../../../../src/hub/deletionRequest';
import { parseDigest } from '../../../../src/hub/digest';
import { acceptanceKinds } from '../../../../src/hub/findings';
import type { ImagesOrdering } from '../../../../src/hub/imageApi';
import { ManagementImageApi } from '../../../../src/hub/management/managementImageApi';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { expireOnArrival } from '../../../support/expireOnArrival';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { withSandbox } from '../../../support/sandbox';

const now = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const at = (text: string) => new Date(`${text}T00:00:00Z`);
const digests = {
  latest: parseDigest(digestOf('latest')),
  former: parseDigest(digestOf('former')),
  untagged: parseDigest(digestOf('untagged')),
  unknown: parseDigest(digestOf('unknown')),
  index: parseDigest(digestOf('index')),
  child: parseDigest(digestOf('child')),
};

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  world.addUser(sandboxAccounts.free);
  world.addOrganisation('acme', { demo: 'read' });
  world.addRepository('acme/app').push({ digest: digests.latest, at: at('2025-11-01') });
  const app = world.addRepository('demo/app');
  app.push({ digest: digests.former, tags: ['latest'], at: at('2025-10-01') });
  app.push({ digest: digests.latest, tags: ['latest', '1.0'], at: at('2026-01-20') });
  app.push({ digest: digests.untagged, at: at('2025-09-01') });
  app.push({ digest: digests.unknown });
  app.push({ digest: digests.index, tags: ['multi'], at: at('2025-08-01'), children: [digests.child] });
  app.pull(digests.untagged, at('2025-09-15'));
  return world;
}

describe('ManagementImageApi', () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now }));
  let token: string;

  function createApi(username = 'demo', options: Parameters<typeof createTestClient>[1] = {}) {
    token = hub.sandbox.tokens.issue(username);
    const client = createTestClient(hub.url, { accessToken: () => Promise.resolve(token), ...options });
    return Object.assign(new ManagementImageApi(client.http), { log: client.log });
  }

  const bodyOf = (index: number) => hub.exchanges[index]?.requestBody;

  describe('getSummary', () => {
    it('counts against the instant that was given', async () => {
      const summary = await createApi().getSummary(repository, { activeFrom });
      assert.deepEqual(summary, { activeFrom, total: 6, active: 1, inactive: 5 });
      const [exchange] = hub.exchanges;
      assert.equal(exchange?.path, '/v2/namespaces/demo/repositories/app/images-summary');
      assert.deepEqual(exchange.query, { active_from: '2025-12-01T00:00:00.000Z' });
    });

    it('tells the instant that the server chose', async () => {
      const summary = await createApi().getSummary(repository, {});
      assert.deepEqual(summary.activeFrom, new Date('2025-12-31T12:00:00Z'));
      assert.deepEqual(hub.exchanges[0]?.query, {});
    });

    const broken: [rule: string, body: unknown, reason: string][] = [
      ['no statistics', { active_from: '2025-12-01T00:00:00Z' }, 'statistics: missing'],
      [
        'a count that is text',
        { active_from: '2025-12-01T00:00:00Z', statistics: { total: '6', active: 1, inactive: 5 } },
        'statistics.total: expected a whole number',
      ],
      [
        'a negative count',
        { active_from: '2025-12-01T00:00:00Z', statistics: { total: 6, active: -1, inactive: 7 } },
        'statistics.active: expected no negative number',
      ],
      ['no instant', { statistics: { total: 6, active: 1, inactive: 5 } }, 'active_from: missing'],
    ];
    for (const [rule, body, reason] of broken) {
      it(`refuses ${rule}`, async () => {
        hub.faults.add({ fault: { kind: 'transformBody', transform: () => body } });
        const error = await rejectsWith('protocol', createApi().getSummary(repository, {}));
        assert.equal(error.reason, reason);
      });
    }
  });

  describe('listImages', () => {
    const list = async (query: Partial<Parameters<ManagementImageApi['listImages']>[1]> = {}) =>
      createApi().listImages(repository, { page: 1, pageSize: 100, activeFrom, ...query });

    it('reads images with their tags, times and status', async () => {
      const { count, images, hasNext } = await list();
      assert.deepEqual([count, images.length, hasNext], [6, 6, false]);
      const find = (digest: string): Image | undefined => images.find((image) => image.digest === digest);
      assert.deepEqual(find(digests.latest), {
        digest: digests.latest,
        tags: [
          { name: 'latest', isCurrent: true },
          { name: '1.0', isCurrent: true },
        ],
        lastPushed: at('2026-01-20'),
        lastPulled: undefined,
        status: 'active',
      });
      assert.deepEqual(find(digests.former)?.tags, [{ name: 'latest', isCurrent: false }]);
      assert.deepEqual(find(digests.untagged)?.lastPulled, at('2025-09-15'));
      assert.equal(find(digests.unknown)?.lastPushed, undefined);
      assert.equal(find(digests.unknown)?.status, 'inactive');
    });

    it('sends every parameter as the contract spells it', async () => {
      await list({ status: 'inactive', ordering: '-last_activity', page: 2, pageSize: 2 });
      assert.deepEqual(hub.exchanges[0]?.query, {
        status: 'inactive',
        ordering: '-last_activity',
        active_from: '2025-12-01T00:00:00.000Z',
        page: '2',
        page_size: '2',
      });
    });

    it('leaves out what was not asked for', async () => {
      await createApi().listImages(repository, { page: 1, pageSize: 10 });
      assert.deepEqual(hub.exchanges[0]?.query, { page: '1', page_size: '10' });
    });

    for (const ordering of [
      '-last_activity',
      'last_activity',
      'digest',
      '-digest',
    ] satisfies ImagesOrdering[]) {
      it(`leaves the order to the server: ${ordering}`, async () => {
        const { images } = await list({ ordering });
        const listed = hub.exchanges[0]?.responseBody as { results: { digest: string }[] }; // of the sandbox
        assert.deepEqual(
          images.map(({ digest }) => String(digest)),
          listed.results.map(({ digest }) => digest),
        );
      });
    }

    it('says whether a page follows', async () => {
      assert.equal((await list({ pageSize: 4 })).hasNext, true);
      assert.equal((await list({ pageSize: 4, page: 2 })).hasNext, false);
    });

    it('sends no request for a page that is too large', async () => {
      await assert.rejects(list({ pageSize: 101 }), new RangeError('a page holds at most 100 images'));
      assert.equal(hub.exchanges.length, 0);
    });

    it('says that the plan forbids it', async () => {
      const free = parseRepositoryRef('free/app');
      hub.world.addRepository('free/app');
      const error = await rejectsWith(
        'forbidden',
        createApi('free').listImages(free, { page: 1, pageSize: 10 }),
      );
      assert.ok(error.reason);
    });

    const results = (changes: object) => ({
      count: 1,
      next: null,
      previous: null,
      results: [
        { namespace: 'demo', repository: 'app', digest: digests.latest, status: 'active', ...changes },
      ],
    });
    const answerWith = (body: unknown) =>
      hub.faults.add({ fault: { kind: 'transformBody', transform: () => body } });

    for (const tags of [{}, { tags: null }, { tags: [] }]) {
      for (const times of [
        {},
        { last_pushed: null, last_pulled: null },
        { last_pushed: '', last_pulled: '0001-01-01T00:00:00Z' },
      ]) {
        it(`reads an image with ${JSON.stringify({ ...tags, ...times })}`, async () => {
          answerWith(results({ ...tags, ...times }));
          const [image] = (await list()).images;
          assert.deepEqual(image, {
            digest: digests.latest,
            tags: [],
            lastPushed: undefined,
            lastPulled: undefined,
            status: 'active',
          });
        });
      }
    }

    it('accepts a digest that is not hexadecimal', async () => {
      const digest = 'sha256:zyxwvutsrqponmlkjihgzyxwvutsrqponmlkjihgzyxwvutsrqponmlkjihg1234';
      answerWith(results({ digest }));
      assert.equal((await list()).images[0]?.digest, digest);
    });

    const broken: [changes: object, reason: string][] = [
      [{ digest: 'latest' }, 'digest: expected a digest'],
      [{ digest: null }, 'digest: expected a digest'],
      [{ status: 'stale' }, 'status: expected active or inactive'],
      [{ status: undefined }, 'status: missing'],
      [{ last_pushed: 5 }, 'last_pushed: expected a time'],
      [{ tags: ['latest'] }, 'tags[0]: expected an object'],
      [{ tags: [{ tag: 'latest' }] }, 'tags[0].is_current: missing'],
      [{ namespace: undefined }, 'namespace: missing'],
    ];
    for (const [changes, reason] of broken) {
      it(`sets an entry apart that cannot be read, with ${JSON.stringify(changes)}: ${reason}`, async () => {
        const good = results({});
        answerWith({ ...good, count: 2, results: [...results(changes).results, ...good.results] });
        const page = await list();
        assert.deepEqual(page.unread, [{ position: 0, count: 1, reason }]);
        assert.deepEqual(page.gaps, ['entriesUnread']);
        assert.deepEqual([page.count, page.images.length], [2, 1]);
      });
    }

    it('refuses a list with an image of another repository', async () => {
      answerWith(results({ repository: 'other' }));
      const error = await rejectsWith('protocol', list());
      assert.equal(error.reason, 'results[0]: an image of another repository');
    });

    it('refuses a next link on another host', async () => {
      answerWith({ ...results({}), next: 'https://evil.example.com/?page=2' });
      const error = await rejectsWith('protocol', list());
      assert.equal(error.reason, 'next: leads to another server, https://evil.example.com');
    });

    it('says that the server does not offer it any more', async () => {
      hub.faults.add({ fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } } });
      await rejectsWith('gone', list());
    });

    it('repeats a reading after a fault, and after signing in again', async () => {
      hub.faults.add({ fault: { kind: 'status', status: 502, body: '<html></html>' } });
      hub.faults.add({ fault: { kind: 'resetBeforeEffect' }, on: { nth: 2 } });
      const api = createApi('demo', {
        onUnauthenticated: () => {
          token = hub.sandbox.tokens.issue('demo');
          return Promise.resolve(true);
        },
      });
      hub.sandbox.tokens.revokeAll();
      assert.equal((await api.listImages(repository, { page: 1, pageSize: 10 })).count, 6);
      assert.deepEqual(
        hub.exchanges.map(({ status }) => status),
        [502, undefined, 401, 200],
      );
    });
  });

  const requestFor = (...chosen: readonly (keyof typeof digests)[]): DeletionRequest => ({
    repository,
    activeFrom,
    digests: chosen.map((name) => digests[name]),
  });
  const manifestsOf = (...chosen: readonly (keyof typeof digests)[]) =>
    chosen.map((name) => ({ repository: 'app', digest: digests[name] }));
  const metrics = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };

  describe('dryRun', () => {
    it('sends the images, the instant, dry_run and no warning to ignore', async () => {
      const answer = await createApi().dryRun(requestFor('untagged', 'former'));
      assert.equal(answer.kind, 'completed');
      assert.equal(hub.exchanges[0]?.path, '/v2/namespaces/demo/delete-images');
      assert.deepEqual(bodyOf(0), {
        dry_run: true,
        active_from: '2025-12-01T00:00:00.000Z',
        manifests: manifestsOf('untagged', 'former'),
      });
      assert.equal(hub.world.repository('demo/app').size, 6);
    });

    it('gives warnings and blockers as they came', async () => {
      const answer = await createApi().dryRun(requestFor('latest', 'child'));
      assert.ok(answer.kind === 'refused');
      assert.deepEqual(answer.blockers, [
        { repository: 'app', digest: digests.child, error: 'child_manifest' },
      ]);
      assert.deepEqual(answer.warnings, [
        { repository: 'app', digest: digests.latest, warning: 'is_active' },
        { repository: 'app', digest: digests.latest, warning: 'current_tag', tags: ['latest', '1.0'] },
      ]);
      assert.match(answer.txnid ?? '', /\S/);
    });

    it('is repeated after a fault: it has no effect', async () => {
      hub.faults.add({ fault: { kind: 'resetAfterEffect' } });
      assert.equal((await createApi().dryRun(requestFor('untagged'))).kind, 'completed');
      assert.equal(hub.exchanges.length, 2);
    });

    it('stops everything when the answer is that of a deletion', async () => {
      hub.faults.add({
        fault: { kind: 'transformBody', transform: (body) => ({ ...(body as object), dry_run: false }) }, // of the sandbox
      });
      const error = await rejectsWith('dryRunMismatch', createApi().dryRun(requestFor('untagged')));
      assert.deepEqual(
        [error.method, error.path, error.status],
        ['POST', '/v2/namespaces/demo/delete-images', 200],
      );
      assert.equal(hub.exchanges.length, 1);
    });

    it('needs the role to delete', async () => {
      const answer = await createApi().dryRun({
        ...requestFor('latest'),
        repository: parseRepositoryRef('acme/app'),
      });
      assert.ok(answer.kind === 'refused');
      assert.deepEqual(answer.blockers, [
        { repository: 'app', digest: digests.latest, error: 'unauthorized' },
      ]);
    });

    it('says that the plan forbids it', async () => {
      await rejectsWith('forbidden', createApi('free').dryRun(requestFor('latest')));
    });
  });

  describe('answers to delete-images', () => {
    const success = {
      dry_run: true,
      metrics: { manifest_deletes: 2, manifest_errors: 1, tag_deletes: 3, tag_errors: 0 },
    };
    const findings = (errors: unknown, warnings: unknown) => ({
      txnid: 'tx-1',
      message: 'validation error',
      errinfo: { type: 'validation', details: { errors, warnings } },
    });
    const warning = { repository: 'app', digest: digests.latest, warning: 'current_tag', tags: ['b', 'a'] };
    const blocker = { repository: 'app', digest: digests.latest, error: 'not_found' };
    const dryRunWith = (status: number, body: unknown): Promise<DeletionAnswer> => {
      hub.faults.add({ fault: { kind: 'status', status, body } });
      return createApi().dryRun(requestFor('latest'));
    };

    it('reads the metrics', async () => {
      assert.deepEqual(await dryRunWith(200, success), {
        kind: 'completed',
        metrics: { manifestDeletes: 2, manifestErrors: 1, tagDeletes: 3, tagErrors: 0 },
      });
    });

    const refusals: [rule: string, errors: unknown, warnings: unknown, expected: unknown][] = [
      ['no errors', null, [warning], { warnings: [warning], blockers: [] }],
      ['no warnings', [blocker], undefined, { warnings: [], blockers: [blocker] }],
      [
        'tags in the order in which they came, and no field that is unknown',
        [],
        [{ ...warning, more: 1 }],
        { warnings: [warning], blockers: [] },
      ],
      [
        'tags that are null as absent',
        [],
        [{ ...warning, tags: null }],
        { warnings: [{ repository: 'app', digest: digests.latest, warning: 'current_tag' }], blockers: [] },
      ],
      [
        'tags that are an empty list as they came',
        [],
        [{ ...warning, tags: [] }],
        { warnings: [{ ...warning, tags: [] }], blockers: [] },
      ],
    ];
    for (const [rule, errors, warnings, expected] of refusals) {
      it(`reads a refusal: ${rule}`, async () => {
        assert.deepEqual(await dryRunWith(400, findings(errors, warnings)), {
          kind: 'refused',
          txnid: 'tx-1',
          ...(expected as object), // warnings and blockers, above
        });
      });
    }

    const rejected: [body: unknown, reason: string][] = [
      [{ message: 'httperror 400: validation error' }, 'httperror 400: validation error'],
      [{ message: 'no', errinfo: {} }, 'no'],
      [{ message: 'no', errinfo: { details: null } }, 'no'],
      [{ message: 'no', errinfo: { details: 'too many images' } }, 'too many images'],
      [findings([], []), 'validation error'],
      [findings(null, undefined), 'validation error'],
      ['<html></html>', 'Bad Request'],
    ];
    for (const [body, reason] of rejected) {
      it(`takes a 400 that names no image for a rejection: ${JSON.stringify(body).slice(0, 60)}`, async () => {
        const error = await rejectsWith('rejected', dryRunWith(400, body));
        assert.deepEqual([error.status, error.reason], [400, reason]);
      });
    }

    const wrong: [status: number, body: unknown, reason: string][] = [
      [200, { metrics: success.metrics }, 'dry_run: missing'],
      [200, { dry_run: 'true', metrics: success.metrics }, 'dry_run: expected true or false'],
      [200, { dry_run: true }, 'metrics: missing'],
      [
        200,
        { dry_run: true, metrics: { ...success.metrics, tag_errors: -1 } },
        'metrics.tag_errors: expected no negative number',
      ],
      [
        200,
        { dry_run: true, metrics: { ...success.metrics, manifest_deletes: 1.5 } },
        'metrics.manifest_deletes: expected a whole number',
      ],
      [
        200,
        { dry_run: true, metrics: { ...success.metrics, tag_deletes: null } },
        'metrics.tag_deletes: expected a whole number',
      ],
      [400, findings('none', []), 'errinfo.details.errors: expected a list'],
      [
        400,
        findings([{ ...blocker, error: 'tired' }], []),
        'errinfo.details.errors[0].error: expected not_found or unauthorized or child_manifest',
      ],
      [
        400,
        findings([], [warning, { ...warning, warning: 'tired' }]),
        'errinfo.details.warnings[1].warning: expected is_active or current_tag',
      ],
      [400, findings([], [{ ...warning, tags: [7] }]), 'errinfo.details.warnings[0].tags[0]: expected text'],
      [
        400,
        findings([], [{ ...warning, digest: digests.former }]),
        'errinfo.details: names an image that was not in the request',
      ],
      [
        400,
        findings([blocker], [warning, { ...warning, digest: digests.former }]),
        'errinfo.details: names an image that was not in the request',
      ],
      [
        400,
        findings([{ ...blocker, repository: 'other' }], []),
        'errinfo.details: names an image that was not in the request',
      ],
    ];
    for (const [status, body, reason] of wrong) {
      it(`refuses ${status}: ${reason}`, async () => {
        const error = await rejectsWith('protocol', dryRunWith(status, body));
        assert.equal(error.reason, reason);
        assert.equal(hub.exchanges.length, 1);
      });
    }
  });

  describe('deleteImages', () => {
    /** What a person would approve who accepts every warning. */
    async function approve(...chosen: readonly (keyof typeof digests)[]): Promise<ReviewedRequest> {
      const api = createApi();
      const { images } = await api.listImages(repository, { page: 1, pageSize: 100, activeFrom });
      const wanted = new Set<string>(chosen.map((name) => digests[name]));
      const planned = images
        .filter(({ digest }) => wanted.has(digest))
        .map((image) => ({ repository, image }));
      const review = new DeletionReview(
        planDeletion({ origin: hub.url, scope: 'chosen', activeFrom, images: planned }),
      );
      const answer = await api.dryRun({
        repository,
        activeFrom,
        digests: planned.map(({ image }) => image.digest),
      });
      review.record(planned, answer, false);
      review.recordSurvey(repository, { repository, activeFrom, images }, false);
      acceptanceKinds.forEach((kind) => review.acceptAll(kind, true));
      const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(25);
      assert.ok(request);
      return request;
    }
    const sent = () => hub.exchanges.slice(2);

    it('sends dry_run false and exactly the accepted warnings', async () => {
      const request = await approve('latest');
      const answer = await createApi().deleteImages(request);
      assert.deepEqual(answer, {
        kind: 'completed',
        metrics: { ...metrics, manifestDeletes: 2, tagDeletes: 2 }, // with the image that formerly held latest
      });
      assert.deepEqual(
        sent().flatMap(({ method, requestBody }) => (method === 'POST' ? [requestBody] : [])),
        [
          {
            dry_run: false,
            active_from: '2025-12-01T00:00:00.000Z',
            manifests: manifestsOf('latest'),
            ignore_warnings: [
              { repository: 'app', digest: digests.latest, warning: 'is_active' },
              { repository: 'app', digest: digests.latest, warning: 'current_tag', tags: ['latest', '1.0'] },
            ],
          },
        ],
      );
    });

    it('sends an empty list where there was nothing to accept', async () => {
      await createApi().deleteImages(await approve('untagged'));
      assert.deepEqual((sent()[0]?.requestBody as { ignore_warnings: unknown }).ignore_warnings, []); // sent above
    });

    it('deletes nothing when there is a new warning, and gives it', async () => {
      const request = await approve('untagged', 'former');
      hub.world.repository('demo/app').pull(digests.untagged, at('2026-01-25'));
      const answer = await createApi().deleteImages(request);
      assert.ok(answer.kind === 'refused');
      assert.deepEqual(answer.warnings, [
        { repository: 'app', digest: digests.untagged, warning: 'is_active' },
      ]);
      assert.equal(hub.world.repository('demo/app').size, 6);
    });

    it('stops everything when the answer is that of a dry run', async () => {
      const request = await approve('untagged');
      hub.faults.add({
        fault: { kind: 'transformBody', transform: (body) => ({ ...(body as object), dry_run: true }) }, // of the sandbox
      });
      await rejectsWith('dryRunMismatch', createApi().deleteImages(request));
      assert.equal(sent().length, 1);
    });

    const faults = [
      ['resetBeforeEffect', { kind: 'resetBeforeEffect' }, 'network'],
      ['resetAfterEffect', { kind: 'resetAfterEffect' }, 'network'],
      ['429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 'rateLimited'],
      ['500', { kind: 'status', status: 500 }, 'server'],
      ['503', { kind: 'status', status: 503 }, 'server'],
      ['403', { kind: 'status', status: 403 }, 'forbidden'],
      ['truncated JSON', { kind: 'truncatedJson' }, 'protocol'],
      ['a hang', { kind: 'hang' }, 'timeout'],
      ['a hang after the effect', { kind: 'hang', afterEffect: true }, 'timeout'],
    ] as const;
    for (const [rule, fault, kind] of faults) {
      it(`is sent once, whatever happens: ${rule}`, async () => {
        const request = await approve('untagged');
        hub.faults.add({ fault });
        let asked = 0;
        const api = createApi('demo', { onUnauthenticated: () => Promise.resolve(++asked > 0) });
        const deleting = () => api.deleteImages(request);
        await rejectsWith(
          kind,
          kind === 'timeout' ? expireOnArrival(deleting, () => sent().length > 0) : deleting(),
        );
        assert.equal(sent().length, 1);
        assert.equal(asked, 0);
      });
    }

    describe('after a 401', () => {
      const refused = { kind: 'status', status: 401, body: { message: 'expired' } } as const;
      const on = { when: ({ method }: { readonly method: string }) => method === 'POST' };
      let asked: number;

      /** Signs in again whenever it is asked to. */
      function createRenewing(signsIn = true) {
        asked = 0;
        return createApi('demo', {
          accessToken: () => Promise.resolve(token),
          onUnauthenticated: () => {
            asked += 1;
            token = hub.sandbox.tokens.issue('demo');
            return Promise.resolve(signsIn);
          },
        });
      }
      const statuses = () => sent().map(({ method, status }) => `${method} ${status ?? 'no answer'}`);

      it('renews the sign-in and sends the same request once more', async () => {
        const request = await approve('untagged');
        const api = createRenewing();
        hub.sandbox.tokens.revokeAll();
        const answer = await api.deleteImages(request);
        assert.ok(answer.kind === 'completed');
        assert.equal(answer.metrics.manifestDeletes, 1);
        assert.equal(asked, 1);
        assert.deepEqual(statuses(), ['POST 401', 'GET 401', 'GET 200', 'POST 200']);
        assert.deepEqual(sent()[3]?.requestBody, sent()[0]?.requestBody);
      });

      it('takes a second 401 for a refusal', async () => {
        const request = await approve('untagged');
        hub.faults.add({ on, times: 'always', fault: refused });
        const error = await rejectsWith('unauthenticated', createRenewing().deleteImages(request));
        assert.equal(error.reason, 'expired');
        assert.equal(error.neverSent, false);
        assert.deepEqual(statuses(), ['POST 401', 'GET 200', 'POST 401']);
        assert.equal(hub.world.repository('demo/app').size, 6);
      });

      it('sends nothing more if nobody signs in again', async () => {
        const request = await approve('untagged');
        const api = createRenewing(false);
        hub.sandbox.tokens.revokeAll();
        hub.faults.add({ on: { when: ({ method }) => method === 'GET' }, times: 'always', fault: refused });
        await rejectsWith('unauthenticated', api.deleteImages(request));
        assert.deepEqual(statuses(), ['POST 401', 'GET 401']);
      });

      it('sends nothing more if it is cancelled while the sign-in is renewed', async () => {
        const request = await approve('untagged');
        const abort = new AbortController();
        token = hub.sandbox.tokens.issue('demo');
        const client = createTestClient(hub.url, {
          accessToken: () => Promise.resolve(token),
          onUnauthenticated: () => {
            abort.abort();
            return Promise.resolve(false);
          },
        });
        hub.sandbox.tokens.revokeAll();
        const api = new ManagementImageApi(client.http);
        await rejectsWith('unauthenticated', api.deleteImages(request, abort.signal));
        assert.deepEqual(statuses(), ['POST 401', 'GET 401']);
      });

      for (const [rule, fault, kind] of faults) {
        it(`is not sent a third time: ${rule}`, async () => {
          const request = await approve('untagged');
          hub.faults.add({ on, fault: refused });
          hub.faults.add({ on: { ...on, nth: 2 }, fault });
          const api = createApi('demo');
          const deleting = () => api.deleteImages(request);
          const posts = () => sent().filter(({ method }) => method === 'POST').length;
          await rejectsWith(
            kind,
            kind === 'timeout' ? expireOnArrival(deleting, () => posts() === 2) : deleting(),
          );
          assert.equal(posts(), 2);
        });
      }

      it('is not sent again if something has changed meanwhile', async () => {
        const request = await approve('latest');
        hub.faults.add({ on, fault: refused });
        hub.faults.add({
          on: { when: ({ method }) => method === 'GET', nth: 2 },
          fault: {
            kind: 'before',
            change: (world) => {
              world.repository('demo/app').push({
                digest: digestOf('new'),
                tags: ['1.0'],
                at: at('2026-01-30'),
              });
            },
          },
        });
        const answer = await createRenewing().deleteImages(request);
        assert.ok(answer.kind === 'completed');
        assert.deepEqual(
          [...(answer.refusals ?? [])],
          [[digests.latest, { cause: 'tagMoved', tag: '1.0', removedTags: [] }]],
        );
        assert.deepEqual(statuses(), ['GET 200', 'POST 401', 'GET 200']);
      });
    });

    it('sends nothing when it was cancelled before', async () => {
      const request = await approve('untagged');
      await rejectsWith('cancelled', createApi().deleteImages(request, AbortSignal.abort()));
      assert.equal(sent().length, 0);
    });
  });
});
