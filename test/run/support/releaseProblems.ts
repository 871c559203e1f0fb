/** What a release is made from. */
export interface ReleaseState {
  /** Of package.json. */
  readonly version: string;
  /** Of package-lock.json. */
  readonly lockedVersion: string;
  readonly changelog: string;
  /** Output of `git status --porcelain`. */
  readonly uncommitted: string;
}

/** Why no release can be made: a sentence for each reason. */
export function releaseProblems({
  version,
  lockedVersion,
  changelog,
  uncommitted,
}: ReleaseState): readonly string[] {
  const [latest = 'nothing'] = [...changelog.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading.trim(),
  );
  return [
    ...(uncommitted.trim() === '' ? [] : ['There are changes that are not committed.']),
    ...(latest === version
      ? []
      : [`CHANGELOG.md begins with ${latest}, but package.json has version ${version}.`]),
    ...(lockedVersion === version
      ? []
      : [`package-lock.json has version ${lockedVersion}, but package.json has version ${version}.`]),
  ];
}
