import { bringChromium, bringHeadlessShell, isChromiumThere } from './bringChromium';
import { installWorkbench, isInstalled } from './install';

const versions = ['newest', 'oldest'] as const;

/** Fetches all that the tests need and the machine has not, and says so first. */
export async function bringEverything(log = console.log): Promise<void> {
  const missing = versions.filter((name) => !isInstalled(name)).map((name) => `the ${name} VS Code`);
  if (!isChromiumThere()) missing.push('a browser');
  if (missing.length > 0) log(`First run: fetching ${missing.join(', ')}, in all one to five minutes.`);
  bringHeadlessShell(log);
  bringChromium(log);
  for (const name of versions) await installWorkbench(name, log);
}
