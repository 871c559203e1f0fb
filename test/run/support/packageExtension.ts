import { readFileSync, writeFileSync } from 'node:fs';
import { buildExtension } from './buildTests';
import { detailsPageMarkdown } from './detailsPageMarkdown';
import { runCommand } from './runCommand';
import { zipEntries } from './zipEntries';

export const VSIX = 'hub-images.vsix';
const EXPECTED = 'test/package/expected-files.txt';
const LIMIT_BYTES = 600_000;
/** The README of the package. */
const README = 'dist/readme.md';

/**
 * Makes the package that a person installs.
 *
 * @throws When it holds other files than those expected, or is too large.
 */
export async function packageExtension(): Promise<void> {
  await buildExtension('--production');
  writeFileSync(README, detailsPageMarkdown(readFileSync('README.md', 'utf8')));
  await runCommand(process.execPath, [
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    ...['--readme-path', README],
    ...['--out', VSIX],
  ]);
  const archive = readFileSync(VSIX);
  console.log(`${VSIX}: ${archive.length} of at most ${LIMIT_BYTES} bytes`);
  const actual = [...new Set(zipEntries(archive).map(withoutHash))];
  const problems = differences(actual, readFileSync(EXPECTED, 'utf8').trim().split('\n'));
  if (archive.length > LIMIT_BYTES) problems.push('it is too large');
  if (problems.length > 0) throw new Error(`${VSIX}: ${problems.join('; ')} (see ${EXPECTED})`);
}

/** A chunk is named for its content; what is expected is that chunks are there and nothing else. */
function withoutHash(file: string): string {
  return file.replace(/^(extension\/dist\/chunks\/)[\w-]+\.js$/, '$1*.js');
}

function differences(actual: readonly string[], expected: readonly string[]): string[] {
  return [
    ...actual.filter((file) => !expected.includes(file)).map((file) => `${file} should not be in it`),
    ...expected.filter((file) => !actual.includes(file)).map((file) => `${file} is missing`),
  ];
}
