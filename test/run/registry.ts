/**
 * The registry's client against a registry of others, and the credentials of the Docker CLI with a helper of others:
 * `npm run test:registry -- [FILE…] [--grep PATTERN]`.
 */
import { bringPrograms } from '../registry/support/bringPrograms';
import { main } from './support/main';
import { runGroup } from './support/runGroup';

await main(async () => {
  bringPrograms();
  await runGroup({ name: 'registry', timeoutMs: 60_000, slowMs: 2_000 });
});
