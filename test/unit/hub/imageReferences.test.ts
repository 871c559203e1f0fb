import assert from 'node:assert/strict';
import type { CodeReference } from '../../../src/hub/codeReferences';
import { everyReference, imageReferences, placesOf, referencedImage } from '../../../src/hub/imageReferences';
import { parseRepositoryRef } from '../../../src/hub/names';
import { foundReferences, referenceAt } from '../../support/foundReferences';
import { digestOf, imageOf } from '../../support/images';

const repository = parseRepositoryRef('acme/api');
const image = referencedImage(
  repository,
  imageOf('a', { tags: [{ name: '1.0', isCurrent: true }], parts: [imageOf('part')] }),
);
const places = (references: readonly CodeReference[]) =>
  references.map(({ file, line, column }) => `${file.path}:${line}:${column}`);

describe('references to images', () => {
  it('are those that use it, and all others that are or may be about it', () => {
    const found = foundReferences([
      referenceAt('b.yaml', 3),
      referenceAt('a.yaml', 10),
      referenceAt('a.yaml', 2, { digest: digestOf('part') }),
      referenceAt('a.yaml', 5, { tag: '2.0' }),
      referenceAt('a.yaml', 6, { tag: '2.0', isDefault: true }),
      referenceAt('a.yaml', 7, { kind: 'nameOnly', tag: undefined }),
      referenceAt('README.md', 1, { kind: 'documentation' }),
      referenceAt('README.md', 2, { kind: 'documentation', tag: undefined }),
      referenceAt('README.md', 3, { kind: 'documentation', tag: '2.0' }),
      referenceAt('web.yaml', 1, { repository: 'acme/web' }),
    ]);
    const { uses, others } = imageReferences(found, [image]);
    assert.deepEqual(places(uses), ['a.yaml:2:1', 'a.yaml:10:1', 'b.yaml:3:1']);
    assert.deepEqual(places(others), ['README.md:1:1', 'README.md:2:1', 'a.yaml:6:1', 'a.yaml:7:1']);
    assert.deepEqual(places(everyReference({ uses, others })), [
      ...places(others).slice(0, 2),
      'a.yaml:2:1',
      ...places(others).slice(2),
      'a.yaml:10:1',
      'b.yaml:3:1',
    ]);
  });

  it('are there once, whichever of several images they are about', () => {
    const other = referencedImage(repository, imageOf('b', { tags: [{ name: '2.0', isCurrent: true }] }));
    const found = foundReferences([
      referenceAt('a.yaml', 1, { isDefault: true }),
      referenceAt('a.yaml', 2, { kind: 'nameOnly', tag: undefined }),
      referenceAt('a.yaml', 3, { tag: '2.0' }),
    ]);
    const { uses, others } = imageReferences(found, [image, other]);
    assert.deepEqual(places(uses), ['a.yaml:1:1', 'a.yaml:3:1']);
    assert.deepEqual(places(others), ['a.yaml:2:1']);
  });

  it('are looked for once in each repository, however many images of it there are', () => {
    let reads = 0;
    const line: CodeReference = Object.defineProperty(referenceAt('a.yaml', 1, { tag: '2.0' }), 'isDefault', {
      get: () => {
        reads += 1;
        return true;
      },
    });
    const images = Array.from({ length: 100 }, (_, index) =>
      referencedImage(repository, imageOf(`${index}`)),
    );
    assert.deepEqual(places(imageReferences(foundReferences([line]), images).others), ['a.yaml:1:1']);
    assert.equal(reads, 1);
  });

  it('are counted by line and by file', () => {
    const references = [
      referenceAt('a.yaml', 1),
      referenceAt('a.yaml', 1, { column: 30 }),
      referenceAt('a.yaml', 2),
      referenceAt('b.yaml', 1),
    ];
    assert.deepEqual(placesOf(references), { lines: 3, files: 2 });
  });
});
