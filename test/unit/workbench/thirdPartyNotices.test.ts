import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundledPackages, thirdPartyNotices } from '../../../build/thirdPartyNotices.mjs';

const MIT_TEXT = 'Permission is hereby granted, free of charge';

describe('third-party notices', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'notices-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** @returns The folder of a package with this license in its package.json and these files. */
  function packageWith(
    license: unknown,
    files: Readonly<Record<string, string>> = { LICENSE: MIT_TEXT },
  ): string {
    const manifest = { name: 'some-package', version: '1.2.3', license, author: { name: 'Ada' } };
    write('node_modules/some-package/package.json', JSON.stringify(manifest));
    for (const [name, text] of Object.entries(files)) write(`node_modules/some-package/${name}`, text);
    return join(root, 'node_modules/some-package');
  }

  const notices = (folder: string) => thirdPartyNotices([folder], join(root, 'licenses'));

  it('name the package, its version, its author, its license and its text', () => {
    const text = notices(packageWith('MIT'));
    for (const part of ['some-package 1.2.3', 'by Ada', 'License: MIT', MIT_TEXT])
      assert.ok(text.includes(part));
  });

  for (const license of ['MIT', 'ISC', '0BSD', 'BSD-3-Clause', 'Apache-2.0', 'CC-BY-4.0'])
    it(`accept a license on the allow-list: ${license}`, () => void notices(packageWith(license)));

  const forbidden = [
    'GPL-3.0-only',
    'AGPL-3.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE',
    '(MIT OR GPL-3.0)',
    'mit',
    '',
    undefined,
    null,
    ['MIT'],
    { type: 'MIT' },
  ];
  for (const license of forbidden)
    it(`fail on a license that is not on the allow-list: ${JSON.stringify(license)}`, () => {
      assert.throws(
        () => notices(packageWith(license)),
        /the license of some-package@1\.2\.3 is not allowed/,
      );
    });

  for (const name of ['LICENSE', 'license', 'LICENSE.md', 'LICENSE-CODE', 'Licence.txt', 'COPYING'])
    it(`take the text of the package from the file ${name}`, () => {
      assert.ok(notices(packageWith('MIT', { [name]: MIT_TEXT })).includes(MIT_TEXT));
    });

  const missing = {
    'no file': {},
    'an empty file': { LICENSE: ' \n' },
    'another file': { 'license-checker.js': '' },
  };
  for (const [title, files] of Object.entries(missing))
    it(`fail on a missing license text: ${title}`, () => {
      assert.throws(() => notices(packageWith('MIT', files)), /some-package@1\.2\.3 has no license text/);
    });

  it('take a text that the package lacks from the supplied texts, for this version only', () => {
    write('licenses/some-package@1.2.2.txt', MIT_TEXT);
    assert.throws(() => notices(packageWith('MIT', {})), /no license text/);
    write('licenses/some-package@1.2.3.txt', MIT_TEXT);
    assert.ok(notices(packageWith('MIT', {})).includes(MIT_TEXT));
  });

  it('are for every package in an output, also nested, scoped and fonts, and for no file of the repository', () => {
    const inputs = [
      'src/extension.ts',
      'node_modules/b/index.js',
      'node_modules/b/other.js',
      'node_modules/b/node_modules/c/index.js',
      'node_modules/@scope/font/dist/font.ttf',
    ];
    const output = {
      bytes: 0,
      imports: [],
      exports: [],
      inputs: Object.fromEntries(inputs.map((input) => [input, { bytesInOutput: 0 }])),
    };
    assert.deepEqual(
      bundledPackages([{ inputs: {}, outputs: { 'dist/a.js': output, 'dist/b.js': output } }]),
      ['node_modules/@scope/font', 'node_modules/b', 'node_modules/b/node_modules/c'],
    );
  });
});
