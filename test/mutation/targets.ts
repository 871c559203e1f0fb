/** Mutated code, and the tests that have to notice every change of it. */
export interface MutationTarget {
  /** Folder or file in src. */
  readonly source: string;
  /** Folders or files in test/unit. */
  readonly tests: readonly string[];
  /** Detected mutants in percent below which the run fails; without it, the score is only reported. */
  readonly minimumScore?: number;
}

/** Score that every target shall reach. */
const requiredScore = 90;

/** What `npm run test:mutation` covers, in this order. */
export const mutationTargets: readonly MutationTarget[] = [
  {
    source: 'src/journal',
    tests: ['test/unit/journal'],
  },
  {
    source: 'src/hub/management',
    tests: ['test/unit/hub/management'],
    minimumScore: requiredScore,
  },
  {
    source: 'src/hub/activity.ts',
    tests: ['test/unit/hub/activity.test.ts'],
    minimumScore: requiredScore,
  },
  {
    source: 'src/hub/deletion',
    tests: ['test/unit/hub/deletion', 'test/unit/review'],
  },
  {
    source: 'src/hub/registry',
    tests: ['test/unit/hub/registry'],
  },
];
