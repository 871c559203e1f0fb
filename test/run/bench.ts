/** `npm run bench -- [FILE…]`: measures the claims of `bench/` one after the other, and prints them as a table. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { reportMark, type Report } from '../../bench/support/claim';
import { runProgram } from '../workbench/childProcess';
import { buildTests } from './support/buildTests';
import { main } from './support/main';
import { packageExtension } from './support/packageExtension';

const VSCE = resolve('node_modules/@vscode/vsce/vsce');

await main(async () => {
  const wanted = process.argv.slice(2).map((file) => basename(file, '.ts'));
  await packageExtension(); // what is measured is what ships
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'bench-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await buildTests('bench', folder);
  const built = join(folder, 'bench');
  await packageObserver(built);
  await packageMeasured(built);
  const programs = readdirSync(built)
    .filter((file) => file.endsWith('.mjs'))
    .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.mjs')))
    .sort();
  const reports: Report[] = [];
  for (const program of programs) {
    console.log(`measuring ${basename(program, '.mjs')} …`);
    reports.push(...reportsOf(await runProgram(process.execPath, ['--expose-gc', join(built, program)])));
  }
  console.log(`\n${table(reports)}`);
  if (reports.length === 0 || reports.some(({ isMet }) => !isMet)) process.exitCode = 1;
});

/** The extension that looks into the extension host; no person is ever given it. */
async function packageObserver(built: string): Promise<void> {
  const folder = join(built, 'observer');
  cpSync('bench/observer/package.json', join(folder, 'package.json'));
  cpSync('media/hub-images.svg', join(folder, 'plain.svg'));
  await packageFolder(folder, join(built, 'observer.vsix'));
}

/** The extension with an entry that measures its activation. */
async function packageMeasured(built: string): Promise<void> {
  const folder = join(built, 'measured');
  for (const file of ['package.json', 'package.nls.json', 'media']) {
    cpSync(file, join(folder, file), { recursive: true });
  }
  await packageFolder(folder, join(built, 'measured.vsix'));
}

async function packageFolder(folder: string, vsix: string): Promise<void> {
  await runProgram(
    process.execPath,
    [
      VSCE,
      ...['package', '--no-dependencies', '--allow-missing-repository', '--skip-license'],
      ...['--out', resolve(vsix)],
    ],
    process.env,
    folder,
  );
}

function reportsOf(output: string): readonly Report[] {
  const reports = output
    .split('\n')
    .filter((line) => line.startsWith(reportMark))
    .map((line) => JSON.parse(line.slice(reportMark.length)) as Report); // of claim.ts
  if (reports.length === 0) throw new Error(`Nothing was measured:\n${output}`);
  return reports;
}

/** In Markdown, for docs/benchmarks.md. */
function table(reports: readonly Report[]): string {
  const rows = reports.map(({ title, target, measured, isMet }) => [
    title,
    target,
    measured,
    isMet ? 'met' : 'MISSED',
  ]);
  const head = ['claim', 'target', 'measured', 'verdict'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const lineOf = (cells: readonly string[], fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  return [lineOf(head), lineOf(['-', '-', '-', '-'], '-'), ...rows.map((cells) => lineOf(cells))].join('\n');
}
