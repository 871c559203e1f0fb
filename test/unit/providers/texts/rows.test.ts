import assert from 'node:assert/strict';
import { defaultImagesView, type ImagesView } from '../../../../src/catalog/viewOptions';
import { shortDigest } from '../../../../src/hub/digest';
import type { Image, Tag } from '../../../../src/hub/model';
import { parseNamespaceName, parseRepositoryRef } from '../../../../src/hub/names';
import { namespaceNode, repositoryNode, loadMoreNode } from '../../../../src/providers/nodes';
import {
  countsFailedText,
  groupRowText,
  imageRowDescription,
  imageRowSummary,
  imageRowLabel,
  inactiveBadge,
  loadMoreText,
  partRowDescription,
  repositoryRowText,
  summaryText,
  unusualViewText,
} from '../../../../src/providers/texts/rows';
import { imageOf } from '../../../support/images';

const now = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const tag = (name: string, isCurrent = true): Tag => ({ name, isCurrent });

describe('summaryText', () => {
  const cases: readonly [total: number, inactive: number, expected: string][] = [
    [41, 12, '41 images · 12 inactive'],
    [1, 1, '1 image · 1 inactive'],
    [1, 0, '1 image · 0 inactive'],
    [12_345, 1_234, '12,345 images · 1,234 inactive'],
    [0, 0, 'no images'],
  ];
  for (const [total, inactive, expected] of cases) {
    it(`reads “${expected}”`, () => {
      assert.equal(summaryText({ total, inactive, active: total - inactive, activeFrom: now }), expected);
    });
  }

  it('counts unknown activity by itself, and says nothing of it if there is none', () => {
    const counts = { activeFrom: now, total: 1_200, active: 68, inactive: 40 };
    assert.equal(summaryText({ ...counts, unknown: 1_092 }), '1,200 images · 40 inactive · 1,092 unknown');
    assert.equal(summaryText({ ...counts, unknown: 0 }), '1,200 images · 40 inactive');
  });

  it('counts the entries that could not be read (row 12), and never says that there are no images then', () => {
    const counts = { activeFrom: now, total: 3, active: 1, inactive: 2, unread: 2 };
    assert.equal(summaryText(counts), '3 images · 2 inactive · 2 unreadable');
    assert.equal(summaryText({ ...counts, total: 0, inactive: 0 }), '0 images · 0 inactive · 2 unreadable');
  });

  it('says that there may be fewer images if some may be parts of others', () => {
    const counts = { activeFrom: now, total: 3, active: 1, inactive: 1, unknown: 1, undetermined: 2 };
    assert.equal(summaryText(counts), 'up to 3 images · 1 inactive · 1 unknown');
    assert.equal(
      summaryText({ ...counts, total: 1, active: 0, unknown: 0, undetermined: 1 }),
      'up to 1 image · 1 inactive',
    );
  });
});

describe('inactiveBadge', () => {
  const cases: readonly [inactive: number, unknown: number, badge: string | undefined][] = [
    [0, 0, undefined],
    [0, 1, '?'],
    [0, 12_345, '?'],
    [1, 0, '1'],
    [1, 7, '1'],
    [99, 0, '99'],
    [100, 0, '++'],
    [12_345, 0, '++'],
  ];
  for (const [inactive, unknown, badge] of cases) {
    it(`is ${badge ?? 'absent'} for ${inactive} inactive and ${unknown} unknown`, () => {
      assert.equal(inactiveBadge(inactive, unknown), badge);
    });
  }
});

describe('imageRowLabel', () => {
  it('names the current tags in natural order', () => {
    const image = imageOf('a', { tags: [tag('latest'), tag('1.10'), tag('old', false), tag('1.2')] });
    assert.equal(imageRowLabel(image), '1.2, 1.10, latest');
  });

  it('is the short digest where no tag is current', () => {
    const image = imageOf('a', { tags: [tag('old', false)] });
    assert.match(imageRowLabel(image), /^[0-9a-f]{12}$/);
  });

  it('counts the tags that have no room', () => {
    const tags = Array.from({ length: 30 }, (_, index) => tag(`release-${index}`));
    const label = imageRowLabel(imageOf('a', { tags }));
    assert.match(label, /^release-0, release-1, .*, \+\d+ more$/);
    assert.ok(label.length < 75, label);
    assert.equal(label.split(', ').length - 1 + Number(/\+(\d+)/.exec(label)?.[1]), 30);
  });

  it('names one tag however long it is', () => {
    const long = 'x'.repeat(128);
    assert.equal(imageRowLabel(imageOf('a', { tags: [tag(long), tag('y')] })), `${long}, +1 more`);
  });
});

describe('imageRowSummary', () => {
  const tagged = [tag('latest')];
  const cases: readonly [facts: Partial<Image>, expected: string][] = [
    [{ tags: tagged, lastPulled: daysAgo(94) }, 'inactive · last pulled 94 days ago'],
    [{ tags: tagged, lastPulled: daysAgo(1), status: 'active' }, 'active · last pulled 1 day ago'],
    [{ tags: tagged, lastPushed: daysAgo(0.5), status: 'active' }, 'active · last pushed today'],
    [{ tags: [], lastPulled: daysAgo(94) }, 'untagged · inactive · last pulled 94 days ago'],
    [{ tags: [tag('old', false)], lastPulled: daysAgo(94) }, 'untagged · inactive · last pulled 94 days ago'],
    [{ tags: tagged, lastPushed: undefined }, 'inactive · last activity never or unknown'],
    [
      { tags: tagged, lastPushed: daysAgo(94), status: 'unknown', arePullsUnknown: true },
      'activity unknown · last pushed 94 days ago, last pull not known',
    ],
    [
      { tags: tagged, lastPushed: undefined, status: 'unknown', arePullsUnknown: true },
      'activity unknown · last activity not known',
    ],
    [
      { tags: tagged, lastPulled: daysAgo(1), status: 'active', doubt: 'disputed' },
      'tags disputed · active · last pulled 1 day ago',
    ],
    [
      { tags: [], lastPulled: daysAgo(94), doubt: 'undetermined' },
      'untagged · may belong to another image · inactive · last pulled 94 days ago',
    ],
    [
      { tags: tagged, lastPulled: daysAgo(94), arePartsUnknown: true },
      'inactive · last pulled 94 days ago · may have more parts',
    ],
  ];
  for (const [facts, expected] of cases) {
    it(`reads “${expected}”`, () => {
      assert.equal(imageRowSummary(imageOf('a', facts), now), expected);
    });
  }
});

describe('partRowDescription', () => {
  const short = shortDigest(imageOf('a').digest).replace('sha256:', '');
  const cases: readonly [facts: Partial<Image>, expected: string][] = [
    [{ lastPulled: daysAgo(94) }, `${short} · last pulled 94 days ago`],
    [{ lastPulled: daysAgo(94), doubt: 'undetermined' }, `${short} · last pulled 94 days ago`],
    [{ lastPulled: daysAgo(94), doubt: 'disputed' }, `${short} · tags disputed · last pulled 94 days ago`],
    [
      { lastPulled: daysAgo(94), arePartsUnknown: true },
      `${short} · last pulled 94 days ago · may have more parts`,
    ],
  ];
  for (const [facts, expected] of cases) {
    it(`reads “${expected}” for ${JSON.stringify(facts)}`, () => {
      assert.equal(partRowDescription(imageOf('a', { platform: 'linux/amd64', ...facts }), now), expected);
    });
  }
});

describe('loadMoreText', () => {
  it('says how many come, how many are there and how many there are', () => {
    const namespace = namespaceNode(
      { name: parseNamespaceName('acme'), origin: 'own' },
      { isRemovable: false, isListed: true },
    );
    const repository = { ...parseRepositoryRef('acme/api'), isPrivate: false };
    const node = loadMoreNode(repositoryNode(namespace, repository, false), {
      next: 100,
      loaded: 300,
      count: 12_345,
    });
    assert.equal(loadMoreText(node), 'Load 100 more (300 of 12,345)');
  });
});

describe('repositoryRowText', () => {
  const counts = { activeFrom: now, total: 41, active: 29, inactive: 12 };

  it('begins with what decides, and leaves out what is not known', () => {
    assert.equal(repositoryRowText(counts, 3_210_000_000), '3.21 GB · 12 inactive · 41 images');
    assert.equal(
      repositoryRowText({ ...counts, unknown: 3 }, 999),
      '999 B · 12 inactive · 3 unknown · 41 images',
    );
    assert.equal(repositoryRowText(counts, undefined), '12 inactive · 41 images');
    assert.equal(repositoryRowText(undefined, 3_210_000_000), '3.21 GB');
    assert.equal(repositoryRowText(undefined, undefined), '');
  });

  it('says what is uncertain', () => {
    const uncertain = { ...counts, undetermined: 2, unread: 1 };
    assert.equal(repositoryRowText(uncertain, 5_000), '5 kB · 12 inactive · up to 41 images · 1 unreadable');
    assert.equal(countsFailedText(5_000), '5 kB · counts unavailable');
    assert.equal(countsFailedText(undefined), 'counts unavailable');
  });

  it('says what is stored without images, unless it is nothing', () => {
    const none = { activeFrom: now, total: 0, active: 0, inactive: 0 };
    assert.equal(repositoryRowText(none, 0), 'no images');
    assert.equal(repositoryRowText(none, 5_000), 'no images · 5 kB');
  });
});

describe('groupRowText', () => {
  it('counts the repositories and adds up their storage, as far as it is known', () => {
    assert.equal(groupRowText([1_000, 2_400]), '2 repositories · 3.4 kB');
    assert.equal(groupRowText([1_000, undefined, 2_400]), '3 repositories · at least 3.4 kB');
    assert.equal(groupRowText([undefined, undefined]), '2 repositories');
  });
});

describe('unusualViewText', () => {
  const cases: readonly [view: Partial<ImagesView>, expected: string][] = [
    [{}, ''],
    [{ status: 'inactive' }, 'inactive only'],
    [{ ordering: 'last_activity', status: 'active' }, 'active only, oldest activity first'],
    [{ activityWindowDays: 90 }, 'active = last 90 days'],
    [{ activityWindowDays: 3650 }, 'active = last 3,650 days'],
  ];
  for (const [view, expected] of cases) {
    it(`reads “${expected}” for ${JSON.stringify(view)}`, () => {
      assert.equal(unusualViewText({ ...defaultImagesView, ...view }), expected);
    });
  }
});

describe('imageRowDescription', () => {
  const tagged = [tag('latest')];
  const cases: readonly [facts: Partial<Image>, expected: string][] = [
    [{ tags: tagged, lastPulled: daysAgo(94) }, '94d · inactive'],
    [{ tags: tagged, lastPulled: daysAgo(1), status: 'active' }, '1d · active'],
    [{ tags: tagged, lastPushed: daysAgo(0.5), status: 'active' }, 'today · active'],
    [{ tags: [], lastPulled: daysAgo(94) }, '94d · inactive · untagged'],
    [{ tags: tagged, lastPushed: undefined }, 'inactive · last activity never or unknown'],
    [{ tags: tagged, lastPushed: daysAgo(-2) }, 'inactive · pushed in the future (wrong clock?)'],
    [
      { tags: tagged, lastPushed: daysAgo(94), status: 'unknown', arePullsUnknown: true },
      'activity unknown · last pushed 94 days ago, last pull not known',
    ],
    [
      { tags: tagged, lastPulled: daysAgo(1), status: 'active', doubt: 'disputed' },
      '1d · active · tags disputed',
    ],
    [
      { tags: [], lastPulled: daysAgo(94), doubt: 'undetermined' },
      '94d · inactive · may belong to another image · untagged',
    ],
    [
      { tags: tagged, lastPulled: daysAgo(94), arePartsUnknown: true },
      '94d · inactive · may have more parts',
    ],
  ];
  for (const [facts, expected] of cases) {
    it(`reads “${expected}”`, () => {
      assert.equal(imageRowDescription(imageOf('a', facts), now), expected);
    });
  }
});
