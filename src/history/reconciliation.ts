import type { LaterOutcomes } from '../hub/deletion/laterOutcomes';
import type { RepositoryRef } from '../hub/names';
import { repositoriesIn, type ReconciledRun } from '../journal/reconcileRun';

/** What is known of a run after it was looked into. */
export interface Reconciliation extends LaterOutcomes {
  /** Of the images of the plan, each once. */
  readonly repositories: readonly RepositoryRef[];
}

/** Collects the outcomes of a run. Images that are open are left out. */
export function reconciliationOf({ id, run: { images } }: ReconciledRun): Reconciliation {
  return {
    runId: id,
    repositories: repositoriesIn(images),
    outcomes: new Map(
      images.flatMap(({ image: { key }, outcome }) => (outcome === 'open' ? [] : [[key, outcome] as const])),
    ),
    collateral: new Map(
      images
        .flatMap(({ collateral }) => collateral ?? [])
        .flatMap(({ key, outcome }) => (outcome === 'open' ? [] : [[key, outcome] as const])),
    ),
  };
}
