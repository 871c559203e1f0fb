import assert from 'node:assert/strict';
import type { ImagesSummary } from '../../../src/hub/model';
import { formatRepository, parseRepositoryRef } from '../../../src/hub/names';
import { countedImagesText } from '../../../src/planning/texts/counts';
import { RepositoryCounts } from '../../../src/planning/repositoryCounts';

const [known, judged, unread] = ['acme/api', 'acme/web', 'acme/gone'].map(parseRepositoryRef);
const activeFrom = new Date('2026-05-01T12:00:00Z');

async function countsOf(summaries: Readonly<Record<string, Partial<ImagesSummary>>>) {
  const counts = new RepositoryCounts(Object.keys(summaries).map(parseRepositoryRef));
  const readSummary = (repository: (typeof counts.repositories)[number]) =>
    Promise.resolve({
      activeFrom,
      total: 0,
      active: 0,
      inactive: 0,
      ...summaries[formatRepository(repository)],
    });
  await counts.read({ readSummary }, () => undefined);
  return counts;
}

describe('counts of several repositories', () => {
  it('add up what is unknown and what may be parts of others, with servers that do not say', async () => {
    const counts = await countsOf({
      'acme/api': { total: 1_200, active: 148, inactive: 980, unknown: 72, undetermined: 30 },
      'acme/web': { total: 4, inactive: 4 },
    });
    assert.deepEqual([counts.unknown, counts.undetermined], [72, 30]);
    assert.equal(countedImagesText(counts), 'up to 1,204 images, 984 of them inactive, 72 unknown');
  });

  it('say nothing of unknown activity if there is none', async () => {
    const counts = await countsOf({ 'acme/api': { total: 4, inactive: 4, unknown: 0 } });
    assert.equal(countedImagesText(counts), '4 images, 4 of them inactive');
  });

  it('leave no repository out of which entries could not be read (row 12)', async () => {
    const counts = await countsOf({ 'acme/api': { total: 1, active: 1, unread: 1 } });
    assert.equal(counts.mayHave('inactive', parseRepositoryRef('acme/api')), true);
  });

  it('leave no repository out that may have an image of the status', async () => {
    const counts = await countsOf({
      'acme/api': { total: 3, active: 1, inactive: 0, unknown: 2 },
      'acme/web': { total: 1, active: 0, inactive: 1 },
    });
    assert.ok(known && judged && unread);
    const statuses = ['inactive', 'active', undefined] as const;
    assert.deepEqual(
      statuses.map((status) => counts.mayHave(status, known)),
      [true, true, true],
    );
    assert.deepEqual(
      statuses.map((status) => counts.mayHave(status, judged)),
      [true, false, true],
    );
    assert.equal(counts.mayHave('active', unread), true);
    const settled = await countsOf({ 'acme/api': { total: 1, active: 1, unknown: 0 } });
    assert.equal(settled.mayHave('inactive', known), false);
  });
});
