import { readInventory } from '../src/hub/listing/inventory';
import { parseRepositoryRef } from '../src/hub/names';
import { benchRepository } from './support/benchWorld';
import { measureClaim } from './support/claim';
import { connect, countRequests } from './support/client';
import { ratioText, timeOf } from './support/measure';
import { withServer } from './support/server';

const images = 50_000;
const pageSize = 100;
const requestsPerMinute = 180;
const windowMs = 60_000;
const repository = parseRepositoryRef(benchRepository);
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);

await measureClaim(
  {
    title: 'list 50,000 images under a limit of 180 requests a minute',
    target: 'at most two answers 429; at most 1.1 × what the limit allows',
  },
  () =>
    withServer({ images, requestsPerMinute }, async (url) => {
      const counted = countRequests();
      const connection = await connect(url);
      const ms = await timeOf(() => readInventory(connection.images, repository, { activeFrom, pageSize }));
      connection.dispose();
      const refused = counted.answers(429);
      const allowedMs = Math.floor((counted.requests() - 1) / requestsPerMinute) * windowMs;
      return {
        measured: `${refused} refused; ${ratioText(ms / allowedMs)} what the limit allows`,
        isMet: refused <= 2 && ms <= 1.1 * allowedMs,
      };
    }),
);
