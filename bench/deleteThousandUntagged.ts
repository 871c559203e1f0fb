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
import { connect, countRequests } from './support/client';
import { leastMs, ratioText, timeOf } from './support/measure';
import { latencyMs, withServer } from './support/server';

const images = 1_000;
const pageSize = 100;
const imagesAtOnce = 4;
const repository = parseRepositoryRef(benchRepository);
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);

await measureClaim(
  {
    title: `delete ${images.toLocaleString('en')} untagged images on today's Docker Hub, from the final confirmation to the result`,
    target: 'at most 2.2 requests per image; at most 1.2 × the limit of four images at a time',
  },
  () =>
    withServer({ images }, async (url) => {
      const counted = countRequests();
      const connection = await connect(url, { imageApi: 'registry', mayReadManifests: () => true });
      const inventory = await readInventory(connection.images, repository, { activeFrom, pageSize });
      const digests = inventory.images.map(({ digest }) => digest);
      await (await connection.images.neededReading?.(repository, digests))?.read({});
      const flow = new DeletionFlow({
        plan: planDeletion({
          origin: connection.origin,
          scope: 'chosen',
          activeFrom,
          images: inventory.images.map((image) => ({ repository, image })),
        }),
        api: connection.images,
        username: benchAccount.username,
        journal: new MemoryJournal(),
        locks: new MemoryRepositoryLocks(),
        batchSize: 25,
        pageSize,
        now: () => new Date(),
        delay,
        confirm: () => Promise.resolve(true),
        onDidChange: () => undefined,
        onDidDelete: () => undefined,
      });
      await flow.dryRun();
      acceptanceKinds.forEach((kind) => {
        flow.acceptAll(kind, true);
      });
      const before = counted.requests();
      const ms = await timeOf(() => flow.delete());
      const perImage = (counted.requests() - before) / images;
      const deleted = flow.settlement.counts.deleted;
      flow.close();
      connection.dispose();
      // the pages of the list of manifests follow each other, before the deletion and after it
      const limit = 2 * (images / pageSize) * latencyMs + leastMs(images, imagesAtOnce, latencyMs);
      return {
        measured: `${deleted.toLocaleString('en')} deleted; ${perImage.toFixed(2)} requests per image; ${ratioText(ms / limit)} the limit`,
        isMet: deleted === images && perImage <= 2.2 && ms <= 1.2 * limit,
      };
    }),
);
