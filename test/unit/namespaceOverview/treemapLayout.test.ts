import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tilesLimit, treemapTiles, type Tile } from '../../../media/namespaceOverview/treemapLayout';

const of = (...sizes: readonly number[]) =>
  sizes.map((storageBytes, index) => ({ name: String(index), storageBytes }));
const names = (tiles: readonly Tile[]) => tiles.map((tile) => tile.names.join());

describe('the treemap', () => {
  it('has a tile for each repository with storage, the biggest first', () => {
    assert.deepEqual(names(treemapTiles(of(1, 5, 0, 3), 400, 200)), ['1', '3', '0']);
  });

  it('has no tile where nothing has storage, and none before it is known how big it is', () => {
    assert.deepEqual(treemapTiles(of(0, 0), 400, 200), []);
    assert.deepEqual(treemapTiles([], 400, 200), []);
    assert.deepEqual(treemapTiles(of(1), 0, 200), []);
  });

  it('gives areas as the storage is', () => {
    const [big, small] = treemapTiles(of(300, 100), 800, 400);
    assert.ok(big !== undefined && small !== undefined);
    const ratio = (big.width * big.height) / (small.width * small.height);
    assert.ok(Math.abs(ratio - 3) < 0.1, String(ratio));
  });

  it('merges those that would be too small to see, unless there is only one', () => {
    const merged = treemapTiles(of(1_000_000, 1, 1, 1), 400, 200);
    assert.deepEqual(names(merged), ['0', '1,2,3']);
    assert.equal(merged[1]?.storageBytes, 3);
    assert.deepEqual(names(treemapTiles(of(1_000_000, 1), 400, 200)), ['0', '1']);
  });

  it('merges what exceeds the limit', () => {
    const tiles = treemapTiles(of(...Array.from({ length: 2000 }, () => 7)), 4000, 4000);
    assert.equal(tiles.length, tilesLimit);
    assert.equal(tiles.at(-1)?.names.length, 2000 - (tilesLimit - 1));
    assert.equal(treemapTiles(of(...Array.from({ length: 200 }, () => 7)), 4000, 4000).length, 200);
  });

  it('has every repository once, within the limits of the place and without overlap', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 400 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 200, max: 1600 }), (all, width) => {
        const tiles = treemapTiles(of(...all), width, 200);
        const drawn = tiles.flatMap((tile) => tile.names).sort();
        const expected = all.flatMap((size, index) => (size > 0 ? String(index) : [])).sort();
        assert.deepEqual(drawn, expected);
        assert.ok(tiles.length <= tilesLimit);
        for (const [index, tile] of tiles.entries()) {
          assert.ok(tile.width >= 1 && tile.height >= 1, 'it can be seen');
          assert.ok(
            tile.x >= 0 && tile.y >= 0 && tile.x + tile.width <= width && tile.y + tile.height <= 200,
          );
          assert.ok(tiles.slice(index + 1).every((other) => !overlap(tile, other)));
        }
      }),
      { numRuns: 60 },
    );
  });
});

function overlap(a: Tile, b: Tile): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
