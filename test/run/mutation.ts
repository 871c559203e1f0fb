/**
 * Mutation tests: `npm run test:mutation -- [FOLDER or FILE…]`. They change the code of the extension in one place at a time,
 * and fail where the tests do not notice enough of the changes. Without arguments, they change everything that
 * test/mutation/targets.ts names. Reports are written to artifacts/mutation/.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { acceptedSurvivors } from '../mutation/acceptedSurvivors';
import { mutationOptions } from '../mutation/mutationOptions';
import { compareSurvivors, keyOf, scoreOf, type Survivor, survivorsOf } from '../mutation/survivors';
import { type MutationTarget, mutationTargets } from '../mutation/targets';
import { main } from './support/main';

const reports = join('artifacts', 'mutation');

await main(async () => {
  const problems: string[] = [];
  for (const target of chosenTargets(process.argv.slice(2))) {
    problems.push(...(await runTarget(target)));
  }
  if (problems.length > 0) {
    throw new Error(`\n${problems.join('\n')}`);
  }
});

function chosenTargets(names: readonly string[]): readonly MutationTarget[] {
  const wanted = names.map((name) => name.replace(/\/$/, ''));
  const unknown = wanted.find((name) => !mutationTargets.some(({ source }) => source === name));
  if (unknown !== undefined) {
    throw new Error(
      `No such target: ${unknown}. There are: ${mutationTargets.map(({ source }) => source).join(', ')}`,
    );
  }
  return mutationTargets.filter(({ source }) => wanted.length === 0 || wanted.includes(source));
}

/** @returns What has to be mended. */
async function runTarget(target: MutationTarget): Promise<readonly string[]> {
  const folder = join(reports, target.source.replace(/^src\//, '').replaceAll('/', '-'));
  const results = await new Stryker(mutationOptions(target, folder)).runMutationTest();
  const { mutants, detected, score } = scoreOf(results);
  const survivors = survivorsOf(results, (file) => readFileSync(file, 'utf8'));
  const accepted = acceptedSurvivors.filter(({ file }) => isWithin(file, target.source));
  const { unexpected, outdated } = compareSurvivors(survivors, accepted);
  const summary = `${target.source}: ${score.toFixed(1)} %, ${detected} of ${mutants} changes noticed, ${survivors.length - unexpected.length} survivors accepted, ${unexpected.length} not`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'survivors.txt'),
    [summary, ...survivors.map((survivor) => describe(survivor, unexpected))].join('\n') + '\n',
  );
  console.log(`\n${summary}\nReport: ${join(folder, 'report.html')}, ${join(folder, 'survivors.txt')}\n`);
  if (target.minimumScore === undefined) {
    return [];
  }
  return [
    ...(score < target.minimumScore ? [`${target.source}: score below ${target.minimumScore} %`] : []),
    ...unexpected.map((survivor) => `Survivor: ${describe(survivor, unexpected)}`),
    ...outdated.map((key) => `Accepted, but no survivor: ${key}`),
  ];
}

function isWithin(file: string, source: string): boolean {
  return file === source || file.startsWith(`${source}/`);
}

function describe(survivor: Survivor, unexpected: readonly Survivor[]): string {
  const { file, lineNumber, isCovered } = survivor;
  const state = unexpected.includes(survivor) ? 'not accepted' : 'accepted';
  return `${file}:${lineNumber} (${isCovered ? state : `${state}, without a test`})${keyOf(survivor).slice(file.length)}`;
}
