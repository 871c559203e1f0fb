import assert from 'node:assert/strict';
import { posix } from 'node:path';
import type { CodeReference } from '../../../../src/hub/codeReferences';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { ReferenceIndex } from '../../../../src/references/index/referenceIndex';
import { resolveReferences } from '../../../../src/references/resolve/resolveReferences';
import { type PrintedImage, type ReferenceForm, referenceForms } from '../../../support/references/forms';
import { MemoryFolder } from '../../../support/references/memoryFolder';

const web = parseRepositoryRef('acme/web');
const exact: PrintedImage = { host: '', repository: 'acme/web', tag: '1.10' };

/** How a text is there: saved, or only in an editor whose file says nothing yet. */
const ways: Readonly<Record<string, (text: string) => { readonly saved: string; readonly edited?: string }>> =
  {
    LF: (text) => ({ saved: text }),
    CRLF: (text) => ({ saved: text.replaceAll('\n', '\r\n') }),
    BOM: (text) => ({ saved: `\uFEFF${text}` }),
    'a dirty editor': (text) => ({ saved: '# nothing yet\n', edited: text }),
  };

describe('forms of references in a folder', () => {
  for (const form of referenceForms) {
    for (const [way, write] of Object.entries(ways)) {
      describe(`${form.title}, with ${way}`, () => {
        const { line, kind, variable } = form;
        const find = (image: PrintedImage) => found(form, write(form.print(image)));

        it('are found where they name a tag', async () => {
          assert.deepEqual(await find(exact), [`${line} ${kind} 1.10`]);
        });
        if (variable !== undefined) {
          it('are found where they have a variable', async () => {
            const { tag, kind: variableKind, resolved = '?' } = variable;
            assert.deepEqual(await find({ ...exact, tag }), [`${line} ${variableKind} ${resolved}`]);
          });
        }
        it('are not found where they name something else', async () => {
          assert.deepEqual(await find({ ...exact, repository: 'acme2/web' }), []);
          assert.deepEqual(await find({ ...exact, host: 'ghcr.io/' }), []);
        });
      });
    }
  }
});

/** Line, kind and tag of what is found in the file of the form. */
async function found(
  form: ReferenceForm,
  { saved, edited }: { readonly saved: string; readonly edited?: string },
): Promise<readonly string[]> {
  const inFolder = (name: string) => posix.join(posix.dirname(form.path), name);
  const siblings = Object.entries(form.siblings ?? {});
  const files = Object.fromEntries(siblings.map(([name, text]) => [inFolder(name), text]));
  const fileOf = (path: string) => ({ uri: `work:${path}`, path });
  const folder = {
    key: 'work',
    name: 'work',
    reader: new MemoryFolder({ ...files, [form.path]: saved }),
    rules: { isExcluded: () => false, usesIgnoreFiles: true },
    isApart: () => false,
    fileOf,
  };
  const editor = {
    file: fileOf(form.path),
    folder: 'work',
    path: form.path,
    version: 2,
    read: () => edited ?? '',
    readSibling: (name: string) => Promise.resolve(form.siblings?.[name]),
  };
  const code = {
    folders: () => [folder],
    texts: () => (edited === undefined ? [] : [editor]),
    unloaded: () => [],
  };
  const index = new ReferenceIndex(code, {
    resolve: resolveReferences,
    onError: (path) => assert.fail(path),
  });
  const { named } = await index.search([web], new AbortController().signal);
  return (named.get('acme/web') ?? []).filter(({ file }) => file.path === form.path).map(described);
}

function described({ line, kind, tag = '?' }: CodeReference): string {
  return `${String(line)} ${kind} ${tag}`;
}
