import type { RunJournal, RunRecord } from '../hub/deletion/journal';
import type { JournalFiles } from './journalFiles';
import { encodeLine } from './journalFormat';
import { runFileName, type RunId } from './runFileName';
import { writeAll } from './writeAll';

export interface RunEvents {
  /** The last record of the run is on disk. */
  readonly onDidFinish: () => void;
  readonly onDidRelease: () => void;
}

/**
 * Adds records to the file of one run, one after the other in the order in which they came. After the first that
 * could not be written none is taken any more: what follows would stand behind a gap.
 */
export class RunWriter implements RunJournal {
  readonly id: RunId;
  readonly #files: JournalFiles;
  readonly #events: RunEvents;
  #last: Promise<void> = Promise.resolve();

  constructor(files: JournalFiles, id: RunId, events: RunEvents) {
    this.id = id;
    this.#files = files;
    this.#events = events;
  }

  append(record: RunRecord): Promise<void> {
    const line = encodeLine(record); // as it is now
    const written = this.#last.then(() => this.#write(line));
    this.#last = written;
    return record.type === 'finished' ? written.then(this.#events.onDidFinish) : written;
  }

  release(): void {
    this.#events.onDidRelease();
  }

  async #write(line: Uint8Array): Promise<void> {
    await writeAll(await this.#files.append(runFileName(this.id)), line);
  }
}
