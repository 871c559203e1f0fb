import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/hub/listing/inventory';
import { agreesWithSummary, inventoryAt } from '../../../../src/hub/listing/inventoryAt';
import type { Image, ImageStatus } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { imageOf } from '../../../support/images';

const line = new Date('2026-03-01T00:00:00Z');

function inventoryOf(images: readonly Image[]): Inventory {
  return { repository: parseRepositoryRef('acme/api'), activeFrom: new Date('2026-05-01T00:00:00Z'), images };
}

function statusOf(facts: Partial<Image>): ImageStatus | undefined {
  return inventoryAt(inventoryOf([imageOf('one', facts)]), line).images[0]?.status;
}

describe('an inventory at another instant', () => {
  const cases: readonly [facts: Partial<Image>, expected: ImageStatus][] = [
    [{ lastPushed: new Date('2026-02-28T23:59:59.999Z'), status: 'inactive' }, 'inactive'],
    [{ lastPushed: new Date('2026-03-01T00:00:00Z'), status: 'inactive' }, 'active'],
    [{ lastPushed: new Date('2026-01-01T00:00:00Z'), status: 'active' }, 'inactive'],
    [{ lastPushed: undefined, lastPulled: new Date('2026-04-01T00:00:00Z'), status: 'inactive' }, 'active'],
    [{ lastPushed: undefined, status: 'unknown' }, 'unknown'],
    [{ lastPushed: undefined, status: 'inactive' }, 'inactive'],
  ];
  for (const [facts, expected] of cases) {
    it(`calls ${JSON.stringify(facts)} ${expected}`, () => {
      assert.equal(statusOf(facts), expected);
    });
  }

  it('judges what belongs to an image, too', () => {
    const part = imageOf('part', { lastPushed: line, status: 'inactive' });
    const index = imageOf('index', { parts: [imageOf('middle', { parts: [part] })] });
    const [judged] = inventoryAt(inventoryOf([index]), line).images;
    assert.equal(judged?.parts?.[0]?.status, 'inactive');
    assert.equal(judged.parts[0].parts?.[0]?.status, 'active');
    assert.equal(index.parts?.[0]?.parts?.[0]?.status, 'inactive'); // the other stays as it was
  });

  it('is as the server judged it at the instant of the server', () => {
    const inventory = inventoryOf([imageOf('contradiction', { status: 'active' })]);
    assert.equal(inventoryAt(inventory, new Date(inventory.activeFrom)), inventory);
  });

  it('tells the instant it is at', () => {
    assert.equal(inventoryAt(inventoryOf([]), line).activeFrom, line);
  });
});

describe('an inventory and a summary', () => {
  const inventory = inventoryOf([
    imageOf('one', { status: 'active' }),
    imageOf('two', { status: 'inactive' }),
    imageOf('three', { status: 'unknown' }),
  ]);
  const summary = { activeFrom: line, total: 3, active: 1, inactive: 2 };

  it('agree where every count is the same, what is unknown among the inactive', () => {
    assert.ok(agreesWithSummary(inventory, summary));
  });

  for (const other of [{ total: 4 }, { active: 2 }, { inactive: 1 }, { active: 0, inactive: 3 }]) {
    it(`contradict each other with ${JSON.stringify(other)}`, () => {
      assert.equal(agreesWithSummary(inventory, { ...summary, ...other }), false);
    });
  }
});
