import type { JournalFile } from './journalFiles';

/**
 * Writes every byte and waits until it is on the disk itself. Closes the file in any case.
 *
 * @throws When any of that failed; a part may have been written.
 */
export async function writeAll(file: JournalFile, bytes: Uint8Array): Promise<void> {
  try {
    let rest = bytes;
    while (rest.length > 0) {
      const written = await file.write(rest);
      if (written <= 0) {
        throw new Error('the disk accepts no more data');
      }
      rest = rest.subarray(written);
    }
    await file.sync();
  } catch (error) {
    await file.close().catch(() => undefined); // what came first is what matters
    throw error;
  }
  await file.close();
}
