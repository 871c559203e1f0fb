import assert from 'node:assert/strict';
import { type ProtectionReason, selectImages } from '../../../../src/hub/deletion/imageSelection';
import type { CodeReference } from '../../../../src/hub/codeReferences';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { foundReferences, referenceAt } from '../../../support/foundReferences';
import { digestOf, imageOf } from '../../../support/images';

const now = new Date('2026-06-01T00:00:00Z');
const repository = parseRepositoryRef('acme/api');
const inventoryOf = (images: readonly Image[]) => ({
  repository,
  activeFrom: new Date('2026-05-01T00:00:00Z'),
  images,
});

const tagged = imageOf('a', { tags: [{ name: '1.0', isCurrent: true }] });
const untagged = imageOf('a');
const formerly = imageOf('a', { tags: [{ name: '1.0', isCurrent: false }] });
const index = imageOf('a', { parts: [imageOf('part')] });
const unread = imageOf('a', { arePartsUnknown: true });

const line = (facts: Partial<CodeReference> = {}) => referenceAt('compose.yaml', 4, facts);
const bare = (seed: string, facts: Partial<CodeReference> = {}) => line({ digest: digestOf(seed), ...facts });
const openTag = { kind: 'nameOnly', tag: undefined } as const;

describe('the criterion that nothing in the workspace refers to an image', () => {
  type Row = readonly [
    name: string,
    image: Image,
    references: readonly CodeReference[],
    expected: 'selected' | 'passed over' | ProtectionReason,
  ];
  const rows: readonly Row[] = [
    ['nothing refers to it', tagged, [], 'selected'],
    ['a line uses its tag', tagged, [line()], 'passed over'],
    ['a line uses its tag by default', tagged, [line({ isDefault: true })], 'passed over'],
    ['a line uses another tag', tagged, [line({ tag: '2.0' })], 'selected'],
    [
      'a line uses another tag by default',
      tagged,
      [line({ tag: '2.0', isDefault: true })],
      'maybeReferenced',
    ],
    [
      'a line uses another tag by default, and it has none',
      untagged,
      [line({ tag: '2.0', isDefault: true })],
      'selected',
    ],
    ['a line uses a tag that it had', formerly, [line()], 'selected'],
    ['a line uses its tag in another repository', tagged, [line({ repository: 'acme/web' })], 'selected'],
    ['a line uses its digest', untagged, [bare('a', { repository: 'acme/api' })], 'passed over'],
    ['a line has its digest alone', untagged, [bare('a')], 'passed over'],
    ['a line has the digest of a part', index, [bare('part')], 'passed over'],
    ['a line uses another digest', untagged, [bare('b', { repository: 'acme/api' })], 'selected'],
    [
      'the digest decides and not the tag',
      tagged,
      [bare('b', { repository: 'acme/api', tag: '1.0' })],
      'selected',
    ],
    ['a tag cannot be resolved', tagged, [line(openTag)], 'maybeReferenced'],
    ['a tag cannot be resolved, and it has none', untagged, [line(openTag)], 'selected'],
    ['a tag cannot be resolved, and its own has moved', formerly, [line(openTag)], 'selected'],
    ['documentation names its tag', tagged, [line({ kind: 'documentation' })], 'selected'],
    [
      'documentation names the repository',
      tagged,
      [line({ kind: 'documentation', tag: undefined })],
      'selected',
    ],
    ['a tool has its tag', tagged, [line({ kind: 'tooling' })], 'selected'],
    ['a line pushes its tag', tagged, [line({ kind: 'produced' })], 'selected'],
    ['its parts are not known', unread, [], 'selected'],
    ['its parts are not known, and a digest is not listed', unread, [bare('part')], 'maybeReferenced'],
    [
      'its parts are not known, and a digest of another repository is not listed',
      unread,
      [bare('part', { repository: 'acme/web' })],
      'selected',
    ],
    [
      'its parts are not known, and documentation has a digest that is not listed',
      unread,
      [bare('part', { kind: 'documentation' })],
      'selected',
    ],
  ];
  for (const [name, image, references, expected] of rows) {
    it(`${name}: ${expected}`, () => {
      const criteria = { unreferencedIn: foundReferences(references) };
      const { selected, protectedImages } = selectImages(inventoryOf([image]), criteria, now);
      assert.deepEqual(selected, expected === 'selected' ? [image] : []);
      assert.deepEqual(
        protectedImages,
        expected === 'selected' || expected === 'passed over' ? [] : [{ image, reason: expected }],
      );
    });
  }

  it('takes the digest of another image for no part of one whose parts are not known', () => {
    const other = imageOf('b', { parts: [imageOf('c')] });
    const criteria = { unreferencedIn: foundReferences([bare('b'), bare('c')]) };
    const { selected, protectedImages } = selectImages(inventoryOf([unread, other]), criteria, now);
    assert.deepEqual([selected, protectedImages], [[unread], []]);
  });

  it('names the doubt about the activity before the doubt about references', () => {
    const image = { ...tagged, lastPushed: undefined };
    const criteria = { unreferencedIn: foundReferences([line(openTag)]) };
    const { protectedImages } = selectImages(inventoryOf([image]), criteria, now);
    assert.deepEqual(
      protectedImages.map(({ reason }) => reason),
      ['unknownActivity'],
    );
  });

  it('passes over a referenced image whose activity is not known', () => {
    const image = { ...tagged, lastPushed: undefined };
    const criteria = { unreferencedIn: foundReferences([line()]) };
    assert.deepEqual(selectImages(inventoryOf([image]), criteria, now).protectedImages, []);
  });

  it('does not count a referenced image among the newest that are kept', () => {
    const older = imageOf('b', { lastPushed: new Date('2025-01-01T00:00:00Z') });
    const criteria = { unreferencedIn: foundReferences([line()]), keepNewest: 1 };
    const { selected, retained } = selectImages(inventoryOf([tagged, older]), criteria, now);
    assert.deepEqual([selected, retained], [[], [older]]);
  });
});
