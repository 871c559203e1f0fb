import { errorCode, isReadable, type JournalFileFacts, type JournalFiles } from './journalFiles';
import { endsFinished, finishedLineBytes, readRunFile, type RunFile } from './journalReader';
import { reconstructRun, type Run } from './run';
import { runFileName, runIdOf, type RunId } from './runFileName';
import { unreadableCause, type UnreadableCause } from './unreadableCause';

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

/** A file that has the name of a run and cannot be read. */
export interface UnreadableRun {
  readonly id: RunId;
  readonly unreadable: UnreadableCause;
}

/** What is found under the name of a run. */
export type HistoryEntry = RecordedRun | UnreadableRun;

/** @returns Why nothing can be said about the run; `undefined` where something can, if only that it was never begun. */
export function causeOf(entry: HistoryEntry): UnreadableCause | undefined {
  if (!isReadable(entry)) {
    return entry.unreadable;
  }
  const { headerProblem } = entry.file;
  return headerProblem === 'torn' ? undefined : headerProblem;
}

/** Reads back what deletions left. */
export class RunHistory {
  readonly #files: JournalFiles;

  constructor(files: JournalFiles) {
    this.#files = files;
  }

  /** The files of all runs, newest first, without what cannot be a file. */
  async list(): Promise<readonly RunFileFacts[]> {
    return (await this.entries()).filter(isReadable);
  }

  /** Everything that has the name of a run, newest first. */
  async entries(): Promise<readonly (RunFileFacts | UnreadableRun)[]> {
    const entries = (await this.#files.list()).flatMap((entry) => {
      const id = runIdOf(entry.name);
      return id === undefined ? [] : [{ ...entry, id }];
    });
    return entries.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /**
   * All runs, newest first, each read when it is asked for. One that cannot be read does not hide the others, and one that
   * is removed meanwhile is left out.
   */
  async *runs(): AsyncGenerator<HistoryEntry, void, void> {
    for (const entry of await this.entries()) {
      const found = isReadable(entry) ? await this.tryRead(entry.id) : entry;
      if (found !== undefined) {
        yield found;
      }
    }
  }

  /** @returns `undefined` where there is no such file any more. */
  async tryRead(id: RunId): Promise<HistoryEntry | undefined> {
    try {
      return await this.read(id);
    } catch (error) {
      const code = errorCode(error);
      return code === 'ENOENT' ? undefined : { id, unreadable: unreadableCause(code) };
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
