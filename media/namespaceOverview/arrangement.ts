import { arranged, nextSorting, type Column, type Sorting } from './sorting';
import type { ShownRepository } from './repositories';

/** How the table is searched and sorted, and what comes of it, worked out once for each list. */
export class Arrangement {
  #sorting: Sorting;
  #search: string;
  #cached:
    { readonly of: readonly ShownRepository[]; readonly shown: readonly ShownRepository[] } | undefined;

  constructor(sorting: Sorting, search: string) {
    this.#sorting = sorting;
    this.#search = search;
  }

  get sorting(): Sorting {
    return this.#sorting;
  }

  get search(): string {
    return this.#search;
  }

  set search(text: string) {
    this.#search = text;
    this.#cached = undefined;
  }

  sortBy(column: Column): void {
    this.#sorting = nextSorting(this.#sorting, column);
    this.#cached = undefined;
  }

  of(all: readonly ShownRepository[]): readonly ShownRepository[] {
    if (this.#cached?.of !== all) {
      this.#cached = { of: all, shown: arranged(all, this.#search, this.#sorting) };
    }
    return this.#cached.shown;
  }
}
