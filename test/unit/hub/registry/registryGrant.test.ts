import assert from 'node:assert/strict';
import { grantOf } from '../../../../src/hub/registry/registryGrant';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenWith = (payload: unknown) => `${encode({ alg: 'none' })}.${encode(payload)}.signature`;
const entry = (actions: readonly string[], facts: object = {}) => ({
  type: 'repository',
  name: 'demo/app',
  actions,
  ...facts,
});
const nothing = { actions: [], isAnonymous: true };

describe('the permissions of a registry token', () => {
  it('are those that it names for the repository', () => {
    const token = tokenWith({
      access: [
        entry(['push'], { name: 'demo/other' }),
        entry(['catalog'], { type: 'registry' }),
        entry(['pull', 'delete'], { parameters: {} }),
      ],
    });
    assert.deepEqual(grantOf(token, 'demo/app'), { actions: ['pull', 'delete'], isAnonymous: false });
    assert.deepEqual(grantOf(tokenWith({ access: [entry([])] }), 'demo/app'), {
      actions: [],
      isAnonymous: false,
    });
  });

  it('are anonymous where it has a limit on pulls', () => {
    const token = tokenWith({ access: [entry(['pull'], { parameters: { pull_limit: '100' } })] });
    assert.deepEqual(grantOf(token, 'demo/app'), { actions: ['pull'], isAnonymous: true });
  });

  it('are none for another repository', () => {
    assert.deepEqual(grantOf(tokenWith({ access: [entry(['delete'])] }), 'demo/app2'), nothing);
    assert.deepEqual(grantOf(tokenWith({ access: [] }), 'demo/app'), nothing);
    const registry = tokenWith({ access: [entry(['delete'], { type: 'registry' })] });
    assert.deepEqual(grantOf(registry, 'demo/app'), nothing);
  });

  it('leave entries out that are no permissions', () => {
    for (const broken of [
      'all',
      null,
      { name: 'demo/app' },
      entry(['*'], { actions: '*' }),
      entry(['*'], { parameters: 'none' }),
      entry([], { actions: [1] }),
    ]) {
      const token = tokenWith({ access: [broken, entry(['pull'])] });
      assert.deepEqual(grantOf(token, 'demo/app'), { actions: ['pull'], isAnonymous: false });
    }
  });

  it('are none if it cannot be read', () => {
    for (const token of [
      '',
      'opaque',
      'a.b.c',
      `x.${encode(null)}.y`,
      tokenWith({}),
      tokenWith({ access: 'all' }),
    ]) {
      assert.deepEqual(grantOf(token, 'demo/app'), nothing);
    }
  });
});
