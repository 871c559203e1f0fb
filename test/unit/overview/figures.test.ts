import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Figures, totalOf } from '../../../media/overview/figures';
import { closestDay, lineOfDate, movedLine, startOfDay } from '../../../media/overview/line';
import { lastActivity } from '../../../src/hub/activity';
import { parseRepositoryRef } from '../../../src/hub/names';
import { activityHistogram } from '../../../src/hub/overview/activityHistogram';
import { figuresMessage } from '../../../src/overview/overviewMessages';
import { imageOf } from '../../support/images';

const now = new Date('2026-06-15T12:00:00Z');
const repository = parseRepositoryRef('acme/api');

describe('the figures in the page', () => {
  it('count what lies left of a line as exactly as if each image was looked at', () => {
    const instant = fc.date({ min: new Date('2024-01-01'), max: now, noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(instant, fc.boolean())),
        instant,
        instant,
        (times, activeFrom, moment) => {
          const images = times.map(([at, isUntold], index) =>
            imageOf(String(index), { lastPushed: at, ...(isUntold && { arePullsUnknown: true as const }) }),
          );
          const histogram = activityHistogram(images, { activeFrom, now });
          const inventory = { repository, activeFrom, images };
          const figures = new Figures(figuresMessage({ inventory, histogram }, now));
          for (const line of [activeFrom.getTime(), startOfDay(moment.getTime())]) {
            const before = images.filter((image) => (lastActivity(image)?.at.getTime() ?? line) < line);
            const unknown = before.filter(({ arePullsUnknown }) => arePullsUnknown === true).length;
            const sides = figures.sidesOf(line);
            assert.equal(totalOf(sides.left), before.length - unknown);
            assert.equal(totalOf(sides.unknown), unknown);
            assert.equal(totalOf(sides.right), images.length - before.length);
          }
          assert.equal(totalOf(figures.all), images.length);
        },
      ),
    );
  });
});

describe('the figures of images that may be parts of others', () => {
  it('say how many these are', () => {
    const images = [
      imageOf('a', { doubt: 'undetermined' }),
      imageOf('b', { doubt: 'disputed' }),
      imageOf('c'),
    ];
    const histogram = activityHistogram(images, { activeFrom: now, now });
    const message = figuresMessage({ inventory: { repository, activeFrom: now, images }, histogram }, now);
    assert.equal(new Figures(message).undetermined, 1);
  });
});

describe('a line that is moved', () => {
  const bounds = { first: Date.parse('2026-01-01T00:00:00Z'), last: Date.parse('2026-06-15T00:00:00Z') };
  const edges = ['2026-01-01', '2026-03-01', '2026-05-01', '2026-07-01'].map((date) => Date.parse(date));
  const cases = [
    ['2026-03-01T10:15:00Z', 'dayBack', '2026-03-01'],
    ['2026-03-01T10:15:00Z', 'dayOn', '2026-03-02'],
    ['2026-03-01T00:00:00Z', 'dayBack', '2026-02-28'],
    ['2026-03-01T10:15:00Z', 'binBack', '2026-03-01'],
    ['2026-03-01T00:00:00Z', 'binBack', '2026-01-01'],
    ['2026-01-01T00:00:00Z', 'binBack', '2026-01-01'],
    ['2026-03-01T00:00:00Z', 'binOn', '2026-05-01'],
    ['2026-05-01T00:00:00Z', 'binOn', '2026-06-15'],
    ['2026-05-01T00:00:00Z', 'first', '2026-01-01'],
    ['2026-05-01T00:00:00Z', 'last', '2026-06-15'],
  ] as const;
  for (const [from, move, to] of cases) {
    it(`comes from ${from} by ${move} to ${to}`, () => {
      assert.equal(movedLine(Date.parse(from), move, bounds, edges), Date.parse(to));
    });
  }

  it('stands at the closest midnight within its bounds when it is dragged', () => {
    const dragged = (at: string) => new Date(closestDay(Date.parse(at), bounds)).toISOString().slice(0, 10);
    assert.equal(dragged('2026-03-01T11:59:59Z'), '2026-03-01');
    assert.equal(dragged('2026-03-01T12:00:00Z'), '2026-03-02');
    assert.equal(dragged('2020-01-01T00:00:00Z'), '2026-01-01');
    assert.equal(dragged('2030-01-01T00:00:00Z'), '2026-06-15');
  });

  for (const text of ['', '2025-12-31', '2026-06-16', 'soon']) {
    it(`takes no date ${JSON.stringify(text)}`, () => {
      assert.equal(lineOfDate(text, bounds), undefined);
    });
  }
});
