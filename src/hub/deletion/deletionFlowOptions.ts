import type { Delay } from '../delay';
import type { ImageApi } from '../imageApi';
import type { RepositoryRef } from '../names';
import type { DeletionConfirmation } from './confirmation';
import type { DeletionPlan } from './plan';
import type { RepositoryLocks } from './repositoryLocks';
import type { RecorderOptions } from './runRecorder';

/** What a deletion flow works with and whom it informs. */
export interface DeletionFlowOptions extends RecorderOptions {
  readonly plan: DeletionPlan;
  readonly api: ImageApi;
  /** Maximum number of images in one request. */
  readonly batchSize: number;
  /** Number of images on one page of a listing. */
  readonly pageSize: number;
  readonly delay: Delay;
  /** Held from before the last check until the deletion has ended. */
  readonly locks: RepositoryLocks;
  /** Shows the final confirmation. Nothing is sent unless it resolves to true. */
  readonly confirm: (confirmation: DeletionConfirmation) => Promise<boolean>;
  readonly onDidChange: () => void;
  /** Called once after each deletion, successful or not, with the repositories of its images. */
  readonly onDidDelete: (repositories: readonly RepositoryRef[]) => void;
}
