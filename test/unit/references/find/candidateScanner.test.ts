import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CandidateScanner } from '../../../../src/references/find/candidateScanner';
import { NamespaceTable } from '../../../../src/references/find/namespaceTable';

const digest = '0123456789abcdef'.repeat(4);

function isCandidate(text: string, namespaces: readonly string[] = ['acme', 'my-org']): boolean {
  const scanner = new CandidateScanner(new NamespaceTable(new Set(namespaces)));
  scanner.begin();
  return scanner.scan(new TextEncoder().encode(text), true);
}

/** What is said of the scanner, word by word. */
function isCandidateSlowly(text: string, namespaces: readonly string[]): boolean {
  const known = (component: string) => namespaces.includes(component.replace(/^[._-]+/, ''));
  if (/\\[nrt]/.test(text) && isCandidateSlowly(text.replaceAll(/(\\)[nrt]/g, '$1 '), namespaces))
    return true;
  if ((text.match(/[0-9a-f]+/g) ?? []).some(({ length }) => length === 64)) return true;
  if ([...text.matchAll(/([a-z0-9._-]*)\\?\//g)].some(([, before = '']) => known(before))) return true;
  if ([...text.matchAll(/\/([a-z0-9._-]*)/g)].some(([, behind = '']) => known(behind))) return true;
  if (
    [...text.matchAll(/\$\{[^{}/\\-]*?-([a-z0-9._-]*)\\?\//g)].some(
      ([whole, name = '']) => /^\$\{[a-z0-9._]*-/.test(whole) && known(name),
    )
  )
    return true;
  const hasVariablePath = /[})%]\\?\/|\$[A-Za-z0-9_]*[a-z0-9._-]*\\?\//.test(text);
  return hasVariablePath && (text.match(/[a-z0-9._-]+/g) ?? []).some(known);
}

describe('CandidateScanner', () => {
  const rows: readonly (readonly [text: string, isOne: boolean])[] = [
    ['FROM acme/web:1', true],
    ['FROM docker.io/acme/web', true],
    ['registry: docker.io/acme', true],
    ['acme/', true],
    ['/acme', true],
    ['"acme\\/web"', true],
    ['"x\\nacme/web"', true],
    ['"x\\tacme\\/web"', true],
    ['"\\r\\nmy-org/web"', true],
    ['"OWNER=x\\nacme", "$OWNER/web"', true],
    ['"x\\xacme/web"', false],
    ['"nacme/web"', false],
    ['image: my-org/web', true],
    ['${BASE:-acme/web}', true],
    ['${base-acme/web}', true],
    ['${base-my-org/web}', true],
    ['ARG OWNER=acme\nFROM ${OWNER}/web', true],
    ['ARG OWNER=acme\nFROM $OWNER/web', true],
    ['ARG owner=acme\nFROM docker.io/$owner/web', true],
    ['owner: acme, image: {{ owner }}/web', true],
    ['set OWNER=acme & docker pull %OWNER%/web', true],
    ['$OWNER/web', false],
    ['acme', false],
    ['acme web', false],
    ['acme2/web', false],
    ['not-acme/web', false],
    ['acme.io/web', false],
    ['ACME/web', false],
    ['my-org2/web my/org', false],
    [digest, true],
    [`sha256:${digest}`, true],
    [`"${digest}"\n`, true],
    [`${digest}0`, false],
    [`${digest}g`, true], // the text decides what that is
    [digest.slice(1), false],
    [digest.toUpperCase(), false],
    ['', false],
  ];
  for (const [text, isOne] of rows) {
    it(`${isOne ? 'reads' : 'leaves out'} a file with ${JSON.stringify(text)}`, () => {
      assert.equal(isCandidate(text), isOne);
    });
  }

  it('reads every file if images are asked for that are named without a namespace', () => {
    assert.equal(isCandidate('FROM nginx', ['library']), true);
    assert.equal(isCandidate('FROM nginx', ['acme']), false);
  });

  it('finds a digest wherever it begins, and nothing in longer numbers', () => {
    for (let start = 0; start < 130; start += 1) {
      assert.equal(isCandidate(`${' '.repeat(start)}${digest} `), true, String(start));
      assert.equal(
        isCandidate(`${' '.repeat(start)}${digest.repeat(3)} ${'x'.repeat(70)}`),
        false,
        String(start),
      );
      assert.equal(isCandidate(`${'a'.repeat(start + 65)} ${digest}`), true, String(start));
    }
  });

  it('agrees with a search word by word', () => {
    const namespaces = ['acme', 'a', 'my-org'];
    const pieces = [
      'acme',
      'a',
      'my-org',
      'web',
      '/',
      '\\/',
      '\\n',
      'n',
      '$',
      '${',
      '}',
      '-',
      '.',
      ' ',
      '\n',
      'X',
      '_',
      '{',
      ')',
      digest,
      'f',
      ':',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        assert.equal(isCandidate(text, namespaces), isCandidateSlowly(text, namespaces), text);
      }),
      { numRuns: 5000 },
    );
  });

  it('remembers what it saw in earlier pieces of the same file only', () => {
    const scanner = new CandidateScanner(new NamespaceTable(new Set(['acme'])));
    const scan = (text: string) => scanner.scan(new TextEncoder().encode(text), false);
    scanner.begin();
    assert.equal(scan('OWNER=acme\n'), false);
    assert.equal(scan('FROM $OWNER/web'), true);
    scanner.begin();
    assert.equal(scan('FROM $OWNER/web'), false);
    scanner.begin();
    assert.equal(scan('OWNER=acme\n'), false);
  });
});
