import assert from 'node:assert/strict';
import { chosenTargets, mutationTargets } from '../../mutation/targets';

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

  it('are nothing else', () => {
    for (const name of ['src/hub/deletion/missing.ts', 'src/hub/deletionAnswer.ts', 'src']) {
      assert.throws(() => chosenTargets([name], isFile), /No such target/);
    }
  });
});
