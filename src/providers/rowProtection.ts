import { isCompletePattern, Protection } from '../hub/deletion/protection';
import { currentTags, type Image } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import type { Settings } from '../settings';

/**
 * Which images the setting "hubImages.protect" protects by their own tags. If the setting is invalid, it is not known what it
 * protects: then nothing is shown as protected, and nothing can be planned either.
 */
export class RowProtection {
  readonly #settings: Pick<Settings, 'protect'>;
  /** Compiled once for all rows, because reading the setting takes longer than making a row. */
  #compiled: Protection | undefined;

  constructor(settings: Pick<Settings, 'protect'>) {
    this.#settings = settings;
  }

  protects(repository: RepositoryRef, image: Image): boolean {
    this.#compiled ??= knownProtection(this.#settings.protect);
    return this.#compiled.protects(repository, currentTags(image));
  }

  /** The setting may be another. */
  renew(): void {
    this.#compiled = undefined;
  }
}

function knownProtection(protect: Settings['protect']): Protection {
  return protect.kind === 'valid' && protect.patterns.every(isCompletePattern)
    ? new Protection(protect.patterns)
    : Protection.none;
}
