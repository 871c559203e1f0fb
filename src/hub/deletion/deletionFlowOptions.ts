import type { ReferenceSource } from '../codeReferences';
import type { Delay } from '../delay';
import type { ImageKey } from '../deletionRequest';
import type { ImageApi } from '../imageApi';
import type { RepositoryRef } from '../names';
import type { DeletionConfirmation } from './confirmation';
import type { ImageOutcome } from './outcome';
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
  /** Where files of the workspace refer to images. Without it, the workspace is not searched. */
  readonly references?: ReferenceSource | undefined;
  /** Held from before the last check until the deletion has ended. */
  readonly locks: RepositoryLocks;
  /** Shows the final confirmation. Nothing is sent unless it resolves to true. */
  readonly confirm: (confirmation: DeletionConfirmation) => Promise<boolean>;
  readonly onDidChange: () => void;
  /**
   * Called once after each deletion, successful or not, with the repositories of its images.
   *
   * @param outcomes Of its images, as far as they are known by then.
   */
  readonly onDidDelete: (
    repositories: readonly RepositoryRef[],
    outcomes: ReadonlyMap<ImageKey, ImageOutcome>,
  ) => void;
}
