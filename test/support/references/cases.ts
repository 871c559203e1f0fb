import assert from 'node:assert/strict';
import { described, resolved } from './resolved';

/** A file, what is found in it, and the files beside it. */
export type Case = readonly [
  title: string,
  path: string,
  text: string,
  expected: readonly string[],
  siblings?: Readonly<Record<string, string>>,
];

/** Checks what is found in each file. */
export function checkCases(cases: readonly Case[]): void {
  for (const [title, path, text, expected, siblings] of cases) {
    it(title, async () => {
      assert.deepEqual((await resolved(path, text, siblings)).map(described), expected);
    });
  }
}
