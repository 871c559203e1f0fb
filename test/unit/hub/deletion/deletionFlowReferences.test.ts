import assert from 'node:assert/strict';
import type { CodeReference } from '../../../../src/hub/codeReferences';
import type { DeletionConfirmation } from '../../../../src/hub/deletion/confirmation';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { FakeImageApi, refusal } from '../../../support/fakeImageApi';
import { FakeReferenceSource, referenceIn } from '../../../support/foundReferences';
import { imageOf, plannedImage, planOf } from '../../../support/images';
import { MemoryJournal } from '../../../support/memoryJournal';
import { until } from '../../../support/until';

const linux = imageOf('linux');
const index = plannedImage('acme/api', 'index', { role: 'index', parts: [linux] });
const untagged = plannedImage('acme/api', 'untagged');
const latest = plannedImage('acme/api', 'latest', { tags: [{ name: 'latest', isCurrent: true }] });
const digestLine = referenceIn('images.lock', {
  repository: undefined,
  digest: untagged.image.digest,
  line: 3,
});

function setUp(images: readonly PlannedImage[], source?: FakeReferenceSource) {
  const api = new FakeImageApi(images.map(({ image }) => image));
  api.answerDryRun = ({ repository, digests }) =>
    refusal({
      warnings: api.images
        .filter(({ digest, tags }) => digests.includes(digest) && tags.length > 0)
        .map(({ digest, tags }) => ({
          repository: repository.name,
          digest,
          warning: 'current_tag',
          tags: tags.map(({ name }) => name),
        })),
    });
  const journal = new MemoryJournal();
  const confirmations: DeletionConfirmation[] = [];
  const moments = { onConfirm: () => undefined as unknown };
  const flow = new DeletionFlow({
    plan: planOf(images),
    api,
    username: 'demo',
    journal,
    locks: new MemoryRepositoryLocks(),
    now: () => new Date('2026-06-01T00:00:00Z'),
    delay: () => new Promise(() => undefined),
    batchSize: 25,
    pageSize: 100,
    references: source,
    confirm: (confirmation) => {
      confirmations.push(confirmation);
      moments.onConfirm();
      return Promise.resolve(true);
    },
    onDidChange: () => undefined,
    onDidDelete: () => undefined,
  });
  return { api, flow, journal, confirmations, moments };
}

function usesIn(flow: DeletionFlow): readonly CodeReference[] {
  return flow.review.entries.flatMap(({ referenced }) =>
    (referenced?.uses ?? []).map(({ reference }) => reference),
  );
}

function planIn(journal: MemoryJournal) {
  const [plan] = journal.records;
  return plan?.type === 'plan' ? plan : assert.fail('no plan was recorded');
}

describe('references in a deletion flow', () => {
  it('hold the deletion back until the search has finished', async () => {
    const source = new FakeReferenceSource();
    const { api, flow } = setUp([untagged], source);
    await flow.dryRun();
    assert.equal(flow.references.state.kind, 'searching');
    assert.equal(flow.canDelete, false);
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    source.waiting[0]?.end([]);
    await until(() => flow.canDelete);
  });

  it('have to be accepted, are confirmed, and are recorded', async () => {
    const { api, flow, journal, confirmations } = setUp([untagged], new FakeReferenceSource([digestLine]));
    await flow.dryRun();
    assert.equal(flow.canDelete, false);
    assert.deepEqual(flow.review.counts.acceptances.referenced, { total: 1, accepted: 0 });
    flow.acceptAll('referenced', true);
    assert.equal(flow.canDelete, true);
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(confirmations[0]?.uses, [digestLine]);
    assert.equal(confirmations[0].search, 'searched');
    const { search, images } = planIn(journal);
    assert.deepEqual(search, { kind: 'searched', folders: ['work'], files: 12, skippedFiles: 0 });
    assert.deepEqual(images[0]?.acceptedUses, [
      { path: 'images.lock', line: 3, text: untagged.image.digest },
    ]);
  });

  it('to an image that is deleted along count for the image it belongs to', async () => {
    const line = referenceIn('images.lock', { repository: undefined, digest: linux.digest });
    const { flow } = setUp([index], new FakeReferenceSource([line]));
    await flow.dryRun();
    const [use] = flow.review.entries[0]?.referenced?.uses ?? [];
    assert.equal(use?.reference, line);
    assert.equal(use.deletedAlong?.digest, linux.digest);
  });

  it('that only mention an image do not have to be accepted', async () => {
    const lines = (['produced', 'documentation', 'tooling'] as const).map((kind) =>
      referenceIn(kind, { ...digestLine, kind, file: { uri: kind, path: kind } }),
    );
    const { flow } = setUp([untagged], new FakeReferenceSource(lines));
    await flow.dryRun();
    assert.equal(flow.canDelete, true);
    assert.deepEqual(flow.review.references.others, { possible: [], mentions: lines });
    flow.remove(flow.review.entries.map(({ key }) => key));
    assert.deepEqual(flow.review.references.others.mentions, [], 'they are not in the plan any more');
  });

  it('whose tag cannot be determined may use the tagged images, as long as one is in the plan', async () => {
    const open = referenceIn('values.yaml', { kind: 'nameOnly', tag: undefined });
    const byDefault = referenceIn('compose.yaml', { isDefault: true });
    const { flow } = setUp([latest, untagged], new FakeReferenceSource([open, byDefault]));
    const other = plannedImage('acme/api', 'other', { tags: [{ name: '2', isCurrent: true }] });
    const { flow: withOther } = setUp([latest, other], new FakeReferenceSource([open, byDefault]));
    for (const each of [flow, withOther]) {
      await each.dryRun();
      assert.deepEqual(
        each.review.references.others.possible,
        [open],
        'what is used by default is in its row',
      );
      each.remove([imageKey(latest.repository, latest.image.digest)]);
    }
    assert.deepEqual(flow.review.references.others.possible, [], 'a tag cannot mean an untagged image');
    assert.deepEqual(withOther.review.references.others.possible, [open, byDefault]);
  });

  it('by a digest that is not listed may use a part that is not known', async () => {
    const line = referenceIn('pinned.yaml', { digest: linux.digest });
    const unread = plannedImage('acme/api', 'unread', { role: 'index', arePartsUnknown: true });
    const { flow } = setUp([unread], new FakeReferenceSource([line]));
    await flow.dryRun();
    assert.deepEqual(flow.review.references.others.possible, [line]);
    const { flow: known } = setUp([index], new FakeReferenceSource([line]));
    await known.dryRun();
    assert.deepEqual(
      known.review.references.others.possible,
      [],
      'it is deleted along, and has to be accepted',
    );
  });

  it('are not waited for once the person has continued without them, which is recorded', async () => {
    const source = new FakeReferenceSource();
    const { api, flow, journal, confirmations } = setUp([untagged], source);
    await flow.dryRun();
    flow.references.skip();
    assert.equal(flow.canDelete, true);
    source.waiting[0]?.end([digestLine]);
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(usesIn(flow), []);
    assert.equal(confirmations[0]?.search, 'skipped');
    assert.deepEqual(planIn(journal).search, { kind: 'skipped' });
  });

  it('can be searched after all', async () => {
    const source = new FakeReferenceSource();
    const { flow } = setUp([untagged], source);
    await flow.dryRun();
    flow.references.skip();
    source.references = [digestLine];
    await flow.references.start();
    assert.equal(flow.canDelete, false);
    assert.deepEqual(usesIn(flow), [digestLine]);
  });

  it('are not asked for if the search is switched off, which is recorded', async () => {
    const { flow, journal } = setUp([untagged]);
    await flow.dryRun();
    await flow.delete();
    assert.deepEqual(planIn(journal).search, { kind: 'off' });
  });

  it('hold the deletion back after a search that failed, until another has succeeded', async () => {
    const source = new FakeReferenceSource();
    const { flow } = setUp([untagged], source);
    await flow.dryRun();
    source.waiting[0]?.fail(new Error('no workspace'));
    await until(() => flow.references.state.kind === 'failed');
    assert.equal(flow.canDelete, false);
    source.references = [];
    await flow.dryRun();
    await until(() => flow.canDelete);
    assert.equal(source.searches, 2);
  });

  it('that appear while the final confirmation is open stop the deletion', async () => {
    const source = new FakeReferenceSource([]);
    const { api, flow, moments } = setUp([untagged], source);
    await flow.dryRun();
    moments.onConfirm = () => {
      source.change([digestLine]);
    };
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.phase, 'reviewing');
    assert.deepEqual(flow.lastEvent.kind === 'changed' && flow.lastEvent.changes.map(({ kind }) => kind), [
      'referenced',
    ]);
    assert.equal(flow.review.entries[0]?.referenced?.isNew, true);
  });

  it('in a change that was not reported yet are found by the last check, which reads everything', async () => {
    const source = new FakeReferenceSource([]);
    const { api, flow, moments } = setUp([untagged], source);
    await flow.dryRun();
    moments.onConfirm = () => {
      source.references = [digestLine]; // the change has not been reported
    };
    await flow.delete();
    assert.equal(source.thorough, 1);
    assert.equal(api.deletions.length, 0);
    assert.deepEqual(usesIn(flow), [digestLine]);
  });

  it('delete nothing if the last search fails', async () => {
    const source = new FakeReferenceSource([]);
    const { api, flow, moments } = setUp([untagged], source);
    await flow.dryRun();
    moments.onConfirm = () => {
      source.search = () => Promise.reject(new Error('no workspace'));
    };
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.phase, 'reviewing');
    assert.equal(flow.canDelete, false);
    assert.equal(flow.references.state.kind, 'failed');
  });

  it('that an earlier search found stay, if the person continues without another one', async () => {
    const source = new FakeReferenceSource([digestLine]);
    const { api, flow, journal } = setUp([untagged], source);
    await flow.dryRun();
    flow.acceptAll('referenced', true);
    source.search = () => Promise.reject(new Error('no workspace'));
    source.change();
    await until(() => flow.references.state.kind === 'failed');
    flow.references.skip();
    assert.equal(flow.canDelete, true, 'what was accepted still is');
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(planIn(journal).search, { kind: 'skipped' });
    assert.equal(planIn(journal).images[0]?.acceptedUses?.length, 1);
  });

  it('are not searched for without end while files keep changing', async () => {
    const source = new FakeReferenceSource([]);
    const { api, flow, moments } = setUp([untagged], source);
    await flow.dryRun();
    moments.onConfirm = () => {
      source.before = () => {
        queueMicrotask(() => {
          source.change();
        });
        return Promise.resolve();
      };
    };
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    flow.close();
  });

  it('stay accepted while only their lines move, and not when something else is written there', async () => {
    const source = new FakeReferenceSource([referenceIn('prod.yaml')]);
    const { flow } = setUp([latest], source);
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    flow.acceptAll('referenced', true);
    source.change([referenceIn('prod.yaml', { line: 7 })]);
    await until(() => usesIn(flow)[0]?.line === 7);
    assert.equal(flow.canDelete, true);
    source.change([referenceIn('prod.yaml', { digest: latest.image.digest })]);
    await until(() => !flow.canDelete);
    assert.equal(flow.review.entries[0]?.referenced?.isAccepted, false);
    assert.equal(flow.lastEvent.kind, 'changed');
    source.change([]);
    await until(() => flow.canDelete);
    assert.deepEqual(usesIn(flow), []);
  });

  it('are searched again after a change during the search', async () => {
    const source = new FakeReferenceSource();
    const { flow } = setUp([untagged], source);
    await flow.dryRun();
    source.change();
    source.references = [digestLine];
    source.waiting[0]?.end([]);
    await until(() => usesIn(flow).length === 1);
    assert.equal(source.searches, 2);
  });

  it('by a tag are those of the image that has the tag now', async () => {
    const source = new FakeReferenceSource([referenceIn('prod.yaml')]);
    const { api, flow } = setUp([latest, untagged], source);
    api.images = [
      { ...latest.image, tags: [] },
      { ...untagged.image, tags: [{ name: 'latest', isCurrent: true }] },
    ];
    await flow.dryRun();
    await until(() => usesIn(flow).length > 0);
    assert.deepEqual(
      flow.review.entries.map(({ referenced }) => referenced?.uses.length),
      [undefined, 1],
    );
  });

  it('are not followed any more when the review is closed', async () => {
    const source = new FakeReferenceSource();
    const { flow } = setUp([untagged], source);
    await flow.dryRun();
    flow.close();
    assert.equal(source.listeners, 0);
    assert.equal(flow.references.state.kind, 'searching');
    assert.equal(flow.canDelete, false);
  });
});
