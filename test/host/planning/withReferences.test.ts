import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { parseRepositoryRef } from '../../../src/hub/names';
import { withReferences } from '../../../src/planning/withReferences';
import { CapturedWindow } from '../../support/capturedWindow';
import {
  FakeReferenceSource,
  foundReferences,
  nothingOpen,
  referenceAt,
} from '../../support/foundReferences';

const line = referenceAt('a.yaml', 1);
const criteria = { status: 'inactive' } as const;
const repositories = [parseRepositoryRef('acme/api'), parseRepositoryRef('acme/web')];

describe('criteria that nothing in the workspace refers to the images', () => {
  const log: Partial<vscode.LogOutputChannel> = { error: (error) => void logged.push(String(error)) };
  let logged: string[];
  let references: FakeReferenceSource;

  beforeEach(() => {
    references = new FakeReferenceSource([line]);
    logged = [];
  });

  async function add(isUnreferenced: boolean) {
    const captured = new CapturedWindow({});
    try {
      const result = await withReferences(
        { references, log: log as vscode.LogOutputChannel },
        { repositories, criteria, isUnreferenced },
      );
      return { result, texts: captured.texts };
    } finally {
      captured.restore();
    }
  }

  it('have what was found', async () => {
    const { result, texts } = await add(true);
    assert.deepEqual(result, { ...criteria, unreferencedIn: foundReferences([line]) });
    assert.deepEqual(references.asked, [['acme/api', 'acme/web']]);
    assert.deepEqual(texts, []);
  });

  it('search nothing where they do not ask for it', async () => {
    assert.deepEqual((await add(false)).result, criteria);
    assert.deepEqual(references.asked, []);
  });

  const failures: Readonly<Record<string, readonly [prepare: () => void, text: string]>> = {
    'where the search was canceled': [
      () => {
        references.before = () => Promise.reject(new DOMException('canceled', 'AbortError'));
      },
      'The search for references was canceled. Nothing was planned.',
    ],
    'where it failed': [
      () => {
        references.before = () => Promise.reject(new Error('disk is gone'));
      },
      'The workspace could not be searched, so it is not known which images are referenced. Nothing was planned.',
    ],
    'where nothing is open': [
      () => {
        references.report = nothingOpen;
      },
      'No folder or editor is open, so it is not known which images are referenced. Nothing was planned. Open a folder, then try again.',
    ],
  };
  for (const [where, [prepare, text]] of Object.entries(failures)) {
    it(`are not known ${where}, and a message says so`, async () => {
      prepare();
      const { result, texts } = await add(true);
      assert.equal(result, undefined);
      assert.equal(texts[0], text);
      assert.deepEqual(logged, where === 'where it failed' ? ['Error: disk is gone'] : []);
    });
  }
});
