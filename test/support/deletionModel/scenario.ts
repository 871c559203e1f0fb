import fc from 'fast-check';
import { acceptanceKinds, type AcceptanceKind } from '../../../src/hub/findings';
import { faultNames, type FaultName } from './faultKinds';

/** A point in a flow: the nth request of a kind, from 1. */
export interface Moment {
  readonly of: 'any' | 'dryRun' | 'delete' | 'images' | 'summary';
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
}

/** Something that somebody else does. */
export interface ChangeSpec {
  readonly at: Moment;
  readonly kind: 'push' | 'retag' | 'pull' | 'remove' | 'removeTag' | 'revokeTokens' | 'removeAndPush';
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
}

export interface Scenario {
  readonly repositories: readonly (readonly PushSpec[])[];
  /** One, or two that work on the same repositories at the same time. */
  readonly people: readonly PersonSpec[];
  readonly faults: readonly FaultSpec[];
  readonly changes: readonly ChangeSpec[];
  /** Over connections on loopback; else without any. */
  readonly isOverSockets: boolean;
}

const tags = ['latest', '1.0', '1.1', 'dev'] as const;
export const imageNumbers = 8;

const moment: fc.Arbitrary<Moment> = fc.record({
  of: fc.constantFrom('any', 'dryRun', 'delete', 'delete', 'images', 'summary'),
  nth: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 1, max: 25 })),
});

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

const change: fc.Arbitrary<ChangeSpec> = fc.record({
  at: moment,
  kind: fc.constantFrom('push', 'retag', 'pull', 'remove', 'removeTag', 'revokeTokens', 'removeAndPush'),
  repository: fc.nat(2),
  image: fc.nat(imageNumbers - 1),
  tag: fc.constantFrom(...tags),
});

const fault: fc.Arbitrary<FaultSpec> = fc.record({
  at: moment,
  times: fc.constantFrom(1, 1, 1, 4, 100),
  name: fc.constantFrom(...faultNames),
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

const person: fc.Arbitrary<PersonSpec> = fc
  .record({
    scope: fc.constantFrom('chosen', 'chosen', 'matching'),
    picks: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
    batchSize: fc.constantFrom(1, 2, 3, 25),
    pageSize: fc.constantFrom(2, 3, 100),
    whims: fc.array(decision, { maxLength: 6 }),
    isPersistent: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    interventions: fc.array(
      fc.record({ at: moment, act: fc.constantFrom('cancel', 'cancel', 'cancel', 'close') }),
      { maxLength: 1 },
    ),
    diskFullAt: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 1 }),
    ),
    signsInAgain: fc.boolean(),
    clockErrorDays: fc.constantFrom(0, 0, 0, 1, -1),
  })
  .map(({ whims, isPersistent, ...rest }) => ({
    ...rest,
    decisions: isPersistent ? [...whims, ...persistence] : whims,
  }));

/** Everything that is random about one run. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  repositories: fc.array(fc.array(push, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 }),
  people: fc.oneof(
    { weight: 4, arbitrary: fc.tuple(person) },
    { weight: 1, arbitrary: fc.tuple(person, person) },
  ),
  faults: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(fault, { maxLength: 4 }) },
  ),
  changes: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(change, { maxLength: 4 }) },
  ),
  isOverSockets: fc.oneof({ weight: 24, arbitrary: fc.constant(false) }, fc.constant(true)),
});
