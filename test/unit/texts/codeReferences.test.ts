import assert from 'node:assert/strict';
import type { CodeReference, SearchReport } from '../../../src/hub/codeReferences';
import {
  nothingFoundText,
  referenceCountText,
  referenceKindText,
  searchReportText,
} from '../../../src/texts/codeReferences';
import { referenceAt, reportOf } from '../../support/foundReferences';

const at = (...places: readonly string[]) =>
  places.map((place) => {
    const [path = '', line] = place.split(':');
    return referenceAt(path, Number(line));
  });

describe('the number of references', () => {
  const cases: readonly [uses: CodeReference[], others: CodeReference[], expected: string | undefined][] = [
    [[], [], undefined],
    [at('a:1'), [], '1 line in 1 file'],
    [at('a:1', 'a:2'), [], '2 lines in 1 file'],
    [at('a:1', 'a:2', 'b:1'), [], '3 lines in 2 files'],
    [at('a:1'), at('b:1'), '1 line in 1 file, and 1 other mention'],
    [at('a:1', 'b:2'), at('c:1', 'c:2'), '2 lines in 2 files, and 2 other mentions'],
    [[], at('c:1'), '1 mention, but no certain use'],
    [[], at('c:1', 'd:2'), '2 mentions, but no certain use'],
  ];
  for (const [uses, others, expected] of cases) {
    it(`of ${uses.length} lines that use an image, and ${others.length} others: ${expected ?? 'none'}`, () => {
      assert.equal(referenceCountText({ uses, others }), expected);
    });
  }
});

describe('what a line does', () => {
  const cases: readonly [Pick<CodeReference, 'kind' | 'isDefault'>, string][] = [
    [{ kind: 'exact' }, ''],
    [{ kind: 'exact', isDefault: true }, 'default of a variable'],
    [{ kind: 'nameOnly' }, 'the tag cannot be determined'],
    [{ kind: 'produced' }, 'builds or pushes the tag'],
    [{ kind: 'documentation' }, 'documentation or comment'],
    [{ kind: 'tooling' }, 'settings of a tool'],
  ];
  for (const [reference, expected] of cases) {
    it(`${reference.kind}${reference.isDefault === true ? ' by default' : ''}: ${expected}`, () => {
      assert.equal(referenceKindText(reference), expected);
    });
  }
});

describe('what was searched', () => {
  const cases: readonly [Partial<SearchReport>, string][] = [
    [{ files: 1 }, 'Searched 1 file in work and in open editors.'],
    [
      { files: 1204, folders: ['app', 'infra'] },
      'Searched 1,204 files in app and infra and in open editors.',
    ],
    [{ files: 2, folders: [] }, 'Searched 2 files in open editors.'],
    [
      { skipped: { tooLarge: 2, binary: 1, unreadable: 0, linked: 3 } },
      'Searched 12 files in work and in open editors. Not searched: 2 files that are too large, 1 file that is not text, and 3 links to folders.',
    ],
    [{ folders: ['a\u202eb'] }, 'Searched 12 files in a\\u{202E}b and in open editors.'],
    [{ folders: ['[a](command:b)'] }, 'Searched 12 files in [a]\\u{28}command:b) and in open editors.'],
  ];
  for (const [facts, expected] of cases) {
    it(`is said: ${expected}`, () => {
      assert.equal(searchReportText(reportOf(facts)), expected);
    });
  }

  it('is said where nothing was found', () => {
    assert.equal(nothingFoundText(reportOf()), 'none found in the open folders and editors');
    assert.equal(nothingFoundText(reportOf({ folders: [] })), 'none found in the open editors');
  });
});
