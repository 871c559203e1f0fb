import assert from 'node:assert/strict';
import { readErrorBody, saysRouteIsGone } from '../../../../src/hub/http/errorBody';

describe('readErrorBody', () => {
  const cases: [rule: string, body: unknown, reason: string | undefined][] = [
    ['prefers errinfo.details', { errinfo: { details: 'a' }, detail: 'b', message: 'c' }, 'a'],
    ['then detail', { detail: 'a', details: 'b', message: 'c' }, 'a'],
    ['then details', { details: 'a', message: 'b', text: 'c' }, 'a'],
    ['then message', { message: 'a', text: 'b', errors: [{ message: 'c' }] }, 'a'],
    ['then text', { fields: { ordering: ['no'] }, text: 'a', error: 'b' }, 'a'],
    ['then the first message of errors', { errors: [{ code: 1 }, { message: 'a' }], error: 'b' }, 'a'],
    ['then error', { error: 'a' }, 'a'],
    ['then the status text', { error: false }, 'Too Many'],
    ['takes plain text', 'Too Many Requests (HAP429)', 'Too Many Requests (HAP429)'],
    ['passes over a page', '<html><title>Oops</title></html>', 'Too Many'],
    ['passes over markup in a field', { detail: '<h1>Oops</h1>', message: 'a' }, 'a'],
    ['passes over JSON that broke off', '{"message": "htt', 'Too Many'],
    ['passes over an empty body', '', 'Too Many'],
    ['passes over null', null, 'Too Many'],
    ['passes over a list', [{ message: 'a' }], 'Too Many'],
    [
      'never shows the internal call in errinfo',
      { errinfo: { detail: 'x', url: 'http://internal/' }, message: 'a' },
      'a',
    ],
    [
      'passes over a list of findings',
      { errinfo: { details: { errors: [], warnings: [] } }, message: 'a' },
      'a',
    ],
  ];
  for (const [rule, body, reason] of cases) {
    it(rule, () => {
      assert.equal(readErrorBody(body, 'Too Many', []).reason, reason);
    });
  }

  it('has no reason where nothing says one', () => {
    assert.equal(readErrorBody({}, '', []).reason, undefined);
  });

  const ids: [body: unknown, txnid: string | undefined][] = [
    [{ txnid: 'abc-123' }, 'abc-123'],
    [{ errinfo: { api_call_txnid: 'def' } }, 'def'],
    [{ txnid: 'a b\u001b' }, undefined],
    [{ txnid: 'x'.repeat(101) }, undefined],
    [{ txnid: 7 }, undefined],
    ['text', undefined],
  ];
  for (const [body, txnid] of ids) {
    it(`reads the transaction id of ${JSON.stringify(body).slice(0, 50)}`, () => {
      assert.equal(readErrorBody(body, '', []).txnid, txnid);
    });
  }
});

describe('saysRouteIsGone', () => {
  const cases: [body: unknown, expected: boolean][] = [
    [{ message: '404: Page Not Found' }, true],
    [{ message: '404: page not found ' }, true],
    [{ message: 'object not found' }, false],
    [{ message: 404 }, false],
    ['404: Page Not Found', false],
    [null, false],
  ];
  for (const [body, expected] of cases) {
    it(`${JSON.stringify(body)}: ${expected}`, () => {
      assert.equal(saysRouteIsGone(body), expected);
    });
  }
});
