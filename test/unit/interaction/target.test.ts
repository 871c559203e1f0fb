import type { CommandId } from '../../../src/contributions';
import assert from 'node:assert/strict';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { targetOf } from '../../../src/interaction/target';
import { imageNode, namespaceNode, type Node, repositoryNode } from '../../../src/providers/nodes';
import { imageOf } from '../../support/images';

const namespace = namespaceNode(
  { name: parseNamespaceName('acme'), origin: 'own' },
  { isRemovable: false, isListed: true },
);
const repository = repositoryNode(namespace, { ...parseRepositoryRef('acme/api'), isPrivate: false }, false);
const image = imageNode(repository, imageOf('a'));
const other = imageNode(repository, imageOf('b'));
const handedOut = new Set<unknown>([namespace, repository, image, other]);

/** Of an earlier server: created by the tree, but not a row of it any more. */
const stale = imageNode(repository, imageOf('c'));

const target = (
  args: readonly unknown[],
  selection: readonly Node[] = [],
  command: CommandId = 'hubImages.image.delete',
) =>
  targetOf(
    {
      tree: { isRow: (value: unknown): value is Node => handedOut.has(value) } as Parameters<
        typeof targetOf
      >[0]['tree'],
      treeView: { readSelection: () => Promise.resolve(selection), reveal: () => Promise.resolve() },
    },
    command,
    args,
  );

describe('the target of a command', () => {
  const palette = { kind: 'palette' };
  const rows = (...nodes: readonly Node[]) => ({ kind: 'rows', rows: nodes });

  const accepted: Readonly<Record<string, readonly [args: readonly unknown[], expected: object]>> = {
    'nothing, from the Command Palette': [[], palette],
    'nothing, from the title of the view': [[undefined, undefined], palette],
    'nothing, from the title of a view that is gone': [[null, null], palette],
    'nothing, from a key binding': [[{ from: 'keyboard' }], palette],
    'the row under the pointer': [[image], rows(image)],
    'the row under the pointer, outside a selection': [[image, undefined], rows(image)],
    'the selection that the row belongs to': [[image, [image, other]], rows(image, other)],
    'the row, with an empty selection': [[image, []], rows(image)],
    'a row that is not an image': [[repository], rows(repository)],
  };
  for (const [name, [args, expected]] of Object.entries(accepted)) {
    it(`is ${name}`, async () => {
      assert.deepEqual(await target(args), expected);
    });
  }

  for (const api of ['registry', 'management'] as const) {
    it(`is a sandbox, from a link that starts one, and nothing of other commands: ${api}`, async () => {
      assert.deepEqual(await target([{ api }], [], 'hubImages.sandbox.start'), { kind: 'palette', api });
      assert.equal(await target([{ api }]), undefined);
    });
  }

  it('is the selection, from a key binding', async () => {
    assert.deepEqual(await target([{ from: 'selection' }], [image, other]), rows(image, other));
    assert.deepEqual(await target([{ from: 'selection' }], []), rows());
  });

  const refused: Readonly<Record<string, readonly unknown[]>> = {
    'a copy of a row': [{ ...image }],
    'a row after JSON': [JSON.parse(JSON.stringify(image))],
    'an object with a row as its prototype': [Object.create(image)],
    'a wrapped row': [new Proxy(image, {})],
    'a row of another server': [stale],
    'the data of an image': [image.image],
    'an id': [image.id],
    'a digest': [image.image.digest],
    'an empty object': [{}],
    'a list of rows': [[image]],
    'a number': [7],
    'a boolean': [false],
    'an empty text': [''],
    'a function': [() => image],
    'an unknown key argument': [{ from: 'elsewhere' }],
    'an unknown API': [{ api: 'auto' }],
    'a row with a copy in the selection': [image, [image, { ...other }]],
    'a row with a row of another server in the selection': [image, [image, stale]],
    'a row with a selection of which one is gone': [image, [image, undefined]],
    'a row with a selection that is not a list': [image, other],
    'no row, with a copy in the selection': [undefined, [{ ...image }]],
    'no row, with a selection that is gone': [undefined, [undefined, undefined]],
    'a key argument with a copy in the selection': [{ from: 'selection' }, [{ ...image }]],
  };
  for (const [name, args] of Object.entries(refused)) {
    it(`is refused for ${name}`, async () => {
      assert.equal(await target(args, [image]), undefined);
    });
  }

  it('is refused for a selection that was reported of another server', async () => {
    assert.equal(await target([{ from: 'selection' }], [image, stale]), undefined);
  });
});
