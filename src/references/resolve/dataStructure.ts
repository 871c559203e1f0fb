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

/**
 * Says what the values of documents do with images. What is neither a value nor a comment is text: parsers keep less than there
 * is, such as of maps that are merged.
 */
export function dataStructure(
  documents: readonly DataNode[],
  comments: readonly Region[],
  file: DataFile,
): Structure {
  const walk = new Walk(file, comments);
  for (const document of documents)
    walk.visit(document, { key: '', parent: undefined, map: undefined, file: file.path });
  return walk.structure();
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

  /** What an alias stands for is read once, except that a use counts more than other places. */
  visit(node: DataNode, place: Place): void {
    if (node.kind === 'scalar') {
      this.#visitScalar(node, place);
      return;
    }
    if (this.#visited.has(node)) return;
    this.#visited.add(node);
    if (node.kind === 'list') {
      for (const item of node.items)
        this.visit(item, { ...place, isItem: true, isTagged: place.isTagged === true || node.isTagged });
    } else {
      this.#visitMap(node, place);
    }
  }

  structure(): Structure {
    return {
      regions: [...this.#regions.values()],
      joined: this.#joined,
      claimed: this.#claimed,
      elsewhere: 'text',
    };
  }

  #visitMap(map: DataMap, parent: Place): void {
    for (const { key, keyRange, value } of map.entries) {
      const place = { key, parent, map, file: parent.file };
      // a name as a key is that of something that is told below it
      if (keyRange !== undefined)
        this.#add({ ...keyRange, usage: dataUsage({ ...place, isKey: true }, undefined) });
      this.visit(value, place);
    }
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
