import assert from 'node:assert/strict';
import {
  selectImages,
  type ProtectionReason,
  type SelectionCriteria,
} from '../../../../src/hub/deletion/imageSelection';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { imageOf } from '../../../support/images';

const now = new Date('2026-06-01T00:00:00Z');
const activeFrom = new Date('2026-05-01T00:00:00Z');
const repository = parseRepositoryRef('acme/api');

const select = (images: readonly Image[], criteria: SelectionCriteria) =>
  selectImages({ repository, activeFrom, images }, criteria, now);

/** `a` is a current tag, `~a` a historical one. */
const tagged = (seed: string, ...names: readonly string[]) =>
  imageOf(seed, {
    tags: names.map((name) => ({ name: name.replace('~', ''), isCurrent: !name.startsWith('~') })),
  });
const pushed = (seed: string, day: string, facts: Partial<Image> = {}) =>
  imageOf(seed, { lastPushed: new Date(`${day}T00:00:00Z`), ...facts });

const none: Partial<Image> = { lastPushed: undefined, lastPulled: undefined };
const recent: Partial<Image> = { status: 'active', lastPulled: new Date('2026-05-20T00:00:00Z') };

describe('selection of images', () => {
  type Row = readonly [
    name: string,
    criteria: SelectionCriteria,
    image: Image,
    expected: 'selected' | 'passed over' | ProtectionReason,
  ];
  const rows: readonly Row[] = [
    ['inactive', { status: 'inactive' }, imageOf('a'), 'selected'],
    ['active where inactive is asked for', { status: 'inactive' }, imageOf('a', recent), 'passed over'],
    ['inactive where active is asked for', { status: 'active' }, imageOf('a'), 'passed over'],
    ['active', { status: 'active' }, imageOf('a', recent), 'selected'],
    ['active where the status does not matter', {}, imageOf('a', recent), 'selected'],
    ['of no known time', { status: 'inactive' }, imageOf('a', none), 'unknownActivity'],
    ['of no known time where the status does not matter', {}, imageOf('a', none), 'unknownActivity'],
    [
      'of unknown status',
      { status: 'inactive' },
      imageOf('a', { status: 'unknown', ...none }),
      'unknownActivity',
    ],
    [
      'of unknown status where active is asked for',
      { status: 'active' },
      imageOf('a', { status: 'unknown', ...none }),
      'passed over',
    ],
    [
      'pushed in the future',
      { status: 'inactive' },
      imageOf('a', { lastPushed: new Date('2026-06-02T00:00:00Z') }),
      'futureActivity',
    ],
    [
      'called inactive against its own times',
      { status: 'inactive' },
      imageOf('a', { lastPulled: new Date('2026-05-02T00:00:00Z') }),
      'contradictsServer',
    ],
    [
      'called inactive though active at the very first moment',
      { status: 'inactive' },
      imageOf('a', { lastPulled: activeFrom }),
      'contradictsServer',
    ],
    [
      'active until the moment before',
      { status: 'inactive' },
      imageOf('a', { lastPulled: new Date(activeFrom.getTime() - 1) }),
      'selected',
    ],
    ['pushed at this very moment', {}, imageOf('a', { lastPushed: now, status: 'active' }), 'selected'],
    [
      'pushed at this very moment and yet inactive',
      { status: 'inactive' },
      imageOf('a', { lastPushed: now }),
      'contradictsServer',
    ],
    [
      'of which some pulls are not known',
      { status: 'inactive' },
      imageOf('a', { arePullsUnknown: true }),
      'unknownActivity',
    ],
    ['without a tag', { tagging: 'untagged' }, imageOf('a'), 'selected'],
    ['whose tag moved on', { tagging: 'untagged' }, tagged('a', '~latest'), 'selected'],
    ['tagged where untagged is asked for', { tagging: 'untagged' }, tagged('a', 'v1'), 'passed over'],
    ['tagged', { tagging: 'tagged' }, tagged('a', 'v1'), 'selected'],
    ['untagged where tagged is asked for', { tagging: 'tagged' }, imageOf('a'), 'passed over'],
    ['whose tag matches', { tagPatterns: ['pr-*'] }, tagged('a', 'pr-12'), 'selected'],
    [
      'whose tags match one pattern each',
      { tagPatterns: ['pr-*', 'ci-*'] },
      tagged('a', 'pr-1', 'ci-2'),
      'selected',
    ],
    ['of which no tag matches', { tagPatterns: ['pr-*'] }, tagged('a', 'v1'), 'passed over'],
    ['of which a former tag matches', { tagPatterns: ['pr-*'] }, tagged('a', '~pr-12'), 'passed over'],
    [
      'with a tag that does not match',
      { tagPatterns: ['pr-*'] },
      tagged('a', 'pr-12', 'latest'),
      'otherTags',
    ],
    ['by a pattern of what is not to match', { tagPatterns: ['!v*'] }, tagged('a', 'pr-12'), 'selected'],
    ['pushed before', { pushedBefore: activeFrom }, pushed('a', '2026-04-30'), 'selected'],
    [
      'pushed at that very moment',
      { pushedBefore: activeFrom },
      pushed('a', '2026-05-01', recent),
      'passed over',
    ],
    [
      'pulled but not known to be pushed',
      { pushedBefore: activeFrom },
      imageOf('a', { lastPushed: undefined, lastPulled: new Date('2026-01-01T00:00:00Z') }),
      'unknownPush',
    ],
    ['doubtful in two ways', { pushedBefore: activeFrom }, imageOf('a', none), 'unknownActivity'],
    [
      'disputed, but pushed too late for certain',
      { pushedBefore: activeFrom },
      pushed('a', '2026-05-02', { ...recent, doubt: 'disputed' }),
      'passed over',
    ],
    [
      'doubtful, but different for certain',
      { tagging: 'tagged', pushedBefore: activeFrom },
      imageOf('a', none),
      'passed over',
    ],
  ];
  for (const [name, criteria, image, expected] of rows) {
    it(`an image ${name}: ${expected}`, () => {
      const { selected, protectedImages } = select([image], criteria);
      assert.deepEqual(selected, expected === 'selected' ? [image] : []);
      assert.deepEqual(
        protectedImages,
        expected === 'selected' || expected === 'passed over' ? [] : [{ image, reason: expected }],
      );
    });
  }

  it('asks for all criteria at once', () => {
    const images = [
      tagged('a', 'pr-1'),
      imageOf('b', { tags: [{ name: 'pr-2', isCurrent: true }], ...recent }),
      tagged('c', 'v1'),
    ];
    const { selected } = select(images, { status: 'inactive', tagPatterns: ['pr-*'] });
    assert.deepEqual(selected, images.slice(0, 1));
  });

  it('keeps the newest of those that match, whatever else there is', () => {
    const [oldest, older, newer] = [
      pushed('1', '2026-01-01'),
      pushed('2', '2026-02-01'),
      pushed('3', '2026-03-01'),
    ];
    const others = [pushed('4', '2026-05-15', recent), imageOf('5', none)];
    const found = select([newer, ...others, oldest, older], { status: 'inactive', keepNewest: 2 });
    assert.deepEqual(found.selected, [oldest]);
    assert.deepEqual(found.retained, [newer, older]);
  });

  it('keeps an image of which the push is not known before any other', () => {
    const unknown = imageOf('1', { lastPushed: undefined, lastPulled: new Date('2026-01-01T00:00:00Z') });
    const known = pushed('2', '2026-03-01');
    assert.deepEqual(select([unknown, known], { keepNewest: 1 }).selected, [known]);
  });

  it('keeps all where there are no more', () => {
    const found = select([imageOf('1'), imageOf('2')], { status: 'inactive', keepNewest: 3 });
    assert.deepEqual([found.selected.length, found.retained.length], [0, 2]);
  });
});
