import assert from 'node:assert/strict';
import { chosenTargets, isChangedWith, mutationTargets, ownTargetsIn } from '../../mutation/targets';

const isFile = (name: string) => name.endsWith('plan.ts');

describe('targets of the mutation tests', () => {
  it('are all of them without a name', () => {
    assert.deepEqual(chosenTargets([], isFile), mutationTargets);
  });

  it('are those with the names', () => {
    assert.deepEqual(
      chosenTargets(['src/hub/registry/', 'src/journal'], isFile).map(({ source }) => source),
      ['src/hub/registry', 'src/journal'],
    );
  });

  it('may be one file, with the tests and the score of its folder', () => {
    const folder = mutationTargets.find(({ source }) => source === 'src/hub/deletion');
    assert.deepEqual(chosenTargets(['src/hub/deletion/plan.ts'], isFile), [
      { ...folder, source: 'src/hub/deletion/plan.ts' },
    ]);
  });

  it('may be a file with tests of its own, which is not changed with its folder', () => {
    const file = 'src/hub/registry/tagClaims.ts';
    const [own] = chosenTargets([file], () => true);
    const [folder] = chosenTargets(['src/hub/registry'], () => true);
    assert.ok(own && folder);
    assert.deepEqual(own.tests, ['test/unit/hub/registry/tagClaims.test.ts']);
    assert.ok(ownTargetsIn(folder).includes(file));
    assert.deepEqual(ownTargetsIn(own), []);
    assert.equal(isChangedWith(file, own), true);
    assert.equal(isChangedWith(file, folder), false);
    assert.equal(isChangedWith('src/hub/registry/registry.ts', folder), true);
    assert.equal(isChangedWith('src/hub/registry.ts', folder), false);
  });

  it('are nothing else', () => {
    for (const name of ['src/hub/deletion/missing.ts', 'src/hub/deletionAnswer.ts', 'src']) {
      assert.throws(() => chosenTargets([name], isFile), /No such target/);
    }
  });
});
