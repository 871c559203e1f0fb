import { readInventory } from '../src/hub/listing/inventory';
import { parseRepositoryRef } from '../src/hub/names';
import { benchRepository } from './support/benchWorld';
import { measureClaim } from './support/claim';
import { concurrency, connect } from './support/client';
import { leastMs, ratioText, timeOf, usedHeapBytes } from './support/measure';
import { latencyMs, withServer } from './support/server';

const images = 100_000;
const pageSize = 100;
const repository = parseRepositoryRef(benchRepository);
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);

/** What one image costs may grow by so much from a tenth of the images to all of them. */
const linearTolerance = 1.2;

async function listed(count: number): Promise<{ readonly ms: number; readonly heapBytes: number }> {
  return withServer({ images: count }, async (url) => {
    const connection = await connect(url);
    const before = usedHeapBytes();
    let retained: unknown;
    const ms = await timeOf(async () => {
      retained = await readInventory(connection.images, repository, { activeFrom, pageSize });
    });
    const heapBytes = usedHeapBytes() - before;
    connection.dispose();
    return { ms, heapBytes: retained === undefined ? 0 : heapBytes };
  });
}

await measureClaim(
  {
    title: 'list 100,000 images',
    target: 'at most 1.3 × the limit; heap growth at most 60 MB; linear in the number of images',
  },
  async () => {
    const tenth = await listed(images / 10);
    const { ms, heapBytes } = await listed(images);
    const overLimit = ms / leastMs(images / pageSize, concurrency, latencyMs);
    const growth = ms / 10 / tenth.ms;
    const megabytes = heapBytes / 1_000_000;
    return {
      measured: `${ratioText(overLimit)} the limit; ${megabytes.toFixed(0)} MB; ${ratioText(growth)} a tenth's time each`,
      isMet: overLimit <= 1.3 && megabytes <= 60 && growth <= linearTolerance,
    };
  },
);
