/**
 * Takes the place of desktop VS Code under `runTests` of @vscode/test-electron: it understands the same arguments, runs
 * the suite in a workbench of its own and ends with the suite's exit code.
 */
import { parseArgs } from 'node:util';
import { runSuite } from '../workbench/runSuite';
import { isVersionName } from '../workbench/versions';
import { WORKBENCH_VERSION } from '../workbench/writeLauncher';
import { main } from './support/main';

await main(async () => {
  const version = process.env[WORKBENCH_VERSION];
  const { values } = parseArgs({
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
    strict: false, // what only a desktop understands comes too
    allowPositionals: true,
  });
  const { extensionDevelopmentPath, extensionTestsPath } = values;
  if (
    !isVersionName(version) ||
    typeof extensionDevelopmentPath !== 'string' ||
    typeof extensionTestsPath !== 'string'
  ) {
    throw new Error(`${WORKBENCH_VERSION}, --extensionDevelopmentPath and --extensionTestsPath are needed`);
  }
  process.exitCode = await runSuite({ version, extensionDevelopmentPath, extensionTestsPath });
});
