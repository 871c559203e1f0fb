/**
 * `npm test`: everything. The unit tests come first; of the other stages as many run at once as the machine has cores, at most
 * two. The summary names what failed, and its last line counts all tests.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringEverything } from '../workbench/bringEverything';
import { COUNTS_FILE, describeCounts, noCounts, readCounts, sum, type Counts } from './support/counts';
import { main } from './support/main';
import { runIntoFile } from './support/runCommand';
import { runStages, type Stage } from './support/stages';

const MOST_AT_ONCE = 2;
/** What each stage prints while it runs. It is shown when the stage ends, so that two do not mix. */
const OUTPUT = 'artifacts/stages';
/** Every test with its time, slowest first. */
const DURATIONS = 'artifacts/durations.tsv';

interface TestStage extends Stage {
  /** Arguments of Node. */
  readonly program: readonly string[];
  /** Its tests leave their counts; any other stage counts as one test. */
  readonly isSuite: boolean;
  /** Where it needs programs of one system only. */
  readonly platform?: NodeJS.Platform;
}

interface StageResult {
  readonly counts: Counts;
  readonly seconds: number;
}

const ofPackage = { isSuite: true, needs: 'package' } as const;

/** Runs before the others and by itself: it holds real timeouts, which are short so that its tests are fast. */
const unit: TestStage = { name: 'unit', program: tool('unit'), isSuite: true };

/** Slow ones first, so that none of them is left to run alone at the end. `package` makes what ships, and what others test. */
const stages: readonly TestStage[] = [
  { name: 'package', program: tool('package'), isSuite: false },
  { name: 'e2e management', program: tool('e2e', '--built', '--api=management'), ...ofPackage },
  { name: 'webview', program: tool('webview', '--built'), ...ofPackage },
  { name: 'e2e registry', program: tool('e2e', '--built', '--api=registry'), ...ofPackage },
  { name: 'lint', program: npmScript('lint'), isSuite: false },
  { name: 'host', program: tool('host', '--built'), ...ofPackage },
  { name: 'check', program: npmScript('check'), isSuite: false },
  { name: 'registry', program: tool('registry'), isSuite: true, platform: 'linux' },
];

await main(async () => {
  rmSync('artifacts', { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  await bringEverything();
  const folder = mkdtempSync(join(tmpdir(), 'hub-images-counts-'));
  const results = new Map<string, StageResult>();
  const startedAt = Date.now();
  const runOne = async (stage: TestStage) => {
    results.set(stage.name, await run(stage, join(folder, `${stage.name}.json`)));
  };
  await runOne(unit);
  const others = stages.filter(isForThisSystem);
  await runStages(others, Math.min(availableParallelism(), MOST_AT_ONCE), runOne);
  rmSync(folder, { recursive: true, force: true });
  const total = sum([...results.values()].map(({ counts }) => counts));
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
  writeDurations(total);
  console.log(`\n${summary(results, secondsSince(startedAt))}\n`);
  for (const { title, reason } of total.failures) console.log(`failed: ${title}\n        ${reason}`);
  console.log(describeCounts(total));
});

function isForThisSystem({ platform }: TestStage): boolean {
  return platform === undefined || platform === process.platform;
}

async function run({ name, program, isSuite }: TestStage, countsFile: string): Promise<StageResult> {
  const outputFile = join(OUTPUT, `${name.replaceAll(' ', '-')}.txt`);
  console.log(`── ${name} begins: ${outputFile}`);
  const startedAt = Date.now();
  const problem = await runIntoFile(process.execPath, program, outputFile, {
    env: { ...process.env, [COUNTS_FILE]: countsFile },
  });
  const output = readFileSync(outputFile, 'utf8');
  const failed = problem === undefined ? 0 : 1;
  const failures = problem === undefined ? [] : [{ title: name, reason: problem }];
  console.log(`\n── ${name}\n${output.trimEnd()}${problem === undefined ? '' : `\n${problem}`}`);
  const seconds = secondsSince(startedAt);
  if (!isSuite) return { counts: { ...noCounts, passed: 1 - failed, failed, failures }, seconds };
  // A suite that failed without a failed test, or never came to its end, is one failure.
  const counts = readCounts(countsFile) ?? { ...noCounts, failed: 1, failures };
  return { counts: { ...counts, failed: Math.max(counts.failed, failed) }, seconds };
}

function summary(results: ReadonlyMap<string, StageResult>, seconds: number): string {
  const lines = [unit, ...stages].map(({ name, platform }) => {
    const result = results.get(name);
    if (result === undefined) return row(name, '–', `not run: its programs are those of ${String(platform)}`);
    const { counts } = result;
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    return row(name, `${result.seconds} s`, `${describeCounts(counts)}${skipped}`);
  });
  const [slowest] = [...results].sort(([, a], [, b]) => b.seconds - a.seconds);
  const end = slowest === undefined ? '' : `, the slowest stage is ${slowest[0]}`;
  return [...lines, row('all', `${seconds} s`, `every test with its time is in ${DURATIONS}${end}`)].join(
    '\n',
  );
}

function row(name: string, time: string, text: string): string {
  return `${name.padEnd(14)} ${time.padStart(6)}  ${text}`;
}

function writeDurations({ tests }: Counts): void {
  const lines = [...tests].sort((a, b) => b.ms - a.ms).map(({ title, ms }) => `${ms}\t${title}`);
  writeFileSync(DURATIONS, `ms\ttest\n${lines.join('\n')}\n`);
}

function secondsSince(startedAt: number): number {
  return Math.round((Date.now() - startedAt) / 1000);
}

function tool(name: string, ...args: readonly string[]): readonly string[] {
  return [`out/tools/${name}.mjs`, ...args];
}

function npmScript(name: string): readonly string[] {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Run this with: npm test');
  return [npm, 'run', '--silent', name];
}
