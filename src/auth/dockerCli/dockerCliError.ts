/**
 * Why the Docker CLI has no credentials to sign in with:
 *
 * - `notSignedIn`: nothing is stored for Docker Hub
 * - `malformedConfig`: the configuration cannot be read
 * - `identityToken`: what is stored is not a user name and a secret
 * - `helperName`: the credential helper has a name that no program can have
 * - `helperMissing`: its program was not found
 * - `helperNotStarted`: its program was found and cannot be executed
 * - `helperFailed`: it ended with an error
 * - `helperSilent`: it did not answer in time
 * - `helperGarbage`: its answer cannot be read
 */
export type DockerCliProblem =
  | 'notSignedIn'
  | 'malformedConfig'
  | 'identityToken'
  | 'helperName'
  | 'helperMissing'
  | 'helperNotStarted'
  | 'helperFailed'
  | 'helperSilent'
  | 'helperGarbage';

/** No part of it is a secret. */
export interface DockerCliFacts {
  /** File or variable that was read, or the helper's program. */
  readonly source: string;
  /** In the words of a parser, of the operating system or of a helper that failed; one short line. */
  readonly reason?: string | undefined;
}

/** The Docker CLI's credentials cannot be used. */
export class DockerCliError extends Error {
  override readonly name = 'DockerCliError';
  readonly problem: DockerCliProblem;
  readonly source: string;
  readonly reason: string | undefined;

  constructor(problem: DockerCliProblem, { source, reason }: DockerCliFacts) {
    super([source, problem, reason].filter(Boolean).join(': '));
    this.problem = problem;
    this.source = source;
    this.reason = reason;
  }
}
