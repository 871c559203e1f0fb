import assert from 'node:assert/strict';
import { Protection } from '../../../src/hub/deletion/protection';
import type { PlannedImage } from '../../../src/hub/deletionRequest';
import type { Inventory } from '../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../src/hub/names';
import { type PlanInput, preparePlan } from '../../../src/planning/preparePlan';
import { plannedImage } from '../../support/images';

const activeFrom = new Date('2026-01-01T00:00:00Z');
const tagged = (repository: string, ...names: readonly string[]) =>
  plannedImage(repository, names.join(), { tags: names.map((name) => ({ name, isCurrent: true })) });
const latest = tagged('acme/api', 'latest');
const old = plannedImage('acme/api', 'old');
const web = tagged('acme/web', 'edge');

function inventoryOf(name: string, ...images: readonly PlannedImage[]): Inventory {
  return { repository: parseRepositoryRef(name), activeFrom, images: images.map(({ image }) => image) };
}

const apiInventory = inventoryOf('acme/api', latest, old);

/** A plan of both images of acme/api, without protection. */
function inputOf(facts: Partial<PlanInput> = {}): PlanInput {
  return {
    origin: 'https://hub.example',
    scope: 'chosen',
    activeFrom,
    images: [latest, old],
    inventories: { complete: [apiInventory], forProtection: [] },
    protection: Protection.none,
    protectionInForce: () => Protection.none,
    knownRepositories: [],
    ...facts,
  };
}

const unmatchedOf = (patterns: readonly string[], facts: Partial<PlanInput> = {}) =>
  preparePlan(inputOf({ protection: new Protection(patterns), ...facts })).unmatchedPatterns;

describe('preparePlan', () => {
  it('plans every image if nothing is protected', () => {
    const { plan, protectedImages, unmatchedPatterns } = preparePlan(inputOf());
    assert.deepEqual(plan?.images, [latest, old]);
    assert.deepEqual(protectedImages, []);
    assert.deepEqual(unmatchedPatterns, []);
  });

  it('passes on the server, the scope, the instant, the criteria, the complete inventories and the protection', () => {
    const protectionInForce = () => new Protection(['acme/api:latest']);
    const criteria = { status: 'inactive' } as const;
    const { plan } = preparePlan(inputOf({ scope: 'matching', criteria, protectionInForce }));
    assert.ok(plan);
    assert.equal(plan.origin, 'https://hub.example');
    assert.equal(plan.scope, 'matching');
    assert.equal(plan.activeFrom, activeFrom);
    assert.deepEqual(plan.inventories, [apiInventory]);
    assert.equal(plan.criteria, criteria);
    assert.equal(plan.protectionInForce, protectionInForce);
  });

  it('leaves out protected images and reports them', () => {
    const protection = new Protection(['acme/api:latest']);
    const { plan, protectedImages } = preparePlan(inputOf({ protection }));
    assert.deepEqual(plan?.images, [old]);
    assert.deepEqual(protectedImages, [latest]);
  });

  it('does not protect an image by a tag that has moved on', () => {
    const former = plannedImage('acme/api', 'former', { tags: [{ name: 'latest', isCurrent: false }] });
    const protection = new Protection(['acme/api:latest']);
    const { plan, protectedImages } = preparePlan(inputOf({ images: [former], protection }));
    assert.deepEqual(plan?.images, [former]);
    assert.deepEqual(protectedImages, []);
  });

  it('has no plan if every image is protected', () => {
    const protection = new Protection(['acme/api']);
    const { plan, protectedImages, unmatchedPatterns } = preparePlan(inputOf({ protection }));
    assert.equal(plan, undefined);
    assert.deepEqual(protectedImages, [latest, old]);
    assert.deepEqual(unmatchedPatterns, []);
  });

  it('has no plan without images', () => {
    const protection = new Protection(['acme/apii']);
    assert.deepEqual(preparePlan(inputOf({ images: [], protection })).plan, undefined);
  });

  describe('reports a protection pattern', () => {
    it('that matches no tag', () => {
      assert.deepEqual(unmatchedOf(['acme/api:latest', 'acme/api:lates']), ['acme/api:lates']);
    });

    it('that matches no known repository', () => {
      assert.deepEqual(unmatchedOf(['acme/apii'], { knownRepositories: [web.repository] }), ['acme/apii']);
    });

    it('that matches nothing, even if every image is protected', () => {
      assert.deepEqual(unmatchedOf(['acme/*', 'acme/apii']), ['acme/apii']);
    });

    it('for its tag, even if its repository is known', () => {
      const knownRepositories = [latest.repository, web.repository];
      assert.deepEqual(unmatchedOf(['acme/api:lates'], { knownRepositories }), ['acme/api:lates']);
      assert.deepEqual(unmatchedOf(['acme/*:lates'], { knownRepositories }), ['acme/*:lates']);
    });
  });

  describe('does not report a protection pattern', () => {
    it('that matches an image outside the selection', () => {
      assert.deepEqual(unmatchedOf(['acme/api:latest'], { images: [old] }), []);
    });

    it('that names another known repository, whatever its tags', () => {
      const knownRepositories = [web.repository];
      assert.deepEqual(unmatchedOf(['acme/web', 'acme/w*:nightly'], { knownRepositories }), []);
    });

    it('that matches in one of several repositories', () => {
      const inventories = { complete: [apiInventory, inventoryOf('acme/web', web)], forProtection: [] };
      assert.deepEqual(unmatchedOf(['acme/*:edge'], { images: [old, web], inventories }), []);
    });
  });

  describe('inventories read for protection only', () => {
    it('are compared with the patterns, and are not part of the plan', () => {
      const inventories = { complete: [], forProtection: [apiInventory] };
      const protection = new Protection(['acme/api:latest', 'acme/api:lates']);
      const { plan, unmatchedPatterns } = preparePlan(inputOf({ inventories, protection }));
      assert.deepEqual(plan?.inventories, []);
      assert.deepEqual(unmatchedPatterns, ['acme/api:lates']);
    });

    it('are not enough for images selected by criteria', () => {
      const inventories = { complete: [], forProtection: [apiInventory] };
      const protection = new Protection(['acme/web']);
      const input = inputOf({ scope: 'matching', criteria: {}, inventories, protection });
      assert.throws(() => preparePlan(input), /complete inventory/);
    });

    it('are required for chosen images of a repository without a complete inventory', () => {
      const inventories = { complete: [], forProtection: [] };
      assert.throws(() => unmatchedOf(['acme/web'], { inventories }), RangeError);
      assert.deepEqual(preparePlan(inputOf({ inventories })).plan?.images, [latest, old]);
    });
  });
});
