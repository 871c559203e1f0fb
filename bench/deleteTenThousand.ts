import { delay } from '../src/hub/delay';
import { DeletionFlow } from '../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../src/hub/deletion/memoryRepositoryLocks';
import { planDeletion } from '../src/hub/deletion/plan';
import { acceptanceKinds } from '../src/hub/findings';
import { readInventory } from '../src/hub/listing/inventory';
import { parseRepositoryRef } from '../src/hub/names';
import { MemoryJournal } from '../test/support/memoryJournal';
import { benchAccount, benchRepository } from './support/benchWorld';
import { measureClaim } from './support/claim';
import { concurrency, connect, countRequests } from './support/client';
import { leastMs, ratioText, timeOf } from './support/measure';
import { latencyMs, withServer } from './support/server';

const images = 10_000;
const pageSize = 100;
const batchSize = 25;
const repository = parseRepositoryRef(benchRepository);
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);

await measureClaim(
  {
    title: 'dry run and delete 10,000 images, batch 25, dry-run concurrency 8',
    target:
      'the least requests, besides the check right before the deletion and the listings; at most 1.2 × the limit',
  },
  () =>
    withServer({ images }, async (url) => {
      const counted = countRequests();
      const connection = await connect(url);
      const inventory = await readInventory(connection.images, repository, { activeFrom, pageSize });
      const before = counted.requests();
      const flow = new DeletionFlow({
        plan: planDeletion({
          origin: connection.origin,
          scope: 'chosen',
          activeFrom,
          images: inventory.images.map((image) => ({ repository, image })),
          inventories: [inventory],
        }),
        api: connection.images,
        username: benchAccount.username,
        journal: new MemoryJournal(),
        locks: new MemoryRepositoryLocks(),
        batchSize,
        pageSize,
        now: () => new Date(),
        delay,
        confirm: () => Promise.resolve(true),
        onDidChange: () => undefined,
        onDidDelete: () => undefined,
      });
      const ms = await timeOf(async () => {
        await flow.dryRun();
        acceptanceKinds.forEach((kind) => {
          flow.acceptAll(kind, true);
        });
        await flow.delete();
      });
      const requests = counted.requests() - before;
      const deleted = flow.summary?.reported?.manifestDeletes ?? 0;
      flow.close();
      connection.dispose();
      const batches = images / batchSize;
      const listing = images / pageSize + 1;
      // two checks side by side, the deletions one after the other, and a listing of what is left
      const least = 3 * batches;
      const limit = 2 * leastMs(batches, concurrency, latencyMs) + batches * latencyMs;
      return {
        measured: `${deleted.toLocaleString('en')} deleted; ${requests.toLocaleString('en')} requests, ${(requests - least).toLocaleString('en')} of them listings; ${ratioText(ms / limit)} the limit`,
        isMet: deleted === images && requests <= least + 3 * listing && ms <= 1.2 * limit,
      };
    }),
);
