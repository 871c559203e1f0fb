import { createHash } from 'node:crypto';
import type { PlannedImage } from '../../src/hub/deletion/plan';
import { parseDigest, type Digest } from '../../src/hub/digest';
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
