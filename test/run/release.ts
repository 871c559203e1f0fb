/**
 * `npm run release` builds, tests and packages what is committed, once the version and the changelog agree. It publishes
 * nothing, and prints the commands that do.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import lock from '../../package-lock.json';
import manifest from '../../package.json';
import { main } from './support/main';
import { packageExtension, VSIX } from './support/packageExtension';
import { releaseProblems } from './support/releaseProblems';
import { runCommand } from './support/runCommand';

await main(async () => {
  const problems = releaseProblems({
    version: manifest.version,
    lockedVersion: lock.version,
    changelog: readFileSync('CHANGELOG.md', 'utf8'),
    uncommitted: execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }),
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await runCommand(process.execPath, ['test/run/run.mjs', 'all']);
  await packageExtension();
  console.log(
    [
      `${VSIX} is version ${manifest.version}. To publish it:`,
      `  npx vsce publish --packagePath ${VSIX}`,
      `  npx ovsx publish ${VSIX}`,
    ].join('\n'),
  );
});
