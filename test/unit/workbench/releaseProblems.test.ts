import assert from 'node:assert/strict';
import { releaseProblems, type ReleaseState } from '../../run/support/releaseProblems';

const ready: ReleaseState = {
  version: '1.2.0',
  lockedVersion: '1.2.0',
  changelog: '# Changelog\n\n## 1.2.0\n\n- New.\n\n## 1.1.0\n',
  uncommitted: '',
};

describe('a release', () => {
  it('can be made if version, changelog and commits agree', () => {
    assert.deepEqual(releaseProblems(ready), []);
  });

  it('cannot be made while the changelog begins with another version, or with what is not released', () => {
    for (const heading of ['1.1.0', 'Unreleased', '1.2.0-beta']) {
      const changelog = `# Changelog\n\n## ${heading}\n\n## 1.2.0\n`;
      assert.deepEqual(releaseProblems({ ...ready, changelog }), [
        `CHANGELOG.md begins with ${heading}, but package.json has version 1.2.0.`,
      ]);
    }
    assert.match(releaseProblems({ ...ready, changelog: '' }).join(), /begins with nothing/);
  });

  it('cannot be made of changes that are not committed', () => {
    assert.deepEqual(releaseProblems({ ...ready, uncommitted: ' M README.md\n' }), [
      'There are changes that are not committed.',
    ]);
  });

  it('cannot be made while package-lock.json has another version', () => {
    assert.match(releaseProblems({ ...ready, lockedVersion: '1.1.0' }).join(), /package-lock\.json has/);
  });
});
