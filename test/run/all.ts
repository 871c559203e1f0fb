/** `npm test`: everything, one step after the other. The last line says what all tests together came to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringEverything } from '../workbench/bringEverything';
import { COUNTS_FILE, describeCounts, noCounts, readCounts, sum, type Counts } from './support/counts';
import { main } from './support/main';
import { runCommand } from './support/runCommand';

interface Step {
  readonly name: string;
  /** Arguments of Node. */
  readonly program: readonly string[];
  /** Its tests leave their counts; any other step counts as one test. */
  readonly isSuite: boolean;
  /** Where it needs programs of one system only. */
  readonly platform?: NodeJS.Platform;
}

/** Cheap ones first; the later ones use what `package` has built, which is what ships. */
const steps: readonly Step[] = [
  { name: 'lint', program: npmScript('lint'), isSuite: false },
  { name: 'check', program: npmScript('check'), isSuite: false },
  { name: 'unit', program: ['out/tools/unit.mjs'], isSuite: true },
  { name: 'registry', program: ['out/tools/registry.mjs'], isSuite: true, platform: 'linux' },
  { name: 'package', program: ['out/tools/package.mjs'], isSuite: false },
  { name: 'webview', program: ['out/tools/webview.mjs', '--built'], isSuite: true },
  { name: 'host', program: ['out/tools/host.mjs', '--built'], isSuite: true },
  { name: 'e2e', program: ['out/tools/e2e.mjs', '--built'], isSuite: true },
];

await main(async () => {
  rmSync('artifacts', { recursive: true, force: true });
  await bringEverything();
  const folder = mkdtempSync(join(tmpdir(), 'hub-images-counts-'));
  const results: Counts[] = [];
  const summary: string[] = [];
  for (const step of steps) {
    console.log(`\n── ${step.name}`);
    if (step.platform !== undefined && step.platform !== process.platform) {
      summary.push(`${step.name.padEnd(8)}     –  not run: its programs are those of ${step.platform}`);
      continue;
    }
    const startedAt = Date.now();
    const counts = await run(step, join(folder, `${step.name}.json`));
    const seconds = `${Math.round((Date.now() - startedAt) / 1000)} s`;
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    summary.push(`${step.name.padEnd(8)} ${seconds.padStart(5)}  ${describeCounts(counts)}${skipped}`);
    results.push(counts);
  }
  rmSync(folder, { recursive: true, force: true });
  const total = sum(results);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
  console.log(`\n${summary.join('\n')}\n\n${describeCounts(total)}`);
});

async function run({ program, isSuite }: Step, countsFile: string): Promise<Counts> {
  let failed = 0;
  try {
    await runCommand(process.execPath, program, { env: { ...process.env, [COUNTS_FILE]: countsFile } });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed = 1;
  }
  if (!isSuite) return { ...noCounts, passed: 1 - failed, failed };
  // A suite that failed without a failed test, or never came to its end, is one failure.
  const counts = readCounts(countsFile) ?? { ...noCounts, failed: 1 };
  return { ...counts, failed: Math.max(counts.failed, failed) };
}

function npmScript(name: string): readonly string[] {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Run this with: npm test');
  return [npm, 'run', '--silent', name];
}
