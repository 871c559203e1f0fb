import { main } from './support/main';
import { runGroup } from './support/runGroup';

await main(() => runGroup({ name: 'unit', timeoutMs: 10_000, slowMs: 200 }));
