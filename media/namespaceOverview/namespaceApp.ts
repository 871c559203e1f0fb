import { html, nothing, type TemplateResult } from 'lit';
import type { FromWebview, StateMessage, ToWebview } from '../../src/namespaceOverview/protocol';
import { rowsInViewLimit } from '../../src/namespaceOverview/protocol';
import type { HostConnection } from '../webview/hostConnection';
import { pressRefreshKey } from '../webview/refreshKey';
import { RowElements } from '../webview/rowElements';
import { RowPageElement } from '../webview/rowPageElement';
import { Arrangement } from './arrangement';
import type { Handlers } from './handlers';
import { headerTemplate } from './headerTemplate';
import { Repositories, type ShownRepository } from './repositories';
import { rowContent, type ShownRepositoryRow } from './rowTemplate';
import type { StoredState } from './storedState';
import { tableTemplate } from './tableTemplate';
import { selectedText } from './texts';
import { toolbarTemplate } from './toolbarTemplate';
import { TreemapCache } from './treemapCache';
import { treemapTemplate } from './treemapTemplate';

/** What was changed is stored, and what is in view reported, when that has rested for so long. */
const restMs = 150;

/** The overview of a namespace. It shows what the extension has read, and sorts, searches and draws it. */
export class NamespaceApp extends RowPageElement<ToWebview, FromWebview, StoredState> {
  readonly #repositories = new Repositories();
  readonly #arrangement: Arrangement;
  readonly #treemap = new TreemapCache();
  readonly #rows = new RowElements<ShownRepository, ShownRepositoryRow>({
    keyOf: ({ name }) => name,
    classesOf: ({ isSelected }) => (isSelected ? 'is-selected' : ''),
    contentOf: (shown) => rowContent(shown, this.#handlers),
  });
  readonly #selected: Set<string>;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  /** The repository whose row takes the focus as soon as it is there. */
  #sought: string | undefined;
  /** As reported last. */
  #inView = '';

  readonly #handlers: Handlers = {
    act: (action) => this.host.send({ type: 'action', action }),
    delete: () => this.host.send({ type: 'deletionWanted', names: this.#selectedNames }),
    search: (text) => {
      this.#arrangement.search = text;
      this.#changed();
    },
    sort: (column) => {
      this.#arrangement.sortBy(column);
      this.rowWindow.goToStart();
      this.#changed();
    },
    select: ({ name }, isSelected) => {
      this.#select([name], isSelected);
    },
    selectShown: (isSelected) => {
      this.#select(
        this.#shown.map(({ name }) => name),
        isSelected,
      );
    },
    open: ({ name }, place) => this.host.send({ type: 'repositoryOpened', name, in: place }),
    find: (names) => {
      this.#find(names);
    },
  };

  constructor(host: HostConnection<ToWebview, FromWebview, StoredState>) {
    super(host);
    const { sorting, search, selected, position } = host.state;
    this.#arrangement = new Arrangement(sorting, search);
    this.#selected = new Set(selected);
    if (position !== null) {
      this.rowWindow.goTo(position);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#restTimer);
  }

  protected override renderPage(state: StateMessage, status: string): TemplateResult {
    const { all, totals } = this.#repositories;
    const shown = this.#shown;
    const selection = {
      search: this.#arrangement.search,
      shown: shown.length,
      selected: this.#selectedNames.length,
      selectedShown: shown.filter(({ name }) => this.#selected.has(name)).length,
    };
    return html`<main>
      ${headerTemplate(state, totals)} ${toolbarTemplate(state, status, totals, selection, this.#handlers)}
      ${
        totals.measured === 0
          ? nothing
          : treemapTemplate(this.#repositories, this.#treemap.tiles(all, this.#treemapSize), this.#handlers)
      }
      ${tableTemplate(state, { all: all.length, shown: shown.length }, this.#arrangement.sorting, this.#handlers)}
    </main>`;
  }

  protected override updated(): void {
    super.updated();
    this.#focusSought();
    this.#drawTreemapAgain();
    this.#rest();
  }

  protected override countRows(): number {
    return this.#shown.length;
  }

  get #shown(): readonly ShownRepository[] {
    return this.#arrangement.of(this.#repositories.all);
  }

  /** Those that are still there. */
  get #selectedNames(): readonly string[] {
    return [...this.#selected].filter((name) => this.#repositories.get(name) !== undefined);
  }

  get #treemapSize(): { readonly width: number; readonly height: number } {
    const { clientWidth = 0, clientHeight = 0 } = this.querySelector('.treemap') ?? {};
    return { width: clientWidth, height: clientHeight };
  }

  /** How wide it is turns out only once it is there. */
  #drawTreemapAgain(): void {
    if (this.querySelector('.treemap') !== null && !this.#treemap.isOf(this.#treemapSize)) {
      this.requestUpdate();
    }
  }

  protected override renderRows(list: HTMLElement): void {
    const shown = this.#shown;
    const isLeft = this.state?.phase === 'left';
    const { mostBytes } = this.#treemap;
    const rows = this.rowWindow.indexes.flatMap((index) => {
      const row = shown[index];
      return row === undefined
        ? []
        : [{ index, row, isLeft, mostBytes, isSelected: this.#selected.has(row.name) }];
    });
    this.#rows.update(list, rows);
  }

  protected override receive(message: ToWebview): void {
    switch (message.type) {
      case 'state':
        this.takeState(message);
        break;
      case 'repositories':
        this.#repositories.take(message.rows);
        this.#inView = ''; // another list is to be counted anew
        break;
      case 'counts':
        this.#repositories.takeCounts(message.repositories);
        break;
    }
  }

  #select(names: readonly string[], isSelected: boolean): void {
    for (const name of names) {
      if (isSelected) {
        this.#selected.add(name);
      } else {
        this.#selected.delete(name);
      }
    }
    this.say(selectedText(this.#selectedNames.length));
    this.#changed();
  }

  /** Several are found by what they have in common: they are the smallest. */
  #find(names: readonly string[]): void {
    const [name] = names;
    if (name === undefined) {
      return;
    }
    if (!this.#shown.some((one) => one.name === name)) {
      this.#arrangement.search = '';
    }
    const row = this.#shown.findIndex((one) => one.name === name);
    const { scrollPaddingTop } = getComputedStyle(document.documentElement);
    this.rowWindow.goTo({ row, offsetPx: -(Number.parseFloat(scrollPaddingTop) || 0) });
    this.#sought = name;
    this.#changed();
  }

  #focusSought(): void {
    const row = this.#shown.findIndex(({ name }) => name === this.#sought);
    const control = this.querySelector<HTMLElement>(`[data-index="${String(row)}"] [data-control="tree"]`);
    if (this.#sought !== undefined && control !== null) {
      this.#sought = undefined;
      control.focus({ preventScroll: true });
    }
  }

  #changed(): void {
    this.requestUpdate();
    this.#rest();
  }

  protected override pressKey(event: KeyboardEvent): void {
    pressRefreshKey(event, () => this.host.send({ type: 'action', action: 'refresh' }));
    super.pressKey(event);
  }

  protected override scrolled(): void {
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#store();
      this.#reportView();
    }, restMs);
  }

  #store(): void {
    if (this.state === undefined || this.rowWindow.isMoving) {
      return; // what was stored before is not restored yet
    }
    const { sorting, search } = this.#arrangement;
    this.host.state = {
      sorting,
      search,
      selected: [...this.#selected],
      position: this.rowWindow.position ?? null,
    };
  }

  /** Only once they are there, and only if others are in view than before. */
  #reportView(): void {
    const { first, last } = this.rowWindow.inView ?? { first: 0, last: -1 };
    const names = this.#shown
      .slice(first, Math.min(last + 1, first + rowsInViewLimit))
      .map(({ name }) => name);
    const inView = names.join(' ');
    if (inView !== this.#inView) {
      this.#inView = inView;
      this.host.send({ type: 'rowsShown', names });
    }
  }
}
