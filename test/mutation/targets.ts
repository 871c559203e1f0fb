/** Mutated code, and the tests that have to notice every change of it. */
export interface MutationTarget {
  /** Folder or file in src. */
  readonly source: string;
  /** Folders or files in test/unit. */
  readonly tests: readonly string[];
  /** Files among these that do not run, because they take too long for each of thousands of mutants. */
  readonly without?: readonly string[];
  /** Detected mutants in percent below which the run fails; without it, the score is only reported. */
  readonly minimumScore?: number;
  /** Set while survivors are left that nobody has judged: they are reported, and only the score can fail the run. */
  readonly hasOpenSurvivors?: true;
}

/** Score that every target must reach, in percent. */
const requiredScore = 90;

/**
 * What `npm run test:mutation` covers, in this order. A file in a folder that is a target of its own is not changed with
 * the folder: tests that need no server notice its changes within seconds.
 */
export const mutationTargets: readonly MutationTarget[] = [
  {
    source: 'src/journal',
    tests: ['test/unit/journal'],
    minimumScore: requiredScore,
  },
  ...[
    ['deleteImagesWire', 'deleteImages'],
    ['newestImages', 'readNewestImages'],
    ['newestImagesCheck', 'newestImagesCheck'],
  ].map(([name, test]) => ({
    source: `src/hub/management/${name}.ts`,
    tests: [`test/unit/hub/management/${test}.test.ts`],
    minimumScore: requiredScore,
  })),
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
    without: ['test/unit/hub/deletion/deletionFlow.property.test.ts'],
    minimumScore: requiredScore,
  },
  {
    source: 'src/hub/sharedReading.ts',
    tests: ['test/unit/hub/sharedReading.test.ts'],
    minimumScore: requiredScore,
  },
  ...[
    'attachmentTag',
    'builtImages',
    'contentReading',
    'imagePage',
    'knownManifests',
    'listWire',
    'manifestFacts',
    'manifestKind',
    'manifestStore',
    'openAttachments',
    'pullTimes',
    'referenceGraph',
    'registryAddress',
    'registryClient',
    'registryGrant',
    'registryImageApi',
    'registryTokens',
    'removal',
    'removalCheck',
    'removalPace',
    'repositoryLists',
    'repositoryMemory',
    'repositoryWatch',
    'requestFindings',
    'survey',
    'surveyor',
    'tagClaims',
  ].map(registryFile),
  {
    source: 'src/hub/registry',
    tests: ['test/unit/hub/registry'],
  },
];

/** A file that is tested without a server. */
function registryFile(name: string) {
  return {
    source: `src/hub/registry/${name}.ts`,
    tests: [`test/unit/hub/registry/${name}.test.ts`],
    minimumScore: requiredScore,
  };
}

/**
 * Returns the targets with these names, all without a name. The name of a file in a target is that target with this file
 * alone.
 *
 * @param isFile Whether there is such a file in the repository.
 * @throws {Error} A name is neither.
 */
export function chosenTargets(
  names: readonly string[],
  isFile: (name: string) => boolean,
): readonly MutationTarget[] {
  return names.length === 0
    ? mutationTargets
    : names.map((name) => targetOf(name.replace(/\/$/, ''), isFile));
}

function targetOf(name: string, isFile: (name: string) => boolean): MutationTarget {
  const target =
    mutationTargets.find(({ source }) => source === name) ??
    mutationTargets.find(({ source }) => isWithin(name, source));
  if (target === undefined || (name !== target.source && !isFile(name))) {
    const known = mutationTargets.map(({ source }) => source).join(', ');
    throw new Error(`No such target: ${name}. There are: ${known}, and the files in them`);
  }
  return { ...target, source: name };
}

/** Files in the folder of a target that are targets of their own. */
export function ownTargetsIn({ source }: MutationTarget): readonly string[] {
  return mutationTargets
    .map((other) => other.source)
    .filter((other) => other !== source && isWithin(other, source));
}

/** Whether the file is changed with this target. */
export function isChangedWith(file: string, target: MutationTarget): boolean {
  return isWithin(file, target.source) && !ownTargetsIn(target).includes(file);
}

function isWithin(file: string, source: string): boolean {
  return file === source || file.startsWith(`${source}/`);
}
