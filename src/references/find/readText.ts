import type { FolderReader } from './folderReader';
import { decodeText, encodingOf } from './textBytes';

/** Larger files are no settings. */
const limitBytes = 1_000_000;

/** Reads a small text file as a whole; `undefined` if there is none, or if it cannot be read. */
export async function readText(reader: FolderReader, path: string): Promise<string | undefined> {
  try {
    const file = await reader.open(path);
    try {
      const size = await file.size();
      if (size > limitBytes) return undefined;
      const bytes = new Uint8Array(size);
      const length = await fill(bytes, (target) => file.read(target));
      const content = bytes.subarray(0, length);
      const encoding = encodingOf(content);
      return encoding === 'binary' ? undefined : decodeText(content, encoding);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * Reads until the buffer is full or the file ends.
 *
 * @returns Number of bytes.
 */
export async function fill(
  buffer: Uint8Array,
  read: (target: Uint8Array) => Promise<number>,
): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const bytes = await read(buffer.subarray(length));
    if (bytes === 0) break;
    length += bytes;
  }
  return length;
}
