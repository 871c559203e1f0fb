import assert from 'node:assert/strict';
import type { FileReference } from '../../../src/references/reference';
import { resolveReferences } from '../../../src/references/resolve/resolveReferences';
import {
  type PrintedImage,
  printed,
  type ReferenceForm,
  referenceForms,
} from '../../support/references/forms';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const exact: PrintedImage = { host: '', repository: 'acme/web', tag: '1.10' };
const pinned: PrintedImage = { ...exact, digest };

const encodings: Readonly<Record<string, (text: string) => string>> = {
  LF: (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  BOM: (text) => `\uFEFF${text}`,
};

describe('forms of references', () => {
  for (const form of referenceForms) {
    for (const [encoding, encode] of Object.entries(encodings)) {
      describe(`${form.title}, with ${encoding}`, () => {
        const { line, kind, isDefault, untagged, variable } = form;
        const own = { line, kind, repository: 'acme/web', ...(isDefault ? { isDefault } : {}) };
        const read = (image: PrintedImage) => answers(form, encode(form.print(image)), image);

        it('tells repository and tag', async () => {
          assert.deepEqual(await read(exact), [{ ...own, tag: '1.10', digest: undefined }]);
        });
        it('tells the digest', async () => {
          const tag =
            form.title === '12 new tag of Kustomize' || form.title === '12 new name of Kustomize'
              ? undefined
              : '1.10';
          assert.deepEqual(await read(pinned), [{ ...own, tag, digest }]);
        });
        if (untagged !== undefined) {
          it('tells a name alone', async () => {
            const tag = untagged === 'exact' || untagged === 'produced' ? 'latest' : undefined;
            assert.deepEqual(await read({ host: '', repository: 'acme/web' }), [
              { ...own, kind: untagged, tag, digest: undefined },
            ]);
          });
        }
        if (variable !== undefined) {
          it('tells what a variable leaves open', async () => {
            const isOpen = variable.resolved === undefined;
            assert.deepEqual(await read({ ...exact, tag: variable.tag }), [
              {
                ...own,
                kind: variable.kind,
                tag: variable.resolved,
                digest: undefined,
                ...(isOpen && !isDefault ? {} : { isDefault: true }),
              },
            ]);
          });
        }
        for (const host of ['ghcr.io/', 'localhost/', 'registry.example.com:5000/']) {
          it(`finds nothing of ${host}`, async () => {
            assert.deepEqual(await read({ ...exact, host }), []);
            assert.deepEqual(await read({ ...pinned, host }), []);
          });
        }
        it('finds nothing of another namespace', async () => {
          assert.deepEqual(await read({ ...exact, repository: 'acme2/web' }), []);
        });
      });
    }
  }
});

/** Without the place in the line, which is checked: the text there is the reference. */
async function answers(form: ReferenceForm, text: string, image: PrintedImage) {
  const found = await resolveReferences(
    { path: form.path, text, readSibling: (name) => Promise.resolve(form.siblings?.[name]) },
    { hasNamespace: (namespace) => namespace === 'acme' },
  );
  return found.map((reference) => {
    const at = textAt(text, reference);
    assert.ok(
      form.isSplit === true ? at.includes(image.repository) : printed(image).startsWith(at),
      `${at} is there`,
    );
    assert.ok(at.includes(image.repository));
    const { line, kind, repository, tag, digest, isDefault } = reference;
    return { line, kind, repository, tag, digest, ...(isDefault ? { isDefault } : {}) };
  });
}

function textAt(text: string, { line, column, length }: FileReference): string {
  return (text.replace('\uFEFF', '').split(/\r?\n/)[line - 1] ?? '').slice(column - 1, column - 1 + length);
}
