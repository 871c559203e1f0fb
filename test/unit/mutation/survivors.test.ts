import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { MutantResult, MutantStatus } from '@stryker-mutator/api/core';
import { compareSurvivors, keyOf, scoreOf, survivorsOf, timedOutOf } from '../../mutation/survivors';

const source = [
  'export function isLarge(n: number) {',
  '  if (n > 1) {',
  '    return true;',
  '  }',
  '}',
  '',
].join('\n');

function mutant(status: MutantStatus, facts: Partial<MutantResult> = {}): MutantResult {
  return {
    id: '1',
    fileName: resolve('src/large.ts'),
    mutatorName: 'EqualityOperator',
    location: { start: { line: 2, column: 7 }, end: { line: 2, column: 12 } },
    replacement: 'n >= 1',
    status,
    ...facts,
  };
}

const survivors = (...results: readonly MutantResult[]) => survivorsOf(results, () => source);

describe('mutation score', () => {
  it('counts changes that a test notices, also by taking too long', () => {
    const results = (['Killed', 'Timeout', 'Survived', 'NoCoverage'] as const).map((status) => ({ status }));
    assert.deepEqual(scoreOf(results), { mutants: 4, detected: 2, score: 50 });
  });

  it('leaves out changes that cannot be judged', () => {
    const results = (['Killed', 'CompileError', 'RuntimeError', 'Ignored'] as const).map((status) => ({
      status,
    }));
    assert.deepEqual(scoreOf(results), { mutants: 1, detected: 1, score: 100 });
  });

  it('is full where nothing can be changed', () => {
    assert.equal(scoreOf([]).score, 100);
  });
});

describe('survivors', () => {
  it('are changes that no test notices, or that none runs, with their code', () => {
    assert.deepEqual(survivors(mutant('Killed'), mutant('Survived'), mutant('NoCoverage')), [
      {
        file: 'src/large.ts',
        lineNumber: 2,
        code: 'if («n > 1») {',
        replacement: 'n >= 1',
        isCovered: true,
      },
      {
        file: 'src/large.ts',
        lineNumber: 2,
        code: 'if («n > 1») {',
        replacement: 'n >= 1',
        isCovered: false,
      },
    ]);
  });

  it('show code of several lines in one', () => {
    const location = { start: { line: 2, column: 14 }, end: { line: 4, column: 4 } };
    assert.equal(
      survivors(mutant('Survived', { location, replacement: '{}' }))
        .map(keyOf)
        .join('\n'),
      'src/large.ts: if (n > 1) «{ return true; }» → {}',
    );
  });

  it('are compared with those that are accepted', () => {
    const found = survivors(mutant('Survived'), mutant('Survived', { replacement: 'true' }));
    const compared = compareSurvivors(found, [
      {
        file: 'src/large.ts',
        reason: 'test',
        mutants: [
          ['if («n > 1») {', 'n >= 1'],
          ['if («n > 1») {', 'false'],
        ],
      },
    ]);
    assert.deepEqual(
      compared.unexpected.map(({ replacement }) => replacement),
      ['true'],
    );
    assert.deepEqual(compared.outdated, ['src/large.ts: if («n > 1») { → false']);
  });

  it('may be accepted although the tests took too long this time', () => {
    const slow = timedOutOf([mutant('Timeout'), mutant('Killed', { replacement: 'false' })], () => source);
    const mutants = ['n >= 1', 'false'].map((replacement) => ['if («n > 1») {', replacement] as const);
    const accepted = [{ file: 'src/large.ts', reason: 'test', mutants }];
    assert.deepEqual(compareSurvivors([], accepted, slow).outdated, ['src/large.ts: if («n > 1») { → false']);
  });
});
