/** `npm run test:long` plays far more random flows than `npm test` does: HUB_IMAGES_RUNS, or 50,000. */
import { main } from './support/main';
import { runGroup } from './support/runGroup';

process.env['HUB_IMAGES_RUNS'] ??= '50000';
process.env['HUB_IMAGES_SEED'] ??= String(Date.now() % 2 ** 31);
await main(() =>
  runGroup({ name: 'unit', timeoutMs: 10_000, slowMs: 1_000 }, [
    'test/unit/hub/deletion/deletionFlow.property.test.ts',
  ]),
);
