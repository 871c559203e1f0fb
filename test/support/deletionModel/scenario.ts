import fc from 'fast-check';
import { acceptanceKinds, type AcceptanceKind } from '../../../src/hub/findings';
import type { ListLag, PullList } from '../../../src/sandbox/index';
import { type FaultName, faultNamesOf } from './faultKinds';

/** The API that a run goes through. */
export type ModelApiKind = 'management' | 'registry';

/** Kinds of requests of each API. */
export const momentKinds = {
  management: ['any', 'dryRun', 'delete', 'delete', 'images', 'summary'],
  registry: [
    'any',
    'manifests',
    'tags',
    'tagNames',
    'token',
    'head',
    'head',
    'deleteTag',
    'deleteTag',
    'deleteManifest',
    'deleteManifest',
    'index',
    'referrers',
  ],
} as const;

/** A point in a flow: the nth request of a kind, from 1. */
export interface Moment {
  readonly of: (typeof momentKinds)[ModelApiKind][number];
  readonly nth: number;
}

export interface PushSpec {
  /** Images of a repository are numbered; pushing a number again moves tags to it. */
  readonly image: number;
  readonly tags: readonly string[];
  /** Days before now, negative for the future; `undefined`: not known. */
  readonly pushedDaysAgo: number | undefined;
  readonly pulledDaysAgo: number | undefined;
  /** Numbers of platform images, shared between the indexes of a repository. */
  readonly children: readonly number[];
  /** Numbers of other images that an index contains; only those that are there already, and smaller numbers. */
  readonly contains?: readonly number[];
  /** How the image is signed: by a tag with its digest, or by an untagged manifest that names it as its subject. */
  readonly signature?: 'none' | 'tag' | 'referrer';
}

/** How the lists of a repository differ from what one would expect. */
export interface RepositorySpec {
  readonly pushes: readonly PushSpec[];
  /** Tags whose entries have no digest. */
  readonly tagsWithoutDigest: readonly string[];
  /** Numbers of platform images that entries of tags name without their digest. */
  readonly partsWithoutDigest: readonly number[];
  readonly immutableTags: readonly string[];
  /** Numbers of images whose entries have another media type, and which. */
  readonly mediaTypes: readonly { readonly image: number; readonly type: string | null }[];
  /** Numbers of platform images that no entry of a tag names. */
  readonly unlistedParts: readonly number[];
  readonly listsWithoutPulls: readonly PullList[];
}

/** Something that somebody else does. */
export interface ChangeSpec {
  readonly at: Moment;
  readonly kind:
    | 'push'
    | 'retag'
    | 'pull'
    | 'remove'
    | 'removeTag'
    | 'revokeTokens'
    | 'removeAndPush'
    | 'sign'
    | 'attach'
    | 'pushIndex'
    | 'pushUntaggedIndex'
    | 'retagChild';
  readonly repository: number;
  readonly image: number;
  readonly tag: string;
}

export interface FaultSpec {
  readonly at: Moment;
  readonly times: number;
  readonly name: FaultName;
}

/** Something that the person does just as a request leaves. */
export interface Intervention {
  readonly at: Moment;
  readonly act: 'cancel' | 'close';
}

export type Decision =
  | { readonly kind: 'acceptAll'; readonly acceptance: AcceptanceKind; readonly isAccepted: boolean }
  | {
      readonly kind: 'accept';
      readonly pick: number;
      readonly acceptance: AcceptanceKind;
      readonly isAccepted: boolean;
    }
  | { readonly kind: 'remove'; readonly pick: number }
  | {
      readonly kind: 'removeBlocked' | 'repeatDryRun' | 'continueDryRun' | 'waitLong' | 'acceptEverything';
    }
  | { readonly kind: 'delete'; readonly isConfirmed: boolean; readonly waitsBeforeAnswer: boolean };

export interface PersonSpec {
  readonly scope: 'chosen' | 'matching';
  readonly picks: readonly number[];
  readonly batchSize: number;
  readonly pageSize: number;
  readonly decisions: readonly Decision[];
  readonly interventions: readonly Intervention[];
  /** Records of the journal that find the disk full, from 1. */
  readonly diskFullAt: readonly number[];
  readonly signsInAgain: boolean;
  readonly clockErrorDays: number;
  /** Whether the contents of indexes may be read, which counts as pulls. */
  readonly mayReadIndexes: boolean;
  /** When the last run is looked into again, and by whom. */
  readonly laterLook: LaterLookSpec | undefined;
}

/** A later look at a run that is not over. */
export interface LaterLookSpec {
  readonly afterMinutes: number;
  /** How many records were written before the process ended; `undefined` if it did not, and its review is still open. */
  readonly keepsRecords: number | undefined;
}

export interface Scenario {
  readonly api: ModelApiKind;
  readonly repositories: readonly RepositorySpec[];
  /** How late the lists follow what happens; only with the registry. */
  readonly listLag: ListLag;
  /** Whether the registry knows the manifests that name a subject. */
  readonly hasReferrers: boolean;
  /** Whether it deletes them with their subject. */
  readonly deletesReferrers: boolean;
  /** How long every request takes, in milliseconds of the run's own time. */
  readonly msPerRequest: number;
  /** One, or two that work on the same repositories at the same time. */
  readonly people: readonly PersonSpec[];
  readonly faults: readonly FaultSpec[];
  readonly changes: readonly ChangeSpec[];
  /** Over connections on loopback; else without any. */
  readonly isOverSockets: boolean;
}

const tags = ['latest', '1.0', '1.1', 'dev'] as const;
export const imageNumbers = 8;

function momentOf(api: ModelApiKind): fc.Arbitrary<Moment> {
  return fc.record({
    of: fc.constantFrom<Moment['of']>(...momentKinds[api]),
    nth: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 1, max: 25 })),
  });
}

const daysAgo = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 31, max: 400 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 29 }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, -3) },
);

const push: fc.Arbitrary<PushSpec> = fc.record({
  image: fc.nat(imageNumbers - 1),
  tags: fc.subarray([...tags], { maxLength: 2 }),
  pushedDaysAgo: daysAgo,
  pulledDaysAgo: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, daysAgo),
  children: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
  ),
});

const registryPush: fc.Arbitrary<PushSpec> = fc
  .record({
    push,
    contains: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.uniqueArray(fc.nat(imageNumbers - 1), { minLength: 1, maxLength: 2 }),
    ),
    signature: fc.constantFrom('none', 'none', 'none', 'tag', 'referrer'),
  })
  .map(({ push: plain, ...more }) => ({ ...plain, ...more }));

/** Mostly nothing, sometimes a few. */
function few<T>(values: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    fc.subarray([...values], { minLength: 1, maxLength: 2 }),
  );
}

const repositoryOf: Readonly<Record<ModelApiKind, fc.Arbitrary<RepositorySpec>>> = {
  management: fc.record({
    pushes: fc.array(push, { minLength: 1, maxLength: 9 }),
    tagsWithoutDigest: fc.constant([]),
    partsWithoutDigest: fc.constant([]),
    immutableTags: fc.constant([]),
    mediaTypes: fc.constant([]),
    unlistedParts: fc.constant([]),
    listsWithoutPulls: fc.constant([]),
  }),
  registry: fc.record({
    pushes: fc.array(registryPush, { minLength: 1, maxLength: 9 }),
    tagsWithoutDigest: few(tags),
    partsWithoutDigest: few([0, 1, 2, 3]),
    immutableTags: few(tags),
    mediaTypes: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(
        fc.record({
          image: fc.nat(imageNumbers - 1),
          type: fc.constantFrom(null, '', 'application/json', 'application/x-not-an-index'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    unlistedParts: few([0, 1, 2, 3]),
    listsWithoutPulls: few<PullList>(['manifests', 'tags']),
  }),
};

const changeKinds: Readonly<Record<ModelApiKind, readonly ChangeSpec['kind'][]>> = {
  management: ['push', 'retag', 'pull', 'remove', 'removeTag', 'revokeTokens', 'removeAndPush'],
  registry: [
    'push',
    'retag',
    'retag',
    'pull',
    'remove',
    'removeTag',
    'revokeTokens',
    'removeAndPush',
    'sign',
    'attach',
    'pushIndex',
    'pushUntaggedIndex',
    'retagChild',
  ],
};

function changeOf(api: ModelApiKind): fc.Arbitrary<ChangeSpec> {
  return fc.record({
    at: momentOf(api),
    kind: fc.constantFrom(...changeKinds[api]),
    repository: fc.nat(2),
    image: fc.nat(imageNumbers - 1),
    tag: fc.constantFrom(...tags),
  });
}

function faultOf(api: ModelApiKind): fc.Arbitrary<FaultSpec> {
  return fc.record({
    at: momentOf(api),
    times: fc.constantFrom(1, 1, 1, 4, 100),
    name: fc.constantFrom(...faultNamesOf(api)),
  });
}

const lagMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  fc.constantFrom(2_000, 30_000, 15 * 60 * 1000),
);
const listLag: fc.Arbitrary<ListLag> = fc.record({
  manifestsMs: lagMs,
  tagsMs: lagMs,
  countMs: lagMs,
  behind: fc.constantFrom('deletions', 'everything'),
});

const acceptance = fc.constantFrom(...acceptanceKinds);

const deletion: fc.Arbitrary<Decision> = fc.record({
  kind: fc.constant('delete'),
  isConfirmed: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
  waitsBeforeAnswer: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const decision: fc.Arbitrary<Decision> = fc.oneof(
  { weight: 4, arbitrary: deletion },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('acceptAll'), acceptance, isAccepted: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('accept'),
      pick: fc.nat(10),
      acceptance,
      isAccepted: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), pick: fc.nat(10) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'removeBlocked',
        'repeatDryRun',
        'continueDryRun',
        'waitLong',
        'acceptEverything',
        'acceptEverything',
      ),
    }),
  },
);

const yes: Decision = { kind: 'delete', isConfirmed: true, waitsBeforeAnswer: false };

/** Whoever wants it done tries again until it is, or cannot be. */
const persistence: readonly Decision[] = [1, 2, 3].flatMap(() => [
  { kind: 'continueDryRun' },
  { kind: 'removeBlocked' },
  { kind: 'acceptEverything' },
  yes,
  yes, // once more without having looked at what is new
  { kind: 'repeatDryRun' },
  yes,
]);

function personOf(api: ModelApiKind): fc.Arbitrary<PersonSpec> {
  return fc
    .record({
      scope: fc.constantFrom('chosen', 'chosen', 'matching'),
      picks: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
      batchSize: fc.constantFrom(1, 2, 3, 25),
      pageSize: fc.constantFrom(2, 3, 100),
      whims: fc.array(decision, { maxLength: 6 }),
      isPersistent: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
      interventions: fc.array(
        fc.record({ at: momentOf(api), act: fc.constantFrom('cancel', 'cancel', 'cancel', 'close') }),
        { maxLength: 1 },
      ),
      diskFullAt: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 1 }),
      ),
      signsInAgain: fc.boolean(),
      clockErrorDays: fc.constantFrom(0, 0, 0, 1, -1),
      mayReadIndexes: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
      laterLook: fc.option(
        fc.record({
          afterMinutes: fc.constantFrom(1, 11),
          keepsRecords: fc.option(fc.nat(8), { nil: undefined }),
        }),
        { nil: undefined },
      ),
    })
    .map(({ whims, isPersistent, ...rest }) => ({
      ...rest,
      decisions: isPersistent ? [...whims, ...persistence] : whims,
    }));
}

/** Everything that is random about one run. */
export function scenariosOf(api: ModelApiKind): fc.Arbitrary<Scenario> {
  const person = personOf(api);
  return fc.record({
    api: fc.constant(api),
    repositories: fc.array(repositoryOf[api], { minLength: 1, maxLength: 3 }),
    people: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(person) },
      { weight: 1, arbitrary: fc.tuple(person, person) },
    ),
    faults: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(faultOf(api), { maxLength: 4 }) },
    ),
    changes: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(changeOf(api), { maxLength: 4 }) },
    ),
    listLag: api === 'management' ? fc.constant({}) : listLag,
    hasReferrers: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    deletesReferrers: fc.boolean(),
    msPerRequest: api === 'management' ? fc.constant(0) : fc.constantFrom(0, 0, 40, 700, 3_000),
    isOverSockets: fc.oneof({ weight: 24, arbitrary: fc.constant(false) }, fc.constant(true)),
  });
}
