import assert from 'node:assert/strict';
import { removedWith } from '../../../src/sandbox/deletion';
import type { Push } from '../../../src/sandbox/push';
import { SandboxRepository } from '../../../src/sandbox/repository';

interface Case {
  readonly rule: string;
  /** Pushed in this order; names stand for digests. */
  readonly pushes: readonly Push[];
  readonly deleted: readonly string[];
  readonly falling: readonly string[];
  readonly tags: readonly string[];
}

const cases: readonly Case[] = [
  {
    rule: 'an image without tags falls alone',
    pushes: [{ digest: 'a' }, { digest: 'b' }],
    deleted: ['a'],
    falling: ['a'],
    tags: [],
  },
  {
    rule: 'current tags fall with their image, former ones stay where they are',
    pushes: [
      { digest: 'a', tags: ['x', 'y', 'z'] },
      { digest: 'b', tags: ['z'] },
    ],
    deleted: ['a'],
    falling: ['a'],
    tags: ['x', 'y'],
  },
  {
    rule: 'untagged images that formerly held a falling tag fall too',
    pushes: [
      { digest: 'a', tags: ['x'] },
      { digest: 'b', tags: ['x'] },
      { digest: 'c', tags: ['x'] },
    ],
    deleted: ['c'],
    falling: ['a', 'b', 'c'],
    tags: ['x'],
  },
  {
    rule: 'an image that formerly held a falling tag stays when another current tag holds it',
    pushes: [
      { digest: 'a', tags: ['x', 'kept'] },
      { digest: 'b', tags: ['x'] },
    ],
    deleted: ['b'],
    falling: ['b'],
    tags: ['x'],
  },
  {
    rule: 'an image that formerly held a falling tag stays when an index that stays holds it',
    pushes: [
      { digest: 'a', tags: ['x'] },
      { digest: 'index', tags: ['kept'], children: ['a'] },
      { digest: 'b', tags: ['x'] },
    ],
    deleted: ['b'],
    falling: ['b'],
    tags: ['x'],
  },
  {
    rule: 'deleting an untagged image leaves those it once shared a tag with',
    pushes: [
      { digest: 'a', tags: ['x'] },
      { digest: 'b', tags: ['x'] },
      { digest: 'c', tags: ['x'] },
    ],
    deleted: ['a'],
    falling: ['a'],
    tags: [],
  },
  {
    rule: 'a tag that nothing else ever held takes nothing along',
    pushes: [
      { digest: 'a', tags: ['x'] },
      { digest: 'b', tags: ['y'] },
    ],
    deleted: ['b'],
    falling: ['b'],
    tags: ['y'],
  },
  {
    rule: 'children fall with their index',
    pushes: [{ digest: 'index', tags: ['x'], children: ['amd64', 'arm64'] }],
    deleted: ['index'],
    falling: ['index', 'amd64', 'arm64'],
    tags: ['x'],
  },
  {
    rule: 'a child stays when another index holds it',
    pushes: [
      { digest: 'old', children: ['amd64', 'arm64'] },
      { digest: 'new', tags: ['x'], children: ['amd64', 'riscv'] },
    ],
    deleted: ['old'],
    falling: ['old', 'arm64'],
    tags: [],
  },
  {
    rule: 'a child of two indexes falls when both do',
    pushes: [
      { digest: 'old', children: ['amd64'] },
      { digest: 'new', children: ['amd64'] },
    ],
    deleted: ['old', 'new'],
    falling: ['old', 'new', 'amd64'],
    tags: [],
  },
  {
    rule: 'a child stays when a tag of its own holds it',
    pushes: [
      { digest: 'index', children: ['amd64'] },
      { digest: 'amd64', tags: ['x-amd64'] },
    ],
    deleted: ['index'],
    falling: ['index'],
    tags: [],
  },
  {
    rule: 'a former index that falls with a tag takes its children along',
    pushes: [
      { digest: 'old', tags: ['x'], children: ['old amd64'] },
      { digest: 'new', tags: ['x'], children: ['new amd64'] },
    ],
    deleted: ['new'],
    falling: ['new', 'new amd64', 'old', 'old amd64'],
    tags: ['x'],
  },
  {
    rule: 'an index inside an index falls with all that is below',
    pushes: [
      { digest: 'inner', children: ['leaf'] },
      { digest: 'outer', tags: ['x'], children: ['inner'] },
    ],
    deleted: ['outer'],
    falling: ['outer', 'inner', 'leaf'],
    tags: ['x'],
  },
  {
    rule: 'a tag that somebody removed meanwhile takes nothing along',
    pushes: [{ digest: 'a', tags: ['x'] }, { digest: 'b' }],
    deleted: ['absent', 'b'],
    falling: ['b'],
    tags: [],
  },
];

describe('what falls with a deletion', () => {
  for (const { rule, pushes, deleted, falling, tags } of cases) {
    it(rule, () => {
      const repository = new SandboxRepository('team', 'app');
      pushes.forEach((push) => repository.push(push));
      const found = removedWith(repository, deleted);
      assert.deepEqual([...found.digests].sort(), [...falling].sort());
      assert.deepEqual([...found.tags].sort(), [...tags].sort());
    });
  }
});
