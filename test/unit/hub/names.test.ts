import assert from 'node:assert/strict';
import {
  formatRepository,
  InvalidNameError,
  isSameRepository,
  isPathSegment,
  parseListedNamespaceName,
  parseListedRepositoryName,
  parseListedRepositoryRef,
  parseNamespaceName,
  parseRepositoryName,
  parseRepositoryRef,
} from '../../../src/hub/names';

describe('names', () => {
  const repositories: readonly (readonly [text: string, isTaken: boolean])[] = [
    ['api', true],
    ['my-api', true],
    ['my.api_2', true],
    ['a__b', true],
    ['a--b', true],
    ['', false],
    ['Api', false],
    ['-api', false],
    ['api-', false],
    ['a b', false],
    ['a/b', false],
    ['../etc', false],
    ['a?b', false],
    ['x'.repeat(255), true],
    ['x'.repeat(256), false],
  ];
  for (const [text, isTaken] of repositories) {
    it(`${isTaken ? 'takes' : 'rejects'} the repository name ${JSON.stringify(text.slice(0, 20))} of ${text.length}`, () => {
      if (isTaken) {
        assert.equal(parseRepositoryName(text), text);
      } else {
        assert.throws(() => parseRepositoryName(text), RangeError);
      }
    });
  }

  for (const text of ['', 'Acme', 'acme/api', 'ac me', 'acme?', 'x'.repeat(256)]) {
    it(`rejects the namespace ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.throws(() => parseNamespaceName(text), RangeError);
    });
  }

  const hostile: Readonly<Record<string, string>> = {
    'a right-to-left override': 'api\u202E',
    'a zero-width joiner': 'a\u200Dpi',
    'a letter that looks like another': '\u0430pi',
    'a letter that is blank': 'api\u3164',
    'a line break at its end': 'api\n',
    'an ANSI escape': '\u001B[31mapi',
    'a link to a command': '[api](command:workbench.action.quit)',
    'an icon': '$(trash)',
    'an element': '<b>api</b>',
  };
  for (const [what, text] of Object.entries(hostile)) {
    for (const parse of [parseRepositoryName, parseNamespaceName]) {
      it(`rejects ${what} in ${parse.name}, and does not repeat it`, () => {
        assert.throws(
          () => parse(text),
          (error) => error instanceof RangeError && !error.message.includes(text),
        );
      });
    }
  }

  it('reads and writes a full name', () => {
    const repository = parseRepositoryRef('acme/api');
    assert.deepEqual(repository, { namespace: 'acme', name: 'api' });
    assert.equal(formatRepository(repository), 'acme/api');
  });

  for (const text of ['acme', 'acme/', '/api', 'hub/acme/api', 'acme/api:latest']) {
    it(`rejects the full name ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseRepositoryRef(text), RangeError);
    });
  }

  it('tells repositories of the same name in two namespaces apart', () => {
    const api = parseRepositoryRef('acme/api');
    assert.equal(isSameRepository(api, parseRepositoryRef('acme/api')), true);
    assert.equal(isSameRepository(api, parseRepositoryRef('umbra/api')), false);
  });
});

describe('names outside the documented grammar (row 11)', () => {
  const listed = ['old-', '-old', 'Legacy', 'a..b', 'a._b', '_', '__x', '...', 'x+y'];
  for (const name of listed) {
    it(`are accepted from a server, and rejected from people: ${name}`, () => {
      assert.equal(parseListedNamespaceName(name), name);
      assert.equal(parseListedRepositoryName(name), name);
      assert.deepEqual(parseListedRepositoryRef(`${name}/${name}`), { namespace: name, name });
      assert.throws(() => parseRepositoryName(name), InvalidNameError);
    });
  }

  const refused = ['', '.', '..', 'a/b', 'a\\b', 'a b', 'a\nb', 'a:b', 'a,b', 'a@b', 'a?b', 'a#b', 'a%2Fb'];
  const misleading = ['api\u202E', '\u0430pi', 'api\u3164', '$(trash)', '[a](command:b)', 'x'.repeat(256)];
  for (const name of [...refused, ...misleading]) {
    it(`are not accepted if they could be taken for something else: ${JSON.stringify(name).slice(0, 20)}`, () => {
      assert.throws(() => parseListedNamespaceName(name), InvalidNameError);
      assert.throws(() => parseListedRepositoryName(name), InvalidNameError);
      assert.throws(() => parseListedRepositoryRef(`${name}/api`), InvalidNameError);
    });
  }
});

describe('a segment of a path', () => {
  for (const name of ['latest', '...', 'a b', '%2F', 'größe', '$(trash)'])
    it(`may be ${name}`, () => {
      assert.equal(isPathSegment(name), true);
    });
  for (const name of ['', '.', '..', '/', 'a/..', '..\\a', 'a\nb', 'a\u0000', '\uD800'])
    it(`must not be ${JSON.stringify(name)}`, () => {
      assert.equal(isPathSegment(name), false);
    });
});
