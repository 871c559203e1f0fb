import { createHash } from 'node:crypto';
import type { PartOutcome, ReviewRow, RowPart, RowWarning } from '../../../src/review/protocol';

const repository = 'harbourworks/gateway';

/** One image of the plan; everything but the index has a plain default. */
export function row(index: number, overrides: Partial<ReviewRow> = {}): ReviewRow {
  const hash = createHash('sha256')
    .update(`image ${String(index)}`)
    .digest('hex');
  const currentTags = overrides.currentTags ?? [];
  const inRepository = overrides.repository ?? repository;
  return {
    id: `${inRepository}@sha256:${hash}`,
    repository: inRepository,
    label: currentTags.length > 0 ? currentTags.join(', ') : `sha256:${hash.slice(0, 12)}`,
    digest: `sha256:${hash}`,
    shortDigest: `sha256:${hash.slice(0, 12)}`,
    currentTags,
    historicalTags: [],
    tagNotes: [],
    status: 'inactive',
    activity: `last pulled ${String(90 + (index % 300))} days ago`,
    activityDetail: 'Last pushed 12 March 2026, 09:30 UTC\nLast pulled 1 April 2026, 10:15 UTC',
    parts: [],
    isChecked: true,
    findingsRevision: 1,
    warnings: [],
    blockers: [],
    attempt: null,
    outcome: null,
    ...overrides,
  };
}

export function isActive(overrides: Partial<RowWarning> = {}): RowWarning {
  return {
    kind: 'is_active',
    text: 'Still in use: it was pushed or pulled within the activity window.',
    tags: [],
    places: [],
    morePlaces: 0,
    isAccepted: false,
    isNew: false,
    ...overrides,
  };
}

export function currentTag(tags: readonly string[], overrides: Partial<RowWarning> = {}): RowWarning {
  return {
    kind: 'current_tag',
    text: 'Its tags will be deleted with it:',
    tags,
    places: [],
    morePlaces: 0,
    isAccepted: false,
    isNew: false,
    ...overrides,
  };
}

/** Lines of a workspace that use an image. */
export function referenced(places: readonly string[], overrides: Partial<RowWarning> = {}): RowWarning {
  return {
    kind: 'referenced',
    text: 'Files in the workspace use it:',
    tags: [],
    places: places.map((name, id) => ({ id, name, detail: 'harbourworks/gateway:1.4.0' })),
    morePlaces: 0,
    isAccepted: false,
    isNew: false,
    ...overrides,
  };
}

/** What makes a row a multi-platform image whose last platform has this outcome. */
export function multiPlatform(index: number, outcome: PartOutcome): Partial<ReviewRow> {
  const part = (level: number, name: string, partOutcome: PartOutcome): RowPart => {
    const { digest, shortDigest } = row(1000 + index * 10 + name.length);
    return { level, name, digest, shortDigest, activity: 'last pulled 94 days ago', outcome: partOutcome };
  };
  return {
    parts: [
      part(1, 'linux/amd64', 'deletedAlong'),
      part(1, 'attestation', 'deletedAlong'),
      part(2, 'signature', 'unknown'),
      part(1, 'linux/arm64/v8', outcome),
    ],
  };
}

/** Five images with every kind of finding. */
export function assortedRows(): readonly ReviewRow[] {
  return [
    row(0, {
      currentTags: ['latest', '1.4.2'],
      historicalTags: ['1.4', '1'],
      status: 'active',
      activity: 'last pulled today',
      warnings: [isActive(), currentTag(['latest', '1.4.2'])],
    }),
    row(1, { currentTags: ['1.3.0'], warnings: [currentTag(['1.3.0'])] }),
    row(2, { historicalTags: ['nightly'], activity: 'never or unknown' }),
    row(3, {
      blockers: [
        {
          kind: 'child_manifest',
          text: 'It is part of a multi-platform image and can only be deleted together with it.',
        },
      ],
    }),
    row(4, {
      status: 'active',
      activity: 'last pushed 2 days ago',
      warnings: [isActive({ isNew: true })],
    }),
  ];
}

/** Many images, every seventh with a warning, now and then one with several tags. */
export function manyRows(count: number): readonly ReviewRow[] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 7 !== 3) {
      return row(index);
    }
    const tags = [`build-${String(index)}`, ...(index % 14 === 3 ? [`release-${String(index)}`] : [])];
    return row(index, { currentTags: tags, warnings: [currentTag(tags)] });
  });
}
