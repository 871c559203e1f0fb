import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

const file = 'test/support/faultTable/faultTexts.txt';

/** Set by `npm run test:faults -- --update`. */
const isUpdated = process.env['HUB_IMAGES_UPDATE_FAULT_TEXTS'] !== undefined;

/** Compares the texts of the table with those that a person has read and committed, or replaces these. */
export async function compareWithReviewed(texts: string): Promise<void> {
  if (isUpdated) {
    assert.ok(!process.env['CI'], 'the reviewed texts are never updated in CI');
    await writeFile(file, texts);
    return;
  }
  const reviewed = (await readFile(file, 'utf8')).replace(/\r\n/g, '\n');
  assert.equal(
    texts,
    reviewed,
    `the texts differ from ${file}. Read the new ones, then run npm run test:faults -- --update and commit the file`,
  );
}
