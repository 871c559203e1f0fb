import assert from 'node:assert/strict';
import { parsers } from '../../../src/references/resolve/parsers';
import { resolveReferences } from '../../../src/references/resolve/resolveReferences';
import { resolved } from '../../support/references/resolved';

const manifests = (count: number) =>
  Array.from({ length: count }, (_, number) => `kind: Pod\nspec:\n  image: acme/web:${number}\n`);

describe('parsers', () => {
  const interest = { hasNamespace: (namespace: string) => namespace === 'acme' };
  const source = { path: 'a.yaml', readSibling: () => Promise.resolve(undefined) };

  it('fail the text if they cannot be loaded, which would be read with less care otherwise', async () => {
    const broken = { ...parsers, yaml: () => Promise.reject(new Error('not installed')) };
    const text = 'image: acme/web:1\n';
    await assert.rejects(resolveReferences({ ...source, text }, interest, broken), /not installed/);
  });

  for (const [title, path, text] of [
    ['of many documents', 'a.yaml', manifests(1000).join('---\n')],
    [
      'of one document',
      'a.yaml',
      manifests(1000)
        .join('')
        .replaceAll(/^kind/gm, '- kind')
        .replaceAll(/^spec/gm, '  spec')
        .replaceAll(/^ {2}image/gm, '    image'),
    ],
    [
      'of JSON',
      'a.json',
      JSON.stringify(manifests(1000).map((_, number) => ({ image: `acme/web:${number}` }))),
    ],
  ] as const) {
    it(`let others work while they read a large file ${title}`, async () => {
      let turns = 0;
      let isOver = false;
      const take = () => {
        turns += 1;
        if (!isOver) setImmediate(take);
      };
      await resolved(path, 'image: acme/web:1'); // loads the parser
      setImmediate(take);
      const found = await resolved(path, text);
      isOver = true;
      assert.equal(found.length, 1000);
      assert.ok(turns > 1, `${turns} turns`); // loading a parser may take one
    });
  }
});
