import { parseNamespaceName } from '../src/hub/names';
import { benchAccount } from './support/benchWorld';
import { measureClaim } from './support/claim';
import { concurrency, connect } from './support/client';
import { leastMs, medianTimeOf, ratioText } from './support/measure';
import { latencyMs, withServer } from './support/server';

const repositories = 2_000;
const pageSize = 100;
const namespace = parseNamespaceName(benchAccount.username);

await measureClaim(
  { title: 'list a namespace with 2,000 repositories', target: 'at most 1.3 × the limit of the listing' },
  () =>
    withServer({ repositories }, async (url) => {
      const connection = await connect(url);
      let listed = 0;
      const whole = await medianTimeOf(5, async () => {
        listed = 0;
        for await (const page of connection.directory.listRepositories(namespace)) {
          listed += page.repositories.length;
        }
      });
      connection.dispose();
      const overLimit = whole / leastMs(repositories / pageSize, concurrency, latencyMs);
      return {
        measured: `${listed.toLocaleString('en')} rows; ${ratioText(overLimit)} the limit`,
        isMet: listed === repositories && overLimit <= 1.3,
      };
    }),
);
