import type { DeletionJournal, PlanRecord, RunJournal } from '../hub/deletion/journal';
import { encodeLine, formatVersion, type ServerKind } from './evidenceFormat';
import type { EvidenceFiles } from './evidenceFiles';
import type { RunEvidence } from './evidenceReader';
import { newRunId, runFileName, type RunId } from './runFileName';
import { RunWriter } from './runWriter';
import { writeAll } from './writeAll';
import type { Writer } from './writer';

export interface EvidenceStoreOptions {
  readonly files: EvidenceFiles;
  readonly self: Writer;
  readonly now: () => Date;
  /** Called after each run that ends, when everything of it is on disk. */
  readonly onDidFinish: () => void;
}

/** The evidence of deletions on disk: a file a run, a line a record, and each line flushed before the next step is taken. */
export class EvidenceStore {
  readonly #options: EvidenceStoreOptions;

  constructor(options: EvidenceStoreOptions) {
    this.#options = options;
  }

  /** Where deletions on such a server leave their evidence. */
  journal(server: ServerKind): DeletionJournal {
    return { begin: (plan) => this.#begin(server, plan) };
  }

  /**
   * Goes on with a run whose writer has gone.
   *
   * @throws That could not be written.
   */
  async resume(id: RunId, { endsWithLine }: Pick<RunEvidence, 'endsWithLine'>): Promise<RunJournal> {
    const { files, self, now } = this.#options;
    const record = { type: 'resumed', at: now().toISOString(), writer: self } as const;
    const line = encodeLine(record);
    const file = await files.append(runFileName(id));
    await writeAll(file, endsWithLine ? line : new Uint8Array([0x0a, ...line])); // apart from what was torn
    return this.#writer(id);
  }

  async #begin(server: ServerKind, plan: PlanRecord): Promise<RunJournal> {
    const { files, self, now } = this.#options;
    const line = encodeLine({ format: formatVersion, server, writer: self, plan });
    const id = newRunId(now());
    const file = await files.create(runFileName(id));
    try {
      await writeAll(file, line);
      await files.syncFolder();
    } catch (error) {
      await files.remove(runFileName(id)).catch(() => undefined); // nothing was sent; what is left says so too
      throw error;
    }
    return this.#writer(id);
  }

  #writer(id: RunId): RunWriter {
    const { files, onDidFinish } = this.#options;
    return new RunWriter(files, runFileName(id), onDidFinish);
  }
}
