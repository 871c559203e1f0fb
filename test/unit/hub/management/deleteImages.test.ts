import assert from 'node:assert/strict';
import type { ReviewedRequest } from '../../../../src/hub/deletionRequest';
import { acceptanceKinds } from '../../../../src/hub/findings';
import { HubError } from '../../../../src/hub/errors';
import type { HubAnswer, PostOptions } from '../../../../src/hub/http/http';
import { deleteImages, dryRun } from '../../../../src/hub/management/deleteImages';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { warningOf } from '../../../support/approvedPlan';
import { refusal } from '../../../support/fakeImageApi';
import { digestOf, plannedImage, planOf } from '../../../support/images';
import { rejectsWith } from '../../../support/rejects';

const image = plannedImage('demo/app', 'a');
const digest = digestOf('a');
const path = '/v2/namespaces/demo/delete-images';
const counts = { manifest_deletes: 2, manifest_errors: 1, tag_deletes: 4, tag_errors: 3 };
const rejected = new HubError('rejected', { method: 'POST', path, status: 400 });

/** The request that a person approves who accepts these warnings. */
function approve(...warnings: readonly ('is_active' | 'current_tag')[]): ReviewedRequest {
  const review = new DeletionReview(planOf([image]));
  review.record(
    [image],
    refusal({ warnings: warnings.map((warning) => warningOf(image, warning, '1.0')) }),
    false,
  );
  review.recordSurvey(image.repository, undefined, false);
  acceptanceKinds.forEach((kind) => review.acceptAll(kind, true));
  const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(1);
  return request ?? assert.fail('no request');
}

/** A server that gives this answer, and no list. */
function setUp(body: unknown, isRefusal = false, listError: Error = new Error('fault')) {
  const posts: { readonly body: unknown; readonly options: PostOptions }[] = [];
  let looks = 0;
  const http = {
    post: (to: string, sent: unknown, options: PostOptions): Promise<HubAnswer> => {
      assert.equal(to, path);
      posts.push({ body: sent, options });
      const answer = { method: 'POST', path, body, headers: { get: () => null } };
      return Promise.resolve(
        isRefusal ? { ...answer, status: 400, error: rejected } : { ...answer, status: 200 },
      );
    },
  };
  const fail = () => {
    looks += 1;
    return Promise.reject(listError);
  };
  const lists = { listImages: fail, getSummary: fail };
  return {
    posts,
    looks: () => looks,
    dryRun: () => dryRun(http, approve()),
    remove: (request = approve('is_active')) => deleteImages(http, lists, request),
  };
}

const refused = (details: unknown) => setUp({ errinfo: { details }, txnid: 'abc' }, true).dryRun();

describe('a request to delete images with the image-management API', () => {
  it('is a dry run without a word about warnings', async () => {
    const { dryRun: run, posts } = setUp({ dry_run: true, metrics: counts });
    const answer = await run();
    assert.deepEqual(answer, {
      kind: 'completed',
      metrics: { manifestDeletes: 2, manifestErrors: 1, tagDeletes: 4, tagErrors: 3 },
    });
    const { body, options } = posts[0] ?? assert.fail();
    assert.deepEqual(body, {
      dry_run: true,
      active_from: '2026-01-01T00:00:00.000Z',
      manifests: [{ repository: 'app', digest }],
    });
    assert.equal(options.effect, 'none');
    assert.deepEqual(options.accept, [400]);
  });

  it('names the accepted warnings, and looks at no list where no tag is deleted', async () => {
    const { remove, posts, looks } = setUp({ dry_run: false, metrics: counts });
    await remove();
    assert.equal(looks(), 0);
    const { body, options } = posts[0] ?? assert.fail();
    assert.deepEqual(body, {
      dry_run: false,
      active_from: '2026-01-01T00:00:00.000Z',
      manifests: [{ repository: 'app', digest }],
      ignore_warnings: [{ repository: 'app', digest, warning: 'is_active' }],
    });
    assert.equal(options.effect, 'delete');
  });

  it('names the accepted tags, also where the account may not see the list', async () => {
    const forbidden = new HubError('forbidden', { method: 'GET', path, status: 403 });
    const { remove, posts, looks } = setUp({ dry_run: false, metrics: counts }, false, forbidden);
    await remove(approve('current_tag'));
    assert.equal(looks(), 1);
    const sent = posts[0]?.body as { readonly ignore_warnings: unknown }; // of the request above
    assert.deepEqual(sent.ignore_warnings, [
      { repository: 'app', digest, warning: 'current_tag', tags: ['1.0'] },
    ]);
  });

  it('is not sent where the look fails, whatever the reason', async () => {
    const { remove, posts, looks } = setUp({});
    const error = await rejectsWith('cancelled', remove(approve('current_tag')));
    assert.deepEqual([error.neverSent, error.method], [true, 'POST']);
    assert.deepEqual([looks(), posts.length], [1, 0]);
  });

  it('fails where the answer is about the other kind of request', async () => {
    await rejectsWith('dryRunMismatch', setUp({ dry_run: false, metrics: counts }).dryRun());
    await rejectsWith('dryRunMismatch', setUp({ dry_run: true, metrics: counts }).remove());
    await rejectsWith('protocol', setUp({ metrics: counts }).dryRun());
  });

  it('fails where a number is missing', async () => {
    for (const name of Object.keys(counts)) {
      const error = await rejectsWith(
        'protocol',
        setUp({ dry_run: true, metrics: { ...counts, [name]: undefined } }).dryRun(),
      );
      assert.match(error.reason ?? '', new RegExp(`^metrics\\.${name}: `));
    }
    await rejectsWith('protocol', setUp({ dry_run: true }).dryRun());
  });
});

describe('a refusal of the image-management API', () => {
  const of = { repository: 'app', digest };

  it('names images, with every reason', async () => {
    const tagged = { ...of, warning: 'current_tag', tags: ['1.0'] };
    const active = { ...of, warning: 'is_active', tags: null };
    const missing = { ...of, error: 'not_found' };
    assert.deepEqual(await refused({ errors: [missing], warnings: [tagged, active] }), {
      kind: 'refused',
      blockers: [missing],
      warnings: [tagged, { ...of, warning: 'is_active' }],
      txnid: 'abc',
    });
    assert.deepEqual(await refused({ errors: null, warnings: [{ ...of, warning: 'is_active' }] }), {
      kind: 'refused',
      blockers: [],
      warnings: [{ ...of, warning: 'is_active' }],
      txnid: 'abc',
    });
  });

  it('fails as the server has answered where it names none', async () => {
    for (const body of [{}, { errinfo: {} }, { errinfo: { details: 'no' } }, 'no']) {
      await assert.rejects(setUp(body, true).dryRun(), rejected);
    }
    await assert.rejects(refused({}), rejected);
    await assert.rejects(refused({ errors: [], warnings: [] }), rejected);
  });

  it('fails where it names another image', async () => {
    for (const other of [
      { ...of, digest: digestOf('b') },
      { ...of, repository: 'other' },
    ]) {
      const error = await rejectsWith('protocol', refused({ errors: [{ ...other, error: 'not_found' }] }));
      assert.equal(error.reason, 'errinfo.details: names an image that was not in the request');
    }
  });

  it('fails where a reason cannot be read', async () => {
    for (const [details, reason] of [
      [{ warnings: [{ ...of, warning: 'unheard' }] }, /warnings\[0\]\.warning: /],
      [
        { warnings: [{ ...of, warning: 'current_tag', tags: '1.0' }] },
        /warnings\[0\]\.tags: expected a list$/,
      ],
      [{ warnings: [{ ...of, warning: 'is_active', digest: 1 }] }, /warnings\[0\]\.digest: /],
      [{ warnings: [{ ...of, warning: 'is_active', repository: '' }] }, /warnings\[0\]\.repository: /],
      [{ errors: [{ ...of, error: 'unheard' }] }, /errors\[0\]\.error: /],
      [{ errors: [{ ...of, error: 'not_found', digest: 1 }] }, /errors\[0\]\.digest: /],
      [{ errors: [{ ...of, error: 'not_found', repository: '' }] }, /errors\[0\]\.repository: /],
    ] as const) {
      assert.match((await rejectsWith('protocol', refused(details))).reason ?? '', reason);
    }
  });
});
