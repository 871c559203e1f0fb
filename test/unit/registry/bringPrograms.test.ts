import assert from 'node:assert/strict';
import { bringPrograms } from '../../registry/support/bringPrograms';

const others = ['docker-registry', 'openssl', 'gpg', 'pass'];

describe('the programs that a real registry is tested with', () => {
  it('are left alone where they are there', () => {
    const place = placeWith([...others, 'skopeo', 'docker-credential-pass'], true);
    bringPrograms(place);
    assert.deepEqual([place.installed, place.lines], [[], []]);
  });

  it('are installed as far as they are missing, which is announced', () => {
    const place = placeWith(others, true);
    bringPrograms(place);
    assert.deepEqual(place.installed, ['skopeo', 'golang-docker-credential-helpers']);
    assert.match(place.lines.join('\n'), /Fetching Debian's skopeo, golang-docker-credential-helpers/);
  });

  it('are asked for, with the command, where they cannot be installed', () => {
    const place = placeWith(others, false);
    assert.throws(() => bringPrograms(place), {
      message:
        'These tests need skopeo, docker-credential-pass. Install what is missing, on Debian or Ubuntu as root with: ' +
        'apt-get install --no-install-recommends skopeo golang-docker-credential-helpers',
    });
    assert.deepEqual(place.installed, []);
  });

  it('are asked for where installing them failed', () => {
    assert.throws(() => bringPrograms({ ...placeWith([], true), install: () => false }), /These tests need/);
  });
});

function placeWith(programs: readonly string[], canInstall: boolean) {
  const installed: string[] = [];
  const lines: string[] = [];
  return {
    installed,
    lines,
    canInstall,
    has: (program: string) => programs.includes(program) || installed.length > 0,
    install: (...names: readonly string[]) => installed.push(...names) > 0,
    log: (line: string) => void lines.push(line),
  };
}
