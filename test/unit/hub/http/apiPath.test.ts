import assert from 'node:assert/strict';
import { apiPath } from '../../../../src/hub/http/apiPath';

describe('apiPath', () => {
  const cases: [segment: string, path: string][] = [
    ['acme', '/v2/namespaces/acme/end'],
    ['a/b', '/v2/namespaces/a%2Fb/end'],
    ['a?b#c', '/v2/namespaces/a%3Fb%23c/end'],
    ['ä %2f', '/v2/namespaces/%C3%A4%20%252f/end'],
    ['..a', '/v2/namespaces/..a/end'],
  ];
  for (const [segment, path] of cases) {
    it(`encodes "${segment}" as one segment`, () => {
      assert.equal(apiPath`/v2/namespaces/${segment}/end`, path);
    });
  }

  for (const segment of ['', '.', '..']) {
    it(`rejects "${segment}", which would address another path`, () => {
      assert.throws(() => apiPath`/v2/namespaces/${segment}/end`, RangeError);
    });
  }
});
