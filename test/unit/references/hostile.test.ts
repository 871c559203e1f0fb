import assert from 'node:assert/strict';
import { described, resolved, textAt } from '../../support/references/resolved';

const hex = 'a'.repeat(64);

/** Texts of about 200 kB that make careless patterns and parsers slow: each would take minutes in quadratic time. */
const large: Readonly<Record<string, string>> = {
  letters: 'a'.repeat(200_000),
  names: 'acme/web '.repeat(22_000),
  slashes: 'acme/'.repeat(40_000),
  'dots and dashes': 'acme/web' + '.-_'.repeat(66_000),
  colons: 'acme/web' + ':'.repeat(200_000),
  'opening braces': 'acme/web:${'.repeat(18_000),
  'opening double braces': 'acme/web:{{'.repeat(18_000),
  parentheses: '$('.repeat(100_000) + 'acme/web',
  'closing braces': 'acme/web:1' + '}'.repeat(200_000) + 'acme/web',
  'quotation marks': '"acme/web '.repeat(20_000),
  backticks: '`\\`'.repeat(66_000) + 'acme/web:1',
  'comments that do not end': '/* acme/web\n'.repeat(16_000),
  'markup that does not end': '<!-- acme/web\n'.repeat(14_000),
  'hexadecimal digits': 'a'.repeat(63).concat(' ').repeat(3_000) + 'acme/web:1',
  digests: `${hex} `.repeat(3_000),
  pins: `x@sha256:${hex}`.repeat(2_400),
  spaces: 'acme/web:1' + ' '.repeat(200_000) + 'acme/web:2',
  'continued lines': 'docker push acme/web \\\n'.repeat(9_000),
  'line ends': '\r\n'.repeat(100_000) + 'acme/web:1',
  keys: 'image='.repeat(32_000) + 'acme/web',
};
/** Texts of 3 MB, in which even a fast search back to the beginning of the text, or on to its end, shows. */
const huge: Readonly<Record<string, string>> = {
  'redirections to names': 'docker >/acme/web x\n'.repeat(150_000),
  'placeholders that do not end': 'acme/web:< '.repeat(270_000),
};
const paths = ['a', 'a.yaml', 'a.json', 'a.tf', 'Dockerfile', 'a.ts', 'a.sh', 'a.md', 'a.xml', '.env'];

/** Small enough to be parsed. */
const nested: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'lists of YAML': ['a.yaml', `${'['.repeat(100_000)} acme/web:1`],
  'maps of YAML': ['a.yaml', `${'{a: '.repeat(50_000)} acme/web:1`],
  'blocks of YAML': ['a.yaml', `${'- '.repeat(100_000)}acme/web:1`],
  'lists of JSON': ['a.json', `${'['.repeat(100_000)}"acme/web:1"${']'.repeat(100_000)}`],
  'objects of JSON': ['a.json', `${'{"a":'.repeat(50_000)}"acme/web:1"`],
  'blocks of HCL': ['a.tf', `${'a {\n'.repeat(50_000)}image = "acme/web:1"`],
  'triggers of a Dockerfile': ['Dockerfile', `${'ONBUILD '.repeat(10_000)}COPY --from=acme/web:1 a b`],
};

describe('hostile files', () => {
  for (const [title, text] of Object.entries(large)) {
    it(`are read, whatever they are called, with ${title}`, async function () {
      this.timeout(120_000); // on a busy computer
      this.slow(20_000);
      for (const path of paths) await resolved(path, text);
    });
  }

  for (const [title, text] of Object.entries(huge)) {
    it(`are read in one pass, with ${title}`, async function () {
      this.timeout(120_000); // on a busy computer; in quadratic time, several minutes
      this.slow(20_000);
      await resolved('a', text);
    });
  }

  for (const [title, [path, text]] of Object.entries(nested)) {
    it(`still tell what they name, nested deeply: ${title}`, async () => {
      const found = await resolved(path, text);
      assert.deepEqual(
        found.map(({ repository, tag }) => `${repository}:${tag}`),
        ['acme/web:1'],
      );
    });
  }

  it('are read line by line where aliases multiply', async () => {
    const lines = Array.from(
      { length: 50 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
    );
    const text = `a0: &a0 [acme/web:1]\n${lines.join('\n')}\nb: { <<: *a50, image: acme/db }\n`;
    assert.deepEqual((await resolved('a.yaml', text)).map(described), [
      '1 exact acme/web:1',
      '52 nameOnly acme/db',
    ]);
  });

  for (const path of ['a.yaml', 'a.json', 'Dockerfile', 'a.tf']) {
    it(`tell what they name although they are not what ${path} says`, async () => {
      const text = '\t{{ x }}: ]["\n# comment\nimage: "acme/web:1"\n\0\uD800\n';
      assert.deepEqual((await resolved(path, text)).map(described), ['3 exact acme/web:1']);
    });
  }

  it('are read line by line if they are too large for a parser', async () => {
    const text = `${'# x\n'.repeat(70_000)}image: acme/web # acme/db:1\n`;
    assert.deepEqual((await resolved('a.yaml', text)).map(described), [
      '70001 nameOnly acme/web',
      '70001 documentation acme/db:1',
    ]);
  });
});

describe('places of references', () => {
  const places: readonly (readonly [path: string, text: string, line: number, column: number])[] = [
    ['a.sh', '\t\techo "😀" acme/web:1', 1, 13],
    ['a.yaml', 'a: "😀😀"\r\nb: { é: 😀, image: \'acme/web:1\' }', 2, 21],
    ['a.yaml', '\uFEFFimage: acme/web:1', 1, 8],
    ['a.yaml', 'a: |\n  😀 docker run \\\n    docker.io/acme/web:1\n', 3, 5],
    ['a.json', '{\r"a": "😀", "image": "docker.io/acme/web:1"}', 2, 22],
    ['Dockerfile', 'ARG X="😀"\rFROM acme/web:1\r\n', 2, 6],
    ['Dockerfile', '\uFEFF# syntax=acme/web:1\n', 1, 10],
    ['a.tf', '\timage = "docker://acme/web:1"', 1, 20],
  ];
  for (const [path, text, line, column] of places) {
    it(`are counted as editors do: ${path} ${JSON.stringify(text)}`, async () => {
      const [reference, ...others] = await resolved(path, text);
      assert.ok(reference);
      assert.deepEqual([reference.line, reference.column, others], [line, column, []]);
      assert.match(textAt(text, reference), /^(?:docker\.io\/)?acme\/web:1$/);
    });
  }
});
