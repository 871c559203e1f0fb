import assert from 'node:assert/strict';
import fc from 'fast-check';
import { binLimit, fitBins, startOfDay, type BinUnit } from '../../../../src/hub/overview/calendarBins';

const dates = (edges: readonly Date[]) => edges.map((edge) => edge.toISOString());
const midnight = (date: string) => `${date}T00:00:00.000Z`;

const cases: readonly [
  first: string,
  last: string,
  unit: BinUnit,
  count: number,
  edges: readonly string[],
][] = [
  ['2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z', 'day', 1, ['2026-06-01', '2026-06-02']],
  ['2026-06-01T23:59:59Z', '2026-06-03T00:00:00Z', 'day', 3, ['2026-06-01', '2026-06-04']],
  ['2026-04-03T00:00:00Z', '2026-06-01T00:00:00Z', 'day', 60, ['2026-04-03', '2026-06-02']],
  ['2026-04-02T00:00:00Z', '2026-06-01T00:00:00Z', 'week', 10, ['2026-03-30', '2026-06-08']],
  ['2024-12-31T08:00:00Z', '2025-12-31T08:00:00Z', 'week', 53, ['2024-12-30', '2026-01-05']],
  ['2025-01-15T00:00:00Z', '2026-06-15T00:00:00Z', 'month', 18, ['2025-01-01', '2026-07-01']],
  ['2021-07-31T00:00:00Z', '2026-06-01T00:00:00Z', 'month', 60, ['2021-07-01', '2026-07-01']],
  ['2021-06-30T23:00:00Z', '2026-06-01T00:00:00Z', 'year', 6, ['2021-01-01', '2027-01-01']],
  ['0002-05-01T00:00:00Z', '2026-06-01T00:00:00Z', 'year', 60, ['0002-01-01', '2042-01-01']],
];

describe('bins of a calendar', () => {
  for (const [first, last, unit, count, [from, to]] of cases) {
    it(`are ${String(count)} of a ${unit} from ${first} to ${last}`, () => {
      const bins = fitBins(new Date(first), new Date(last));
      assert.equal(bins.unit, unit);
      assert.equal(bins.edges.length - 1, count);
      assert.equal(bins.edges[0]?.toISOString(), midnight(from ?? ''));
      assert.equal(bins.edges.at(-1)?.toISOString(), midnight(to ?? ''));
    });
  }

  it('begin on the first of a month, whatever its length', () => {
    const { edges } = fitBins(new Date('2024-12-31T00:00:00Z'), new Date('2026-03-31T00:00:00Z'));
    assert.deepEqual(
      dates(edges).slice(0, 4),
      ['2024-12-01', '2025-01-01', '2025-02-01', '2025-03-01'].map(midnight),
    );
  });

  it('cover any two instants and all between, within the limit, in order', () => {
    const instant = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [first, last] = one <= other ? [one, other] : [other, one];
        const { edges } = fitBins(first, last);
        assert.ok(edges.length - 1 <= binLimit, String(edges.length));
        assert.ok((edges[0] ?? last) <= first);
        assert.ok((edges.at(-1) ?? first) > last);
        for (const [index, edge] of edges.entries()) {
          assert.equal(edge.getTime(), startOfDay(edge).getTime());
          assert.ok(index === 0 || (edges[index - 1] ?? edge) < edge);
        }
      }),
    );
  });
});
