import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/sandbox/index';
import { loadContract, type Contract, offContractHeader } from '../../support/contract';

const digest = `sha256:${'0'.repeat(64)}`;
const headers = { authorization: 'JWT a.b.c', 'content-type': 'application/json' };
const image = {
  namespace: 'team',
  repository: 'app',
  digest,
  tags: [{ tag: 'latest', is_current: true }],
  last_pushed: '2026-01-01T00:00:00.000000Z',
  last_pulled: null,
  status: 'inactive',
};
const page = { count: 1, next: null, previous: null, results: [image] };
const deletion = { dry_run: true, manifests: [{ repository: 'app', digest }] };
const metrics = { manifest_deletes: 0, manifest_errors: 0, tag_deletes: 0, tag_errors: 0 };
const objections = {
  txnid: 'x',
  message: 'validation error',
  errinfo: {
    type: 'validation',
    details: {
      errors: [{ repository: 'app', digest, error: 'not_found' }],
      warnings: [{ repository: 'app', digest, warning: 'current_tag', tags: ['latest'] }],
    },
  },
};

function exchange(facts: Partial<Exchange>): Exchange {
  return {
    sequence: 1,
    method: 'GET',
    path: '/v2/namespaces/team/repositories/app/images',
    query: {},
    requestHeaders: headers,
    requestBody: undefined,
    operation: 'GetNamespacesRepositoriesImages',
    status: 200,
    responseHeaders: { 'content-type': 'application/json; charset=utf-8' },
    responseBody: page,
    faults: [],
    isShapedByFault: false,
    ...facts,
  };
}

function summary(facts: Partial<Exchange>): Exchange {
  return exchange({
    path: '/v2/namespaces/team/repositories/app/images-summary',
    operation: 'GetNamespacesRepositorieImagesSummary',
    responseBody: {
      active_from: '2026-01-01T00:00:00.000000000Z',
      statistics: { total: 1, active: 0, inactive: 1 },
    },
    ...facts,
  });
}

function login(facts: Partial<Exchange>): Exchange {
  return exchange({
    method: 'POST',
    path: '/v2/users/login',
    operation: 'PostUsersLogin',
    requestHeaders: { 'content-type': 'application/json' },
    requestBody: { username: 'a', password: 'b' },
    responseBody: { token: 'a.b.c' },
    ...facts,
  });
}

function deleteImages(facts: Partial<Exchange>): Exchange {
  return exchange({
    method: 'POST',
    path: '/v2/namespaces/team/delete-images',
    operation: 'PostNamespacesDeleteImages',
    requestBody: deletion,
    responseBody: { dry_run: true, metrics },
    ...facts,
  });
}

describe('contract', () => {
  let contract: Contract;
  before(async () => {
    contract = await loadContract();
  });

  const fitting: readonly (readonly [what: string, exchange: Exchange])[] = [
    ['a page', exchange({})],
    [
      'every parameter',
      exchange({
        query: {
          status: 'active',
          ordering: '-last_activity',
          active_from: '2026-01-01T00:00:00+01:00',
          page: '2',
          page_size: '100',
        },
      }),
    ],
    ['a token as Bearer', exchange({ requestHeaders: { authorization: 'Bearer a.b.c' } })],
    ['no read access', exchange({ status: 401, responseBody: { message: 'unauthorized', errinfo: {} } })],
    ['too small a plan', exchange({ status: 403, responseBody: { txnid: 'x' } })],
    ['a summary', summary({ query: { active_from: '2026-01-01T00:00:00Z' } })],
    ['a login', login({})],
    ['a refused login', login({ status: 401, responseBody: { details: 'no' } })],
    [
      'a refused login with a second factor',
      login({ status: 401, responseBody: { detail: 'no', login_2fa_token: 'x' } }),
    ],
    ['a deletion', deleteImages({})],
    [
      'a deletion with every field',
      deleteImages({
        requestBody: {
          ...deletion,
          active_from: '2026-01-01T00:00:00Z',
          ignore_warnings: [
            { repository: 'app', digest, warning: 'is_active' },
            { repository: 'app', digest, warning: 'current_tag', tags: ['latest'] },
          ],
        },
      }),
    ],
    ['objections', deleteImages({ status: 400, responseBody: objections })],
    ['a message alone', deleteImages({ status: 400, responseBody: { message: 'no' } })],
    ['an answer of a fault', exchange({ status: 500, responseBody: 'x', isShapedByFault: true })],
    ['no answer', exchange({ status: undefined })],
    ['another operation', exchange({ operation: 'GetUser', responseBody: 1 })],
  ];
  for (const [what, fits] of fitting) {
    it(`takes ${what}`, () => {
      assert.deepEqual(contract.violations(fits), []);
    });
  }

  const departing: readonly (readonly [what: string, exchange: Exchange, violation: RegExp])[] = [
    ['no token', exchange({ requestHeaders: {} }), /no token in Authorization/],
    ['a raw token', exchange({ requestHeaders: { authorization: 'a.b.c' } }), /no token/],
    ['an unknown parameter', exchange({ query: { limit: '3' } }), /request\/query/],
    ['an unknown status', exchange({ query: { status: 'old' } }), /request\/query\/status/],
    ['an unknown ordering', exchange({ query: { ordering: 'name' } }), /request\/query\/ordering/],
    ['a page that is no number', exchange({ query: { page: 'x' } }), /request\/query\/page/],
    ['page 0', exchange({ query: { page: '0' } }), /request\/query\/page/],
    ['too large a page', exchange({ query: { page_size: '101' } }), /request\/query\/page_size/],
    ['a day for a time', exchange({ query: { active_from: '2026-01-01' } }), /request\/query\/active_from/],
    ['a GET with a body', exchange({ requestBody: {} }), /GET with a body/],
    ['a status of its own', exchange({ status: 204, responseBody: undefined }), /status 204/],
    ['a count that is missing', exchange({ responseBody: { ...page, count: undefined } }), /answer.*count/],
    ['a count as text', exchange({ responseBody: { ...page, count: '1' } }), /answer\/count/],
    ['next that is missing', exchange({ responseBody: { ...page, next: undefined } }), /answer.*next/],
    ['results that are null', exchange({ responseBody: { ...page, results: null } }), /answer\/results/],
    ['a field of its own', exchange({ responseBody: { ...page, more: 1 } }), /answer.*more/],
    ...Object.keys(image).map((name) => {
      const results = [{ ...image, [name]: undefined }];
      return [
        `an image without ${name}`,
        exchange({ responseBody: { ...page, results } }),
        RegExp(name),
      ] as const;
    }),
    ...(['namespace', 'repository', 'digest', 'tags', 'status'] as const).map((name) => {
      const results = [{ ...image, [name]: null }];
      return [
        `an image with ${name} null`,
        exchange({ responseBody: { ...page, results } }),
        RegExp(`answer/results/0/${name}`),
      ] as const;
    }),
    [
      'a tag without is_current',
      exchange({ responseBody: { ...page, results: [{ ...image, tags: [{ tag: 'x' }] }] } }),
      /is_current/,
    ],
    [
      'statistics that are missing',
      summary({ responseBody: { active_from: '2026-01-01T00:00:00Z' } }),
      /statistics/,
    ],
    ['a summary with status', summary({ query: { status: 'active' } }), /request\/query/],
    ['a login without password', login({ requestBody: { username: 'a' } }), /password/],
    ['a login with more', login({ requestBody: { username: 'a', password: 'b', otp: 'c' } }), /otp/],
    ['a login that is not JSON', login({ requestHeaders: {} }), /not announced as JSON/],
    ['a token that is null', login({ responseBody: { token: null } }), /answer\/token/],
    ['a refusal without reason', login({ status: 401, responseBody: { message: 'no' } }), /answer/],
    ['an unknown field', deleteImages({ requestBody: { ...deletion, force: true } }), /force/],
    ['dry_run as text', deleteImages({ requestBody: { ...deletion, dry_run: 'true' } }), /dry_run/],
    [
      'a namespace before the name',
      deleteImages({
        requestBody: { manifests: [{ repository: 'team/app', digest }] },
      }),
      /manifests\/0\/repository/,
    ],
    [
      'a manifest without digest',
      deleteImages({ requestBody: { manifests: [{ repository: 'app' }] } }),
      /digest/,
    ],
    [
      '26 manifests',
      deleteImages({
        requestBody: { manifests: Array.from({ length: 26 }, () => ({ repository: 'app', digest })) },
      }),
      /manifests/,
    ],
    [
      'an error that is ignored',
      deleteImages({
        requestBody: { ...deletion, ignore_warnings: [{ repository: 'app', digest, warning: 'not_found' }] },
      }),
      /warning/,
    ],
    ['an echo that is missing', deleteImages({ responseBody: { metrics } }), /dry_run/],
    [
      'metrics that are incomplete',
      deleteImages({
        responseBody: { dry_run: true, metrics: { ...metrics, tag_errors: undefined } },
      }),
      /tag_errors/,
    ],
    [
      'is_active with tags',
      deleteImages({
        status: 400,
        responseBody: {
          ...objections,
          errinfo: {
            type: 'validation',
            details: {
              errors: [],
              warnings: [{ repository: 'app', digest, warning: 'is_active', tags: ['x'] }],
            },
          },
        },
      }),
      /answer/,
    ],
    [
      'a request that fits and says it does not',
      exchange({ requestHeaders: { ...headers, [offContractHeader]: 'wrong' } }),
      /fits, though/,
    ],
    [
      'a wrong answer to a request that is wrong on purpose',
      exchange({ requestHeaders: { [offContractHeader]: 'no token' }, responseBody: null }),
      /answer/,
    ],
  ];
  for (const [what, departs, violation] of departing) {
    it(`objects to ${what}`, () => {
      assert.match(contract.violations(departs).join('\n'), violation);
    });
  }
});
