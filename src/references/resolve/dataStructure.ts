import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Interest } from '../reference';
import { dataUsage, type Place } from './dataUsage';
import type { DataMap, DataNode, DataScalar } from './dataNode';
import { joinImage } from './joinedImage';
import type { JoinedReference, Range, Region, Structure } from './structure';
import type { Lookup } from './variables';

/** Where a document is from, which decides what some of its keys mean. */
export interface DataFile {
  readonly path: string;
  readonly interest: Interest;
  readonly lookup: Lookup;
}

/** Values that are looked at in one turn: a file may have ten thousands. */
const nodesATurn = 1000;

/**
 * Says what the values of documents do with images. What is neither a value nor a comment is text: parsers keep less than there
 * is, such as of maps that are merged.
 */
export async function dataStructure(
  documents: readonly DataNode[],
  comments: readonly Region[],
  file: DataFile,
): Promise<Structure> {
  const walk = new Walk(file, comments);
  const place: Place = { key: '', parent: undefined, map: undefined, file: file.path };
  const pending: Visit[] = documents.map((node) => ({ node, place })).reverse();
  let visited = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    pending.push(...walk.visit(next).reverse());
    visited += 1;
    if (visited % nodesATurn === 0) await nextTurn();
  }
  return walk.structure();
}

/** A node that is looked at, and where it stands. */
interface Visit {
  readonly node: DataNode;
  readonly place: Place;
}

class Walk {
  readonly #file: DataFile;
  readonly #regions = new Map<number, Region>();
  readonly #joined: JoinedReference[] = [];
  readonly #claimed: Range[] = [];
  readonly #visited = new Set<DataNode>();

  constructor(file: DataFile, comments: readonly Region[]) {
    this.#file = file;
    for (const comment of comments) this.#add(comment);
  }

  /**
   * What an alias stands for is read once, except that a use counts more than other places.
   *
   * @returns What is in the node, in its order.
   */
  visit({ node, place }: Visit): Visit[] {
    if (node.kind === 'scalar') {
      this.#visitScalar(node, place);
      return [];
    }
    if (this.#visited.has(node)) return [];
    this.#visited.add(node);
    if (node.kind === 'map') return this.#visitMap(node, place);
    const itemPlace = { ...place, isItem: true, isTagged: place.isTagged === true || node.isTagged };
    return node.items.map((item) => ({ node: item, place: itemPlace }));
  }

  structure(): Structure {
    return {
      regions: [...this.#regions.values()],
      joined: this.#joined,
      claimed: this.#claimed,
      elsewhere: 'text',
    };
  }

  #visitMap(map: DataMap, parent: Place): Visit[] {
    this.#join(map, parent);
    return map.entries.map(({ key, keyRange, value }) => {
      const place = { key, parent, map, file: parent.file };
      // the value below a key describes what the key names
      if (keyRange !== undefined)
        this.#add({ ...keyRange, usage: dataUsage({ ...place, isKey: true }, undefined) });
      return { node: value, place };
    });
  }

  #join(map: DataMap, parent: Place): void {
    const joined = dataUsage({ key: 'repository', parent, map, file: parent.file }, undefined) === 'text';
    const image = joined ? joinImage(map, parent.key, this.#file.lookup, this.#file.interest) : undefined;
    if (image === undefined) return;
    this.#claimed.push(...image.claimed);
    if (image.reference !== undefined) this.#joined.push(image.reference);
  }

  #visitScalar({ start, end, value, isBlock }: DataScalar, place: Place): void {
    const usage = dataUsage(place, value);
    const isWhole = (usage === 'use' || usage === 'named') && !isBlock;
    this.#add({ start, end, usage, lookup: this.#file.lookup, ...(isWhole ? { whole: value } : {}) });
  }

  #add(region: Region): void {
    const known = this.#regions.get(region.start);
    if (known === undefined || (known.usage !== 'none' && region.usage === 'use'))
      this.#regions.set(region.start, region);
  }
}
