import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { trusted } from '../../support/certificateAuthorities';
import { workbenchVersions, type VersionName } from '../../workbench/versions';
import { writeLauncher } from '../../workbench/writeLauncher';
import { COUNTS_FILE, noCounts, readCounts, type Counts } from './counts';

export interface HostTests {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
}

/** Where the tests of the extension host run: an executable, or a version to download. */
type Host = { readonly vscodeExecutablePath: string } | { readonly version: string };

/** Runs the suite in one VS Code. A suite that left no counts has failed. */
export async function runHostTests(tests: HostTests, name: VersionName | 'desktop'): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-images-host-'));
  const countsFile = join(folder, 'counts.json');
  const authorityFile = join(folder, 'authority.pem');
  writeFileSync(authorityFile, trusted.authority);
  try {
    await runTests({
      ...tests,
      ...hostFor(name, folder),
      launchArgs: ['--disable-extensions', '--user-data-dir', join(folder, 'user'), folder],
      extensionTestsEnv: { [COUNTS_FILE]: countsFile, NODE_EXTRA_CA_CERTS: authorityFile },
    });
    return readCounts(countsFile) ?? { ...noCounts, failed: 1 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    const counts = readCounts(countsFile) ?? noCounts;
    return { ...counts, failed: Math.max(counts.failed, 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Desktop VS Code is downloaded where a window can always be opened; elsewhere the workbench from npm takes its place. */
function hostFor(name: VersionName | 'desktop', folder: string): Host {
  if (name === 'desktop') return { vscodeExecutablePath: process.env['VSCODE_EXECUTABLE'] ?? '' };
  if (process.platform === 'linux') return { vscodeExecutablePath: writeLauncher(folder, name) };
  return { version: name === 'newest' ? 'stable' : workbenchVersions[name].vscode };
}
