import { hierarchy, treemap } from 'd3-hierarchy';

/** Most tiles; what is smaller is merged into one. */
export const tilesLimit = 200;

/** Least area of a tile, in square pixels: about what can still be hit with a pointer. */
const leastAreaPx = 600;

/** Pixels between tiles. */
const gapPx = 2;

/** What is drawn: of two with the same storage, the first one comes first. */
export interface Measured {
  readonly name: string;
  readonly storageBytes: number;
}

/** A rectangle in pixels, of one repository or of several small ones. */
export interface Tile {
  readonly names: readonly string[];
  readonly storageBytes: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Group {
  readonly names: readonly string[];
  readonly storageBytes: number;
}

/**
 * Lays out the repositories so that their areas are as their storage, but for the smallest, which can still be seen. Those
 * without any have no tile.
 */
export function treemapTiles(
  repositories: readonly Measured[],
  width: number,
  height: number,
): readonly Tile[] {
  const groups = grouped(repositories, width * height);
  if (groups.length === 0 || width <= 0 || height <= 0) {
    return [];
  }
  const total = groups.reduce((sum, { storageBytes }) => sum + storageBytes, 0);
  const leastBytes = (total * leastAreaPx) / (width * height);
  const root = hierarchy<Partial<Group> & { readonly children?: readonly Group[] }>({
    children: groups,
  }).sum(({ storageBytes }) => (storageBytes === undefined ? 0 : Math.max(storageBytes, leastBytes)));
  const layout = treemap<typeof root.data>()
    .size([width + gapPx, height + gapPx])
    .round(true);
  return (layout(root).children ?? []).map(({ data, x0, x1, y0, y1 }) => ({
    names: data.names ?? [],
    storageBytes: data.storageBytes ?? 0,
    x: x0,
    y: y0,
    width: Math.max(1, x1 - x0 - gapPx),
    height: Math.max(1, y1 - y0 - gapPx),
  }));
}

/** The biggest one by one, and the others together, if there is more than one. */
function grouped(repositories: readonly Measured[], area: number): readonly Group[] {
  const sorted = repositories
    .filter(({ storageBytes }) => storageBytes > 0)
    .sort((a, b) => b.storageBytes - a.storageBytes);
  const total = sorted.reduce((sum, { storageBytes }) => sum + storageBytes, 0);
  const visible = sorted.filter(({ storageBytes }) => (storageBytes / total) * area >= leastAreaPx).length;
  const single = Math.min(visible, sorted.length <= tilesLimit ? tilesLimit : tilesLimit - 1);
  const rest = sorted.slice(single);
  const groups = sorted.slice(0, rest.length === 1 ? single + 1 : single).map(groupOf);
  return rest.length > 1
    ? [
        ...groups,
        {
          names: rest.map(({ name }) => name),
          storageBytes: rest.reduce((sum, { storageBytes }) => sum + storageBytes, 0),
        },
      ]
    : groups;
}

function groupOf({ name, storageBytes }: Measured): Group {
  return { names: [name], storageBytes };
}
