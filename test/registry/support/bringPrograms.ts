import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt, isRootOnDebian } from '../../workbench/debianPackages';

/** Programs of others that these tests run, with Debian's package of each. */
const packages: Readonly<Record<string, string>> = {
  'docker-registry': 'docker-registry',
  skopeo: 'skopeo',
  openssl: 'openssl',
  gpg: 'gnupg',
  pass: 'pass',
  'docker-credential-pass': 'golang-docker-credential-helpers',
};

export interface Place {
  readonly has: (program: string) => boolean;
  readonly canInstall: boolean;
  /** False where it failed; it has said why. */
  readonly install: (...names: readonly string[]) => boolean;
  readonly log: (line: string) => void;
}

/**
 * Installs what is missing, where nobody needs to be asked for that. What is there stays as it is: a newer version would
 * bring others along.
 *
 * @throws Where a program is still missing, with the command that installs it: a registry that is not there must not look
 * like one that was tested.
 */
export function bringPrograms(place: Place = thisMachine()): void {
  const missing = () => Object.keys(packages).filter((program) => !place.has(program));
  const wanted = missing().map((program) => packages[program] ?? program);
  if (wanted.length === 0) return;
  if (place.canInstall) {
    place.log(`Fetching Debian's ${wanted.join(', ')}, once: about 15 MB, half a minute …`);
    place.install(...wanted);
  }
  const left = missing();
  if (left.length > 0) {
    throw new Error(
      `These tests need ${left.join(', ')}. Install what is missing, on Debian or Ubuntu as root with: ` +
        `apt-get install --no-install-recommends ${left.map((program) => packages[program] ?? program).join(' ')}`,
    );
  }
}

/** @returns Where the program is; `undefined` where it is not on the PATH. */
export function findProgram(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isProgram);
}

function thisMachine(): Place {
  return {
    has: (program) => findProgram(program) !== undefined,
    canInstall: isRootOnDebian(),
    install: installWithApt,
    log: console.log,
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
