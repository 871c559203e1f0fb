/**
 * Mutation tests: `npm run test:mutation -- [FOLDER or FILE…]`. They change the code of the extension in one place at a time,
 * and fail where the tests do not notice enough of the changes. Without arguments, they change everything that
 * test/mutation/targets.ts names; an argument is one of these targets, or a file in it. Reports are written to
 * artifacts/mutation/.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { acceptedSurvivors } from '../mutation/acceptedSurvivors';
import { mutationOptions } from '../mutation/mutationOptions';
import {
  compareSurvivors,
  keyOf,
  scoreOf,
  type Survivor,
  survivorsOf,
  timedOutOf,
} from '../mutation/survivors';
import { chosenTargets, isChangedWith, type MutationTarget } from '../mutation/targets';
import { main } from './support/main';

const reports = join('artifacts', 'mutation');

await main(async () => {
  const problems: string[] = [];
  for (const target of chosenTargets(process.argv.slice(2), existsSync)) {
    problems.push(...(await runTarget(target)));
  }
  if (problems.length > 0) {
    throw new Error(`\n${problems.join('\n')}`);
  }
});

/** @returns What has to be mended. */
async function runTarget(target: MutationTarget): Promise<readonly string[]> {
  const folder = join(reports, target.source.replace(/^src\//, '').replaceAll('/', '-'));
  const results = await new Stryker(mutationOptions(target, folder)).runMutationTest();
  const { mutants, detected, score } = scoreOf(results);
  const readSource = (file: string) => readFileSync(file, 'utf8');
  const survivors = survivorsOf(results, readSource);
  const accepted = acceptedSurvivors.filter(({ file }) => isChangedWith(file, target));
  const { unexpected, outdated } = compareSurvivors(survivors, accepted, timedOutOf(results, readSource));
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
  const lowScore =
    score < target.minimumScore ? [`${target.source}: score below ${target.minimumScore} %`] : [];
  if (target.hasOpenSurvivors === true) {
    return lowScore;
  }
  return [
    ...lowScore,
    ...unexpected.map((survivor) => `Survivor: ${describe(survivor, unexpected)}`),
    ...outdated.map((key) => `Accepted, but no survivor: ${key}`),
  ];
}

function describe(survivor: Survivor, unexpected: readonly Survivor[]): string {
  const { file, lineNumber, isCovered } = survivor;
  const state = unexpected.includes(survivor) ? 'not accepted' : 'accepted';
  return `${file}:${lineNumber} (${isCovered ? state : `${state}, without a test`})${keyOf(survivor).slice(file.length)}`;
}
