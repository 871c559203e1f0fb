import assert from 'node:assert/strict';
import { digestOf } from '../../../src/sandbox/digestOf';
import type { ManifestError, ManifestWarning } from '../../../src/sandbox/deletion';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient, type DeletionBody } from './client';
import {
  absent,
  amd64,
  daysAgo,
  first,
  free,
  index,
  now,
  outsider,
  owner,
  second,
  smallWorld,
  third,
  unknownTimes,
  writer,
} from './smallWorld';

interface Request {
  readonly dry_run?: boolean;
  readonly active_from?: string;
  readonly manifests?: readonly { readonly repository: string; readonly digest: string }[];
  readonly ignore_warnings?: readonly ManifestWarning[];
}

const noMetrics = { manifest_deletes: 0, manifest_errors: 0, tag_deletes: 0, tag_errors: 0 };
const isActive = { repository: 'app', digest: third, warning: 'is_active' } as const;
const currentTag = { repository: 'app', digest: third, warning: 'current_tag', tags: ['latest'] } as const;

function of(repository: string, ...digests: readonly string[]): Request {
  return { manifests: digests.map((digest) => ({ repository, digest })) };
}

function error(repository: string, digest: string, kind: ManifestError['error']): ManifestError {
  return { repository, digest, error: kind };
}

describe('sandbox delete-images', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => now }));

  const isThere = (digest: string, repository = 'team/app') =>
    hub.world.repository(repository).get(digest) !== undefined;

  async function send(request: Request, account: { username: string; password: string } = owner) {
    const client = await signIn(hub.url, account);
    return client.deleteImages('team', request);
  }

  async function findings(request: Request, account?: { username: string; password: string }) {
    const before = hub.world.repository('team/app').revision;
    const { status, body } = await send(request, account);
    assert.equal(status, 400);
    assert.equal(body.errinfo?.type, 'validation');
    assert.equal(hub.world.repository('team/app').revision, before, 'nothing was deleted');
    return body.errinfo.details;
  }

  it('deletes an inactive, untagged image without a warning', async () => {
    const answer = await send(of('app', first));
    assert.deepEqual(answer.body, { dry_run: false, metrics: { ...noMetrics, manifest_deletes: 1 } });
    assert.equal(isThere(first), false);
    assert.equal(isThere(second), true);
  });

  it('deletes nothing in a dry run, and says so', async () => {
    const answer = await send({ ...of('app', first), dry_run: true });
    assert.deepEqual(answer, { status: 200, body: { dry_run: true, metrics: noMetrics } });
    assert.equal(isThere(first), true);
  });

  for (const dryRun of [true, false]) {
    it(`answers all warnings, and deletes nothing, with dry_run ${dryRun}`, async () => {
      const details = await findings({ ...of('app', first, second, third), dry_run: dryRun });
      assert.deepEqual(details, {
        errors: [],
        warnings: [
          { repository: 'app', digest: second, warning: 'current_tag', tags: ['1.0'] },
          isActive,
          currentTag,
        ],
      });
    });
  }

  const activity: readonly (readonly [days: number, isWarned: boolean])[] = [
    [1, false],
    [2, true],
    [59, true],
  ];
  for (const [days, isWarned] of activity) {
    it(`${isWarned ? 'warns' : 'does not warn'} of activity 2 days ago since ${days} days ago`, async () => {
      const details = await findings({ ...of('app', third), active_from: daysAgo(days).toISOString() });
      assert.deepEqual(details?.warnings, isWarned ? [isActive, currentTag] : [currentTag]);
    });
  }

  it('never warns of activity that is not known', async () => {
    const answer = await send({ ...of('app', unknownTimes), active_from: '2000-01-01T00:00:00Z' });
    assert.equal(answer.status, 200);
  });

  it('takes a warning of the answer as it came', async () => {
    const warnings = (await findings(of('app', third)))?.warnings ?? [];
    const answer = await send({ ...of('app', third), ignore_warnings: warnings });
    assert.equal(answer.status, 200);
    assert.equal(isThere(third), false);
  });

  const ignored: readonly (readonly [
    what: string,
    ignore: readonly ManifestWarning[],
    left: readonly ManifestWarning[],
  ])[] = [
    ['only is_active', [isActive], [currentTag]],
    ['only current_tag', [currentTag], [isActive]],
    ['current_tag without tags', [isActive, { ...currentTag, tags: [] }], [currentTag]],
    ['current_tag of another tag', [isActive, { ...currentTag, tags: ['1.0'] }], [currentTag]],
    ['another image', [{ ...isActive, digest: first }, currentTag], [isActive]],
  ];
  for (const [what, ignore, left] of ignored) {
    it(`keeps what is left when ${what} is accepted`, async () => {
      const details = await findings({ ...of('app', third), ignore_warnings: ignore });
      assert.deepEqual(details, { errors: [], warnings: left });
    });
  }

  it('takes a current_tag entry that covers more than the current tags', async () => {
    const covering = { ...currentTag, tags: ['gone', 'latest'] };
    const answer = await send({ ...of('app', third), ignore_warnings: [isActive, covering] });
    assert.equal(answer.status, 200);
  });

  it('warns again when a tag came after the dry run', async () => {
    hub.world.repository('team/app').retag('stable', third);
    const details = await findings({ ...of('app', third), ignore_warnings: [isActive, currentTag] });
    assert.deepEqual(details?.warnings, [{ ...currentTag, tags: ['latest', 'stable'] }]);
  });

  it('warns again when a pull came after the dry run', async () => {
    hub.world.repository('team/app').pull(first, daysAgo(0));
    const details = await findings(of('app', first));
    assert.deepEqual(details?.warnings, [{ ...isActive, digest: first }]);
  });

  const blocked: readonly (readonly [what: string, request: Request, errors: readonly ManifestError[]])[] = [
    ['an image that is not there', of('app', absent, first), [error('app', absent, 'not_found')]],
    ['a repository that is not there', of('absent', first), [error('absent', first, 'not_found')]],
    ['an image of another repository', of('app', index), [error('app', index, 'not_found')]],
    ['a child of an index', of('multi', amd64), [error('multi', amd64, 'child_manifest')]],
  ];
  for (const [what, request, errors] of blocked) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual((await findings(request))?.errors, errors);
    });
  }

  it('refuses a child even together with its index', async () => {
    const details = await findings({ ...of('multi', index, amd64), dry_run: true });
    assert.deepEqual(details?.errors, [error('multi', amd64, 'child_manifest')]);
  });

  it('lets nobody ignore an error', async () => {
    const entry = { repository: 'app', digest: absent, warning: 'current_tag', tags: [] } as const;
    const details = await findings({ ...of('app', absent), ignore_warnings: [entry] });
    assert.deepEqual(details?.errors, [error('app', absent, 'not_found')]);
  });

  for (const account of [writer, outsider]) {
    it(`refuses every image to ${account.username}, who may not delete`, async () => {
      const details = await findings(of('app', first, absent), account);
      assert.deepEqual(details, {
        errors: [error('app', first, 'unauthorized'), error('app', absent, 'unauthorized')],
        warnings: [],
      });
    });
  }

  it('takes an image that is named twice once', async () => {
    const answer = await send(of('app', first, first));
    assert.equal(answer.body.metrics?.['manifest_deletes'], 1);
  });

  it('takes a request for no image', async () => {
    const answer = await send({ manifests: [], ignore_warnings: [] });
    assert.deepEqual(answer, { status: 200, body: { dry_run: false, metrics: noMetrics } });
  });

  it('counts each image once when a deletion takes along another of the same request', async () => {
    const answer = await send({ ...of('app', first, third), ignore_warnings: [isActive, currentTag] });
    assert.deepEqual(answer.body.metrics, { ...noMetrics, manifest_deletes: 2, tag_deletes: 1 });
  });

  it('removes what the deletion takes along, unasked', async () => {
    hub.world.repository('team/app').pull(first, daysAgo(0)); // active, and nobody is warned
    const answer = await send({ ...of('app', third), ignore_warnings: [isActive, currentTag] });
    assert.deepEqual(answer.body.metrics, { ...noMetrics, manifest_deletes: 2, tag_deletes: 1 });
    assert.deepEqual(
      [first, second, third].map((digest) => isThere(digest)),
      [false, true, false],
    );
    assert.deepEqual([...hub.world.repository('team/app').tags], [['1.0', second]]);
  });

  it('needs a token', async () => {
    const client = new TestClient(hub.url);
    assert.equal(
      (await client.deleteImages('team', of('app', first), { offContract: 'no token' })).status,
      401,
    );
    assert.equal(isThere(first), true);
  });

  it('needs a Pro or Team plan', async () => {
    assert.equal((await send({ ...of('app', first), dry_run: true }, free)).status, 403);
    assert.equal((await send(of('app', first), free)).status, 403);
    assert.equal(isThere(first), true);
  });

  it('takes 25 images and not one more', async () => {
    const many = hub.world.addRepository('team/many');
    const digests = Array.from({ length: 26 }, (_, number) => digestOf(`many ${number}`));
    digests.forEach((digest) => many.push({ digest, at: daysAgo(90) }));
    const client = await signIn(hub.url, owner);
    const tooMany = await client.deleteImages('team', of('many', ...digests), { offContract: '26 images' });
    assert.deepEqual(tooMany, { status: 400, body: { message: 'httperror 400: validation error' } });
    assert.equal(many.size, 26);
    assert.equal((await send(of('many', ...digests.slice(1)))).status, 200);
    assert.equal(many.size, 1);
  });

  it('takes images of one repository only', async () => {
    for (const request of [
      { manifests: [...(of('app', first).manifests ?? []), ...(of('multi', index).manifests ?? [])] },
      { ...of('app', first), ignore_warnings: [{ ...isActive, repository: 'multi' }] },
    ]) {
      const answer = await send(request);
      assert.deepEqual(answer, { status: 400, body: { message: 'httperror 400: validation error' } });
    }
    assert.equal(isThere(first), true);
  });

  const unreadable: readonly (readonly [what: string, body: unknown])[] = [
    ['no JSON', '{"manifests":'],
    ['a list', '[]'],
    ['manifests that are no list', { manifests: {} }],
    ['a manifest without repository', { manifests: [{ digest: first }] }],
    ['a digest that is a number', { manifests: [{ repository: 'app', digest: 1 }] }],
    ['dry_run as text', { dry_run: 'true', ...of('app', first) }],
    ['active_from that is no time', { active_from: 'today', ...of('app', first) }],
    [
      'an unknown warning',
      { ...of('app', first), ignore_warnings: [{ ...isActive, warning: 'child_manifest' }] },
    ],
    ['tags that are no list', { ...of('app', first), ignore_warnings: [{ ...currentTag, tags: 'latest' }] }],
  ];
  for (const [what, body] of unreadable) {
    it(`answers 400, and deletes nothing, to ${what}`, async () => {
      const client = await signIn(hub.url, owner);
      const answer = await client.request<DeletionBody>('/v2/namespaces/team/delete-images', {
        body,
        offContract: what,
      });
      assert.deepEqual(answer, { status: 400, body: { message: 'httperror 400: validation error' } });
      assert.equal(isThere(first), true);
    });
  }
});
