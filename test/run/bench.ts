/** `npm run bench -- [FILE…]`: measures the claims of `bench/` one after the other, and prints them as a table. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { reportMark, type Report } from '../../bench/support/claim';
import { runProgram } from '../workbench/childProcess';
import { buildTests } from './support/buildTests';
import { main } from './support/main';

await main(async () => {
  const wanted = process.argv.slice(2).map((file) => basename(file, '.ts'));
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'bench-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await buildTests('bench', folder);
  const built = join(folder, 'bench');
  const programs = readdirSync(built)
    .filter((file) => file.endsWith('.mjs'))
    .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.mjs')))
    .sort();
  const reports: Report[] = [];
  for (const program of programs) {
    console.log(`measuring ${basename(program, '.mjs')} …`);
    reports.push(reportOf(await runProgram(process.execPath, ['--expose-gc', join(built, program)])));
  }
  console.log(`\n${table(reports)}`);
  if (reports.length === 0 || reports.some(({ isMet }) => !isMet)) process.exitCode = 1;
});

function reportOf(output: string): Report {
  const line = output.split('\n').find((one) => one.startsWith(reportMark));
  if (line === undefined) throw new Error(`Nothing was measured:\n${output}`);
  return JSON.parse(line.slice(reportMark.length)) as Report; // of claim.ts
}

/** In Markdown, for README. */
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
