import type { Digest } from '../digest';
import type { Image } from '../model';
import type { KnownManifest } from './knownManifests';

/** The images that were built so far, by digest. Those of known manifests are found without a look-up. */
export class BuiltImages {
  readonly #known: ReadonlyMap<Digest, KnownManifest>;
  readonly #byIndex: (Image | undefined)[] = [];
  /** Parts that no list shows. */
  readonly #others = new Map<Digest, Image>();

  constructor(known: ReadonlyMap<Digest, KnownManifest>) {
    this.#known = known;
  }

  get(digest: Digest): Image | undefined {
    return this.getKnown(digest, this.#known.get(digest));
  }

  /** @param known What {@link KnownManifest} there is of the image. */
  getKnown(digest: Digest, known: KnownManifest | undefined): Image | undefined {
    return known === undefined ? this.#others.get(digest) : this.#byIndex[known.index];
  }

  /** @param known What {@link KnownManifest} there is of the image. */
  set(image: Image, known: KnownManifest | undefined): void {
    if (known === undefined) {
      this.#others.set(image.digest, image);
    } else {
      this.#byIndex[known.index] = image;
    }
  }
}
