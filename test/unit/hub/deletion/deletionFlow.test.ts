import assert from 'node:assert/strict';
import { DeletionFlow, type DeletionConfirmation } from '../../../../src/hub/deletion/deletionFlow';
import type { DeletionWarning } from '../../../../src/hub/deletion/findings';
import { planDeletion, type DeletionRequest, type PlannedImage } from '../../../../src/hub/deletion/plan';
import { HubError } from '../../../../src/hub/errors';
import type { DeletionAnswer } from '../../../../src/hub/imageApi';
import { FakeImageApi, nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { plannedImage } from '../../../support/images';

const networkError = () =>
  new HubError('network', { method: 'POST', path: '/v2/namespaces/acme/delete-images' });

function isActiveWarnings(request: DeletionRequest): DeletionAnswer {
  return refusal({
    warnings: request.digests.map((digest) => ({
      repository: request.repository.name,
      digest,
      warning: 'is_active',
    })),
  });
}

function setUp(images: readonly PlannedImage[], answers: { confirm?: boolean; batchSize?: number } = {}) {
  const api = new FakeImageApi(images.map(({ image }) => image));
  const confirmations: DeletionConfirmation[] = [];
  const touched: string[] = [];
  const flow = new DeletionFlow({
    plan: planDeletion('https://hub.example', new Date('2026-01-01T00:00:00Z'), images),
    api,
    batchSize: answers.batchSize ?? 25,
    pageSize: 100,
    confirm: (confirmation) => {
      confirmations.push(confirmation);
      return Promise.resolve(answers.confirm ?? true);
    },
    onDidChange: () => undefined,
    onDidDelete: (repositories) => touched.push(...repositories.map(({ name }) => name)),
  });
  return { api, flow, confirmations, touched };
}

const first = plannedImage('acme/api', 'one');
const second = plannedImage('acme/api', 'two');
const three = [first, second, plannedImage('acme/api', 'three')];

function tagsLost({ repository, image }: PlannedImage, ...tags: readonly string[]): DeletionWarning {
  return { repository: repository.name, digest: image.digest, warning: 'current_tag', tags };
}

describe('deletion flow', () => {
  it('deletes what a clean dry run and a confirmation allow, and says so per image', async () => {
    const { api, flow, touched } = setUp(three);
    await flow.dryRun();
    assert.equal(flow.canDelete, true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['deleted', 'deleted', 'deleted'],
    );
    assert.equal(flow.metrics?.manifestDeletes, 3);
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(touched, ['api']);
  });

  it('sends nothing that deletes before the review is complete', async () => {
    const { api, flow, confirmations } = setUp(three);
    api.answerDryRun = isActiveWarnings;
    await flow.delete();
    await flow.dryRun();
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(confirmations.length, 0);
  });

  it('sends nothing when the last question is declined', async () => {
    const { api, flow } = setUp(three, { confirm: false });
    await flow.dryRun();
    await flow.delete();
    assert.equal(api.deletions.length, 0);
    assert.equal(flow.phase, 'reviewing');
    assert.equal(flow.lastEvent.kind, 'declined');
  });

  it('names in the last question what the dry run told, not what was listed before', async () => {
    const { api, flow, confirmations } = setUp(three);
    api.answerDryRun = ({ repository, digests }) =>
      refusal({
        warnings: digests.slice(0, 1).flatMap((digest) => [
          { repository: repository.name, digest, warning: 'current_tag', tags: ['latest', '1.0'] },
          { repository: repository.name, digest, warning: 'is_active' },
        ]),
      });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    flow.acceptAll('is_active', true);
    await flow.delete();
    const [confirmation] = confirmations;
    assert.deepEqual(confirmation?.tags, ['acme/api:latest', 'acme/api:1.0']);
    assert.equal(confirmation.activeCount, 1);
    assert.equal(confirmation.imageCount, 3);
  });

  it('checks every batch before the first deletion', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    assert.equal(api.dryRuns.length, 3);
    assert.equal(api.deletions.length, 0);
  });

  it('deletes nothing of a refused request and shows what is new', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = isActiveWarnings;
    await flow.delete();
    assert.equal(flow.phase, 'reviewing');
    assert.equal(flow.lastEvent.kind, 'refused');
    assert.equal(flow.canDelete, false);
    assert.equal(
      flow.review.entries.every(({ warnings }) => warnings[0]?.isNew),
      true,
    );
    assert.equal(api.images.length, 3);
  });

  it('keeps what was accepted when a request is refused for something new', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = () => refusal({ warnings: [tagsLost(first, '1.0')] });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    api.answerDeletion = (request) =>
      api.deletions.length === 1 ? refusal({ warnings: [tagsLost(second, '2.0')] }) : api.remove(request);
    await flow.delete();
    assert.deepEqual(flow.review.counts.warnings.current_tag, { total: 2, accepted: 1 });
    flow.acceptAll('current_tag', true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.deepEqual(
      api.deletions[1]?.ignoredWarnings.map(({ tags }) => tags),
      [['1.0'], ['2.0']],
    );
  });

  it('asks again for a warning that the refusal words differently', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = () => refusal({ warnings: [tagsLost(first, '1.0')] });
    await flow.dryRun();
    flow.acceptAll('current_tag', true);
    api.answerDeletion = () => refusal({ warnings: [tagsLost(first, '1.0', 'hotfix')] });
    await flow.delete();
    assert.deepEqual(flow.review.counts.warnings.current_tag, { total: 1, accepted: 0 });
  });

  it('goes on with the rest when what is new was accepted', async () => {
    const { api, flow } = setUp(three, { batchSize: 2 });
    await flow.dryRun();
    api.answerDeletion = (request) =>
      api.deletions.length === 2 ? isActiveWarnings(request) : api.remove(request);
    await flow.delete();
    assert.equal(flow.settled.length, 2);
    flow.acceptAll('is_active', true);
    await flow.delete();
    assert.equal(flow.phase, 'finished');
    assert.equal(flow.metrics?.manifestDeletes, 3);
    assert.deepEqual(
      api.deletions.map(({ ignoredWarnings }) => ignoredWarnings.length),
      [0, 0, 1],
    );
  });

  it('stops at a lost reply, sends it never again and lets the new listing decide', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = (request) => {
      api.remove(request);
      throw networkError();
    };
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['deleted'],
    );
    assert.equal(flow.review.counts.images, 2);
    assert.equal(flow.canDelete, false, 'what is left has to be checked again');
    assert.equal(flow.canRepeatDryRun, true);
  });

  it('calls what cannot be listed afterwards unconfirmed', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.listImages = () => Promise.reject(networkError());
    await flow.delete();
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['unconfirmed', 'unconfirmed', 'unconfirmed'],
    );
  });

  it('does not believe a success that removed nothing', async () => {
    const { api, flow } = setUp(three);
    await flow.dryRun();
    api.answerDeletion = () => ({ kind: 'completed', metrics: { ...nothingRemoved, manifestDeletes: 3 } });
    await flow.delete();
    assert.deepEqual(
      flow.settled.map(({ outcome }) => outcome),
      ['stillThere', 'stillThere', 'stillThere'],
    );
  });

  it('stops after a request that reports errors', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = () => ({ kind: 'completed', metrics: { ...nothingRemoved, manifestErrors: 1 } });
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.equal(flow.review.counts.images, 2);
  });

  it('gives up a dry run when cancelled, and can repeat it', async () => {
    const { api, flow } = setUp(three);
    api.answerDryRun = (_request, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new HubError('cancelled', { method: 'POST', path: '/' }));
        });
      });
    const dryRun = flow.dryRun();
    assert.equal(flow.canCancel, true);
    flow.cancel();
    await dryRun;
    assert.equal(flow.phase, 'failed');
    assert.equal(flow.lastEvent.kind, 'checkCancelled');
    assert.equal(flow.canRepeatDryRun, true);
  });

  it('waits for the deletion under way when cancelled, and sends no other', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    await flow.dryRun();
    api.answerDeletion = (request) => {
      flow.cancel();
      return api.remove(request);
    };
    await flow.delete();
    assert.equal(api.deletions.length, 1);
    assert.equal(flow.lastEvent.kind, 'stopped');
    assert.equal(flow.review.counts.images, 2);
  });

  it('refuses to delete after a dry run that failed midway', async () => {
    const { api, flow } = setUp(three, { batchSize: 1 });
    api.answerDryRun = () => {
      if (api.dryRuns.length === 2) {
        throw networkError();
      }
      return { kind: 'completed', metrics: nothingRemoved };
    };
    await flow.dryRun();
    assert.equal(flow.phase, 'failed');
    await flow.delete();
    assert.equal(api.deletions.length, 0);
  });
});
