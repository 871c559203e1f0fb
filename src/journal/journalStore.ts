import type { DeletionJournal, PlanRecord, RunJournal } from '../hub/deletion/journal';
import type { JournalFiles } from './journalFiles';
import { encodeLine, formatVersion, type ServerKind } from './journalFormat';
import type { RunFile } from './journalReader';
import { newRunId, runFileName, type RunId } from './runFileName';
import { RunWriter } from './runWriter';
import { writeAll } from './writeAll';
import type { Writer } from './writer';

export interface JournalStoreOptions {
  readonly files: JournalFiles;
  readonly self: Writer;
  readonly now: () => Date;
  /** Called after each run that ends, when everything of it is on disk. */
  readonly onDidFinish: () => void;
  /** Called when a deletion of this process has ended, whatever came of it. */
  readonly onDidRelease: () => void;
}

/** The journal on disk: one file per run, one line per record, each line flushed before the next step is taken. */
export class JournalStore {
  readonly #options: JournalStoreOptions;
  readonly #underWay = new Set<RunId>();

  constructor(options: JournalStoreOptions) {
    this.#options = options;
  }

  /** The journal for deletions on this kind of server. */
  journal(server: ServerKind): DeletionJournal {
    return { begin: (plan) => this.#begin(server, plan) };
  }

  /** Whether a deletion of this process is still at the run. */
  isUnderWay(id: RunId): boolean {
    return this.#underWay.has(id);
  }

  /**
   * Goes on with a run that nobody is at any more.
   *
   * @throws That could not be written.
   */
  async resume(id: RunId, { endsWithLine }: Pick<RunFile, 'endsWithLine'>): Promise<RunJournal> {
    const { files, self, now } = this.#options;
    const record = { type: 'resumed', at: now().toISOString(), writer: self } as const;
    const line = encodeLine(record);
    const file = await files.append(runFileName(id));
    await writeAll(file, endsWithLine ? line : new Uint8Array([0x0a, ...line])); // apart from what was torn
    return this.#writer(id, () => undefined);
  }

  async #begin(server: ServerKind, plan: PlanRecord): Promise<RunJournal> {
    const { self, now, onDidRelease } = this.#options;
    const line = encodeLine({ format: formatVersion, server, writer: self, plan });
    const id = newRunId(now());
    this.#underWay.add(id);
    try {
      await this.#create(id, line);
    } catch (error) {
      this.#underWay.delete(id);
      throw error;
    }
    return this.#writer(id, () => {
      this.#underWay.delete(id);
      onDidRelease();
    });
  }

  async #create(id: RunId, line: Uint8Array): Promise<void> {
    const { files } = this.#options;
    const file = await files.create(runFileName(id));
    try {
      await writeAll(file, line);
      await files.syncFolder();
    } catch (error) {
      await files.remove(runFileName(id)).catch(() => undefined); // nothing was sent; what is left says so too
      throw error;
    }
  }

  #writer(id: RunId, onDidRelease: () => void): RunWriter {
    const { files, onDidFinish } = this.#options;
    return new RunWriter(files, id, { onDidFinish, onDidRelease });
  }
}
