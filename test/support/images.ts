import { createHash } from 'node:crypto';
import { type DeletionPlan, planDeletion, type PlanFacts } from '../../src/hub/deletion/plan';
import type { PlannedImage } from '../../src/hub/deletionRequest';
import { type Digest, parseDigest } from '../../src/hub/digest';
import type { Image } from '../../src/hub/model';
import { parseRepositoryRef } from '../../src/hub/names';

/** A digest of the right form that is always the same for the same seed. */
export function digestOf(seed: string): Digest {
  return parseDigest(`sha256:${createHash('sha256').update(seed).digest('hex')}`);
}

export function imageOf(seed: string, facts: Partial<Image> = {}): Image {
  return {
    digest: digestOf(seed),
    tags: [],
    lastPushed: new Date('2025-06-01T00:00:00Z'),
    lastPulled: undefined,
    status: 'inactive',
    ...facts,
  };
}

export function plannedImage(repository: string, seed: string, facts: Partial<Image> = {}): PlannedImage {
  return { repository: parseRepositoryRef(repository), image: imageOf(seed, facts) };
}

/** A plan of chosen images. */
export function planOf(images: readonly PlannedImage[], facts: Partial<PlanFacts> = {}): DeletionPlan {
  const activeFrom = new Date('2026-01-01T00:00:00Z');
  return planDeletion({ origin: 'https://hub.example', scope: 'chosen', activeFrom, images, ...facts });
}
