import { readInventory } from '../src/hub/listing/inventory';
import { parseRepositoryRef } from '../src/hub/names';
import { benchRepository } from './support/benchWorld';
import { measureClaim } from './support/claim';
import { concurrency, connect } from './support/client';
import { leastMs, medianTimeOf, ratioText } from './support/measure';
import { latencyMs, withServer } from './support/server';

const images = 10_000;
const pageSize = 100;
const repository = parseRepositoryRef(benchRepository);
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);

await measureClaim(
  {
    title: 'list 10,000 images, concurrency 8',
    target: 'at least 6.5 × faster than serial; at most 1.25 × the limit',
  },
  () =>
    withServer({ images }, async (url) => {
      const connection = await connect(url);
      const serial = await medianTimeOf(1, async () => {
        for (let page = 1, hasNext = true; hasNext; page += 1) {
          ({ hasNext } = await connection.images.listImages(repository, { page, pageSize, activeFrom }));
        }
      });
      const whole = await medianTimeOf(5, () =>
        readInventory(connection.images, repository, { activeFrom, pageSize }),
      );
      connection.dispose();
      const faster = serial / whole;
      const overLimit = whole / leastMs(images / pageSize, concurrency, latencyMs);
      return {
        measured: `${ratioText(faster)} faster; ${ratioText(overLimit)} the limit`,
        isMet: faster >= 6.5 && overLimit <= 1.25,
      };
    }),
);
