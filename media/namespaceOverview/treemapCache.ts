import type { ShownRepository } from './repositories';
import { treemapTiles, type Measured, type Tile } from './treemapLayout';

/** Of the treemap, in pixels. */
export interface TreemapSize {
  readonly width: number;
  readonly height: number;
}

/** The tiles, laid out only when the storage of a repository or the size of the treemap is another. */
export class TreemapCache {
  #of: readonly ShownRepository[] = [];
  #measured: readonly Measured[] = [];
  #size: TreemapSize = { width: 0, height: 0 };
  #tiles: readonly Tile[] = [];
  #mostBytes = 0;

  /** Storage of the repository that occupies the most. */
  get mostBytes(): number {
    return this.#mostBytes;
  }

  isOf({ width, height }: TreemapSize): boolean {
    return width === this.#size.width && height === this.#size.height;
  }

  tiles(all: readonly ShownRepository[], size: TreemapSize): readonly Tile[] {
    const isOther = all !== this.#of && this.#measure(all);
    if (isOther || !this.isOf(size)) {
      this.#size = size;
      this.#tiles = treemapTiles(this.#measured, size.width, size.height);
    }
    return this.#tiles;
  }

  /** @returns Whether the storage of any repository is another than before. */
  #measure(all: readonly ShownRepository[]): boolean {
    this.#of = all;
    const measured = all.flatMap(({ name, storageBytes }) =>
      storageBytes === null ? [] : { name, storageBytes },
    );
    const isSame =
      measured.length === this.#measured.length &&
      measured.every(({ name, storageBytes }, index) => {
        const before = this.#measured[index];
        return before?.name === name && before.storageBytes === storageBytes;
      });
    this.#measured = measured;
    this.#mostBytes = measured.reduce((most, { storageBytes }) => Math.max(most, storageBytes), 0);
    return !isSame;
  }
}
