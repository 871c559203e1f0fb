import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lastActivity } from '../../../../src/hub/activity';
import { currentTags, type Image } from '../../../../src/hub/model';
import { activityHistogram, type TagSplit } from '../../../../src/hub/overview/activityHistogram';
import { startOfDay } from '../../../../src/hub/overview/calendarBins';
import { imageOf } from '../../../support/images';

const now = new Date('2026-06-15T12:00:00Z');
const activeFrom = new Date('2026-05-15T10:15:00.500Z');
const none: TagSplit = { tagged: 0, untagged: 0 };

function pulled(at: string | undefined, ...tags: readonly string[]): Image {
  return imageOf(`${String(at)} ${tags.join()}`, {
    lastPushed: undefined,
    lastPulled: at === undefined ? undefined : new Date(at),
    tags: tags.map((name) => ({ name, isCurrent: true })),
  });
}

describe('the histogram of activity', () => {
  it('has no bins where there is nothing to put into them', () => {
    const { bins, steps, unknown, pullsUnknown, future } = activityHistogram([], { activeFrom, now });
    assert.deepEqual(
      { bins, steps, unknown, pullsUnknown, future },
      { bins: [], steps: [], unknown: none, pullsUnknown: [], future: none },
    );
  });

  it('counts what is unknown and what lies ahead apart', () => {
    const images = [pulled(undefined), pulled(undefined, 'a'), pulled('2026-06-15T12:00:00.001Z', 'b')];
    const { bins, unknown, future } = activityHistogram(images, { activeFrom, now });
    assert.deepEqual(bins, []);
    assert.deepEqual(unknown, { tagged: 1, untagged: 1 });
    assert.deepEqual(future, { tagged: 1, untagged: 0 });
  });

  it('keeps images whose pulls are not known apart, in steps of their own', () => {
    const untold = { lastPushed: new Date('2026-05-15T10:15:00.499Z'), arePullsUnknown: true } as const;
    const images = [
      imageOf('untold', untold),
      imageOf('pushed', { ...untold, lastPushed: activeFrom, tags: [{ name: 'a', isCurrent: true }] }),
      imageOf('nothing', { lastPushed: undefined, arePullsUnknown: true }),
      imageOf('ahead', { lastPushed: new Date('2026-06-15T12:00:00.001Z'), arePullsUnknown: true }),
    ];
    const { bins, steps, unknown, pullsUnknown, future } = activityHistogram(images, { activeFrom, now });
    assert.deepEqual([bins, steps], [[], []]);
    assert.deepEqual(pullsUnknown, [
      { at: new Date('2026-05-15T00:00:00Z'), tagged: 0, untagged: 1 },
      { at: activeFrom, tagged: 1, untagged: 0 },
    ]);
    assert.deepEqual(unknown, { tagged: 0, untagged: 1 });
    assert.deepEqual(future, { tagged: 0, untagged: 1 });
  });

  it('covers active_from and now even where no image lies there', () => {
    const { bins, unit } = activityHistogram([pulled('2026-06-01T00:00:00Z')], { activeFrom, now });
    assert.equal(unit, 'day');
    assert.equal(bins[0]?.from.toISOString(), '2026-05-15T00:00:00.000Z');
    assert.equal(bins.at(-1)?.to.toISOString(), '2026-06-16T00:00:00.000Z');
  });

  it('puts an image on the edge of two bins into the later one', () => {
    const { bins } = activityHistogram([pulled('2026-06-01T00:00:00Z', 'a')], { activeFrom, now });
    const filled = bins.filter(({ tagged }) => tagged > 0);
    assert.deepEqual(
      filled.map(({ from }) => from.toISOString()),
      ['2026-06-01T00:00:00.000Z'],
    );
  });

  it('takes an image with only former tags for untagged', () => {
    const image = imageOf('former', { tags: [{ name: 'old', isCurrent: false }], lastPushed: activeFrom });
    assert.deepEqual(activityHistogram([image], { activeFrom, now }).steps, [
      { at: activeFrom, tagged: 0, untagged: 1 },
    ]);
  });

  it('parts the day of active_from in two', () => {
    const images = [
      pulled('2026-05-15T10:15:00.499Z'),
      pulled('2026-05-15T10:15:00.500Z', 'a'),
      pulled('2026-05-15T23:59:59.999Z', 'b'),
    ];
    assert.deepEqual(activityHistogram(images, { activeFrom, now }).steps, [
      { at: new Date('2026-05-15T00:00:00Z'), tagged: 0, untagged: 1 },
      { at: activeFrom, tagged: 2, untagged: 0 },
    ]);
  });

  it('counts exactly what lies before active_from or any midnight, and loses no image', () => {
    const instant = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2026-08-01'),
      noInvalidDate: true,
    });
    const image = fc
      .record({ at: fc.option(instant, { nil: undefined }), isTagged: fc.boolean() })
      .map(({ at, isTagged }) => pulled(at?.toISOString(), ...(isTagged ? ['tag'] : [])));
    fc.assert(
      fc.property(fc.array(image), instant, instant, (images, from, moment) => {
        const { bins, steps, unknown, future } = activityHistogram(images, { activeFrom: from, now });
        for (const line of [from, startOfDay(moment)]) {
          const left = images.filter((one) => {
            const at = lastActivity(one)?.at;
            return at !== undefined && at <= now && at < line;
          });
          assert.deepEqual(sum(steps.filter(({ at }) => at < line)), splitOf(left));
        }
        assert.deepEqual(sum(bins), sum(steps));
        assert.deepEqual(sum([...steps, unknown, future]), splitOf(images));
      }),
    );
  });
});

function sum(splits: readonly TagSplit[]): TagSplit {
  return splits.reduce(
    (total, { tagged, untagged }) => ({
      tagged: total.tagged + tagged,
      untagged: total.untagged + untagged,
    }),
    none,
  );
}

function splitOf(images: readonly Image[]): TagSplit {
  const tagged = images.filter((image) => currentTags(image).length > 0).length;
  return { tagged, untagged: images.length - tagged };
}
