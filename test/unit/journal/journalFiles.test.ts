import assert from 'node:assert/strict';
import { errorCode } from '../../../src/journal/journalFiles';

describe('the code of an error', () => {
  const coded = (code: unknown) => Object.assign(new Error('failed'), { code });
  const cases: readonly (readonly [what: string, error: unknown, code: string | undefined])[] = [
    ['is what the system calls it', coded('ENOSPC'), 'ENOSPC'],
    ['is none without one', new Error('failed'), undefined],
    ['is none where it is a number', coded(28), undefined],
    ['is none of what is no error', { code: 'ENOSPC' }, undefined],
    ['is none of a text', 'ENOSPC', undefined],
    ['is none of nothing', undefined, undefined],
  ];
  for (const [what, error, code] of cases) {
    it(what, () => {
      assert.equal(errorCode(error), code);
    });
  }
});
