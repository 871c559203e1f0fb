/**
 * Tests inside the extension host: `npm run test:host -- [newest] [oldest] [--built]`; both, unless one is named.
 * `VSCODE_EXECUTABLE` names a desktop VS Code to run them in instead.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isVersionName } from '../workbench/versions';
import { buildExtension, buildTests } from './support/buildTests';
import { describeCounts, sum, writeCounts, type Counts } from './support/counts';
import { runHostTests } from './support/hostTests';
import { main } from './support/main';
import { isSuccess } from './support/runMocha';

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { built: { type: 'boolean' } },
    allowPositionals: true,
  });
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'host-'));
  try {
    if (!values.built) await buildExtension();
    await buildTests('host', folder);
    const counts: Counts[] = [];
    for (const name of chosen(positionals)) {
      console.log(`\nHost tests in ${name} VS Code`);
      const result = await runHostTests(
        {
          extensionDevelopmentPath: resolve('.'),
          extensionTestsPath: resolve(folder, 'test/host/suite.cjs'),
        },
        name,
      );
      console.log(`${name}: ${describeCounts(result)}`);
      counts.push(result);
    }
    writeCounts(sum(counts));
    if (!counts.every(isSuccess)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function chosen(names: readonly string[]) {
  const unknown = names.find((name) => !isVersionName(name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown} VS Code: say newest or oldest`);
  if (process.env['VSCODE_EXECUTABLE']) return ['desktop'] as const;
  return names.length === 0 ? (['oldest', 'newest'] as const) : names.filter(isVersionName);
}
