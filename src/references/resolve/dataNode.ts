import type { Range, Region } from './structure';

/** What is in a file of YAML or JSON. */
export interface DataDocuments {
  readonly documents: readonly DataNode[];
  readonly comments: readonly Region[];
}

/** A document of YAML or JSON, with the places of its values. */
export type DataNode = DataScalar | DataList | DataMap;

export interface DataScalar extends Range {
  readonly kind: 'scalar';
  /** As written, so that the tag `1.10` is not the number 1.1; strings without their quotation marks. */
  readonly value: string;
  /** Whether it has no quotation marks, so that it may be `null`. */
  readonly isPlain: boolean;
  /** Whether it is a text of several lines, such as a script. */
  readonly isBlock: boolean;
}

export interface DataList {
  readonly kind: 'list';
  readonly items: readonly DataNode[];
  /** Whether a tag such as `!Join` makes something else of it. */
  readonly isTagged: boolean;
}

export interface DataEntry {
  readonly key: string;
  readonly keyRange: Range | undefined;
  readonly value: DataNode;
}

export interface DataMap {
  readonly kind: 'map';
  readonly entries: readonly DataEntry[];
  /** Of maps that are merged into it with `<<`, as far as it does not set them itself. */
  readonly merged: readonly DataEntry[];
}

/** Returns the text of an entry, also of a merged one; `undefined` if it has none, or none but `null`. */
export function scalarAt(map: DataMap, ...keys: readonly string[]): DataScalar | undefined {
  for (const key of keys) {
    const value = (
      map.entries.find((entry) => entry.key === key) ?? map.merged.find((entry) => entry.key === key)
    )?.value;
    if (value?.kind === 'scalar') return isNull(value) ? undefined : value;
  }
  return undefined;
}

/** Whether the map has the key itself. */
export function hasKey({ entries }: DataMap, key: string): boolean {
  return entries.some((entry) => entry.key === key);
}

function isNull({ value, isPlain }: DataScalar): boolean {
  return value === '' || (isPlain && /^(?:~|null|Null|NULL)$/.test(value));
}
