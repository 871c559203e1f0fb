import type { JournalFileFacts, JournalFiles } from './journalFiles';
import { endsFinished, finishedLineBytes, readRunFile, type RunFile } from './journalReader';
import { reconstructRun, type Run } from './run';
import { runFileName, runIdOf, type RunId } from './runFileName';

/** One run's file as it is now. */
export interface RecordedRun {
  readonly id: RunId;
  /** `undefined`: its plan cannot be read. */
  readonly run: Run | undefined;
  readonly file: RunFile;
}

export interface RunFileFacts extends JournalFileFacts {
  readonly id: RunId;
}

/** Reads back what deletions left. */
export class RunHistory {
  readonly #files: JournalFiles;

  constructor(files: JournalFiles) {
    this.#files = files;
  }

  /** The files of all runs, newest first. */
  async list(): Promise<readonly RunFileFacts[]> {
    const facts = (await this.#files.list()).flatMap((file) => {
      const id = runIdOf(file.name);
      return id === undefined ? [] : [{ ...file, id }];
    });
    return facts.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** All runs, newest first, each read when it is asked for. One that is removed meanwhile is left out. */
  async *runs(): AsyncGenerator<RecordedRun, void, void> {
    for (const { id } of await this.list()) {
      const recorded = await this.read(id).catch(async (error: unknown) => {
        const isThere = (await this.list()).some((file) => file.id === id);
        if (isThere) {
          throw error;
        }
        return undefined;
      });
      if (recorded !== undefined) {
        yield recorded;
      }
    }
  }

  /** @throws It cannot be read. */
  async read(id: RunId): Promise<RecordedRun> {
    const file = readRunFile(await this.#files.read(runFileName(id)));
    return { id, run: reconstructRun(file), file };
  }

  /** Whether the last thing said about the run is that it is over. Only the end of the file is read. */
  async isOver({ name }: RunFileFacts): Promise<boolean> {
    return endsFinished(await this.#files.read(name, finishedLineBytes));
  }
}
