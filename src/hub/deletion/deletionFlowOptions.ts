import type { Delay } from '../delay';
import type { ImageApi } from '../imageApi';
import type { RepositoryRef } from '../names';
import type { DeletionConfirmation } from './confirmation';
import type { DeletionPlan } from './plan';
import type { RecorderOptions } from './runRecorder';

/** What a deletion flow works with and whom it informs. */
export interface DeletionFlowOptions extends RecorderOptions {
  readonly plan: DeletionPlan;
  readonly api: ImageApi;
  /** Images in one request. */
  readonly batchSize: number;
  /** Images on one page of a listing. */
  readonly pageSize: number;
  readonly delay: Delay;
  /** Asks the person once more; nothing is sent unless it answers true. */
  readonly confirm: (confirmation: DeletionConfirmation) => Promise<boolean>;
  readonly onDidChange: () => void;
  /** Called once after each deletion, whatever came of it, with the repositories of its images. */
  readonly onDidDelete: (repositories: readonly RepositoryRef[]) => void;
}
