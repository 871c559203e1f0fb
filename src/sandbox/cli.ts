import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox';

/** A sandbox as a process of its own, for measurements and for tests of the whole extension. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      routes: { type: 'string', default: 'all' },
      latency: { type: 'string', default: '0' }, // milliseconds
      'rate-limit': { type: 'string' }, // requests a minute
    },
  });
  const requests = values['rate-limit'];
  const sandbox = await startSandbox({
    port: Number(values.port),
    routes: values.routes === 'seed' ? 'seed' : 'all',
    latencyMs: Number(values.latency),
    ...(requests !== undefined && { rateLimit: { requests: Number(requests), windowMs: 60_000 } }),
    exchangeLimit: 0, // it may run for long, and nobody in this process asks
  });
  process.once('SIGTERM', () => void sandbox.stop());
  process.once('SIGINT', () => void sandbox.stop());
  console.log(`Sandbox Hub listening on ${sandbox.url}`);
}

void main();
