import type { SkipReason } from '../../hub/codeReferences';
import { type CandidateScanner, overlapBytes } from './candidateScanner';
import { isComposeWithVariables } from './composeFile';
import type { FolderReader, OpenFile } from './folderReader';
import type { OneAtATime } from './oneAtATime';
import { fill } from './readText';
import { decodeText, encodingOf, type TextEncoding } from './textBytes';

/** Larger files are not searched, because their text would take too much memory. People do not write such files. */
export const fileLimitBytes = 8_000_000;
/** Read at a time. Most files are smaller, and take a single piece. */
export const pieceBytes = 256 * 1024;

/** What to do with the text of a file. */
export interface FileSearchOptions<Found> {
  readonly reader: FolderReader;
  readonly scanner: CandidateScanner;
  /** Found in a file that is not a candidate. */
  readonly nothing: Found;
  /** Finds something in the text of a candidate. */
  readonly resolve: (path: string, text: string) => Promise<Found>;
  /** Large texts are taken one at a time, so that memory stays small. */
  readonly largeTexts: OneAtATime;
  readonly signal: AbortSignal;
}

/** Searches one file after the other, with a buffer that it keeps. */
export class FileSearch<Found> {
  readonly #options: FileSearchOptions<Found>;
  readonly #buffer = new Uint8Array(pieceBytes);

  constructor(options: FileSearchOptions<Found>) {
    this.#options = options;
  }

  /**
   * Searches a file.
   *
   * @returns `undefined` if there is no such file any more.
   * @throws The reason of the signal.
   */
  async search(path: string): Promise<Found | SkipReason | undefined> {
    const { reader, signal } = this.#options;
    try {
      return await this.#withFile(path, (file) => this.#searchOpen(path, file));
    } catch (error) {
      signal.throwIfAborted();
      return reader.isGone(error) ? undefined : 'unreadable';
    }
  }

  async #withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
    const file = await this.#options.reader.open(path);
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }

  async #searchOpen(path: string, file: OpenFile): Promise<Found | SkipReason> {
    const { largeTexts, nothing, resolve } = this.#options;
    if ((file.knownSize ?? 0) > fileLimitBytes) return 'tooLarge';
    const first = await this.#fill(file, this.#buffer);
    const encoding = encodingOf(first);
    if (encoding === 'binary') return 'binary';
    const isWhole = first.length < pieceBytes;
    if (!isWhole && (await file.size()) > fileLimitBytes) return 'tooLarge';
    const isCandidate =
      encoding !== 'utf-8' || isComposeWithVariables(path, first) || (await this.#scan(file, first));
    if (!isCandidate) return nothing;
    return isWhole
      ? resolve(path, decodeText(first, encoding))
      : largeTexts.run(() => this.#resolveLarge(path, encoding));
  }

  async #scan(file: OpenFile, first: Uint8Array): Promise<boolean> {
    const { scanner } = this.#options;
    scanner.begin();
    const isWhole = first.length < pieceBytes;
    if (scanner.scan(first, isWhole)) return true;
    while (!isWhole) {
      this.#buffer.copyWithin(0, pieceBytes - overlapBytes);
      const next = await this.#fill(file, this.#buffer.subarray(overlapBytes));
      if (next.length === 0) return false;
      if (scanner.scan(this.#buffer.subarray(0, overlapBytes + next.length), false)) return true;
    }
    return false;
  }

  /** Reads the file again, for its first pieces are no longer there. */
  #resolveLarge(path: string, encoding: TextEncoding): Promise<Found | SkipReason> {
    this.#options.signal.throwIfAborted();
    return this.#withFile(path, async (file) => {
      const bytes = await file.size();
      if (bytes > fileLimitBytes) return 'tooLarge';
      const whole = await this.#fill(file, new Uint8Array(bytes));
      return this.#options.resolve(path, decodeText(whole, encoding));
    });
  }

  async #fill(file: OpenFile, buffer: Uint8Array): Promise<Uint8Array> {
    const length = await fill(buffer, (target) => {
      this.#options.signal.throwIfAborted();
      return file.read(target);
    });
    return buffer.subarray(0, length);
  }
}
