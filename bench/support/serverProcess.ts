/** A sandbox in a process of its own: `node serverProcess.mjs '{"images":…,"repositories":…,"latencyMs":…}'`. */
import { startSandbox } from '../../src/sandbox/index';
import { main } from '../../test/run/support/main';
import { benchWorld } from './benchWorld';
import type { ServerOptions, ReportedAnswer } from './server';

await main(async () => {
  const { latencyMs, requestsPerMinute, isReporting, ...size } = JSON.parse(
    process.argv[2] ?? '{}',
  ) as ServerOptions; // of server.ts
  const sandbox = await startSandbox({
    world: benchWorld(size),
    latencyMs,
    ...(requestsPerMinute !== undefined && { rateLimit: { requests: requestsPerMinute, windowMs: 60_000 } }),
    exchangeLimit: 0,
  });
  if (isReporting) {
    sandbox.onDidExchange(({ operation, path }) => {
      const answer: ReportedAnswer = { operation, path, at: performance.timeOrigin + performance.now() };
      console.log(JSON.stringify(answer));
    });
  }
  console.log(sandbox.url);
});
