/**
 * The packaged extension, driven as a person would:
 * `npm run test:e2e -- [FILE…] [--grep PATTERN] [--api=management|registry] [--built]`.
 */
import { parseArgs } from 'node:util';
import { TESTED_API } from '../e2e/support/testedApi';
import { main } from './support/main';
import { packageExtension } from './support/packageExtension';
import { runGroup } from './support/runGroup';

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { built: { type: 'boolean' }, api: { type: 'string' }, grep: { type: 'string', short: 'g' } },
    allowPositionals: true,
  });
  if (values.api !== undefined) process.env[TESTED_API] = values.api;
  if (!values.built) await packageExtension();
  const grep = values.grep === undefined ? [] : ['--grep', values.grep];
  await runGroup({ name: 'e2e', timeoutMs: 120_000, slowMs: 20_000 }, [...positionals, ...grep]);
});
