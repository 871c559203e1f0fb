/** Bundles the tools, then runs one of them in this process: `node test/run/run.mjs NAME [ARGUMENT…]`. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [name] = process.argv.splice(2, 1);
const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--tests=tools'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
await import(pathToFileURL(resolve(`out/tools/${name}.mjs`)).href);
