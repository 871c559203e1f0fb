/** `npm run test:faults` shows what comes of every fault in every phase, and fails where it is not what was expected. */
import { main } from './support/main';
import { runGroup } from './support/runGroup';

process.env['HUB_IMAGES_FAULT_TABLE'] = '1';
await main(() =>
  runGroup({ name: 'unit', timeoutMs: 10_000, slowMs: 1_000, reporter: 'dot' }, ['test/unit/faults']),
);
