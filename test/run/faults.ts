/**
 * `npm run test:faults` shows what comes of every fault in every phase, and fails where it is not what was expected.
 * `npm run test:faults -- --update` writes the texts that a person reads into the file that is reviewed.
 */
import { main } from './support/main';
import { runGroup } from './support/runGroup';

process.env['HUB_IMAGES_FAULT_TABLE'] = '1';
if (process.argv.includes('--update')) {
  process.env['HUB_IMAGES_UPDATE_FAULT_TEXTS'] = '1';
}
await main(() =>
  runGroup({ name: 'unit', timeoutMs: 10_000, slowMs: 1_000, reporter: 'dot' }, ['test/unit/faults']),
);
