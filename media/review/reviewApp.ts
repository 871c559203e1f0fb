import { html, type TemplateResult } from 'lit';
import type {
  FromWebview,
  ReviewRow,
  ReviewView,
  RowsMessage,
  StateMessage,
  ToWebview,
} from '../../src/review/protocol';
import { sanitizeText } from '../../src/util/sanitizeText';
import type { HostConnection } from '../webview/hostConnection';
import { isSamePosition, type Position } from '../webview/position';
import { RowElements } from '../webview/rowElements';
import { RowPageElement } from '../webview/rowPageElement';
import { copiedText } from '../webview/texts';
import { wholeOf } from './findTemplate';
import { shownText } from './findTexts';
import type { Handlers } from './handlers';
import { headerTemplate } from './headerTemplate';
import { RowStore } from './rowStore';
import { placeholderContent, rowClasses, rowContent, type ShownReviewRow } from './rowTemplate';
import { tableTemplate } from './tableTemplate';
import { toolbarTemplate } from './toolbarTemplate';
import { isSameView, ViewChoice } from './viewChoice';

/** Rows asked for before it is known how many fit on the screen. */
const firstRequestRows = 40;

/** More rows than can be looked through at a glance are worth searching. */
const glanceRows = 10;

/** The place is stored when scrolling has rested for so long; each time is a message to the editor. */
const positionDelayMs = 150;

/** The review of a deletion. It shows what the extension sends and returns what the person decides. */
export class ReviewApp extends RowPageElement<ToWebview, FromWebview, Position | undefined> {
  readonly #store = new RowStore(() => performance.now());
  readonly #rows = new RowElements<ReviewRow, ShownReviewRow>({
    keyOf: ({ id }) => id,
    classesOf: ({ row }) => (row === undefined ? 'placeholder' : rowClasses(row)),
    contentOf: (shown) =>
      shown.row === undefined
        ? placeholderContent()
        : rowContent(shown.row, shown.index, shown, this.#handlers),
  });
  #positionTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #choice = new ViewChoice((view) => this.host.send({ type: 'viewChanged', view }));
  /** View of the rows that are shown now. */
  #shownView: ReviewView | undefined;
  #canFind = false;

  readonly #handlers: Handlers = {
    act: (action) => this.host.send({ type: 'action', action }),
    accept: (row, kind, isAccepted) => {
      const { id, findingsRevision } = row;
      this.#store.decide(row, kind, isAccepted);
      this.host.send({ type: 'warningAccepted', id, findingsRevision, kind, isAccepted });
      this.requestUpdate();
    },
    acceptAll: (kind, isAccepted, findingsRevision) => {
      this.#store.decideAll(kind, isAccepted, findingsRevision);
      this.host.send({ type: 'allWarningsAccepted', findingsRevision, kind, isAccepted });
      this.requestUpdate();
    },
    show: (view, isTyping) => {
      this.#choice.choose(view, isTyping);
      this.requestUpdate();
    },
    showAll: () => {
      this.focusSearch();
      if (this.state !== undefined) {
        this.#handlers.show(wholeOf(this.#choice.viewFor(this.state)), false);
      }
    },
    acceptShown: (shown, kind, isAccepted, findingsRevision) => {
      this.host.send({ type: 'shownWarningsAccepted', ...shown, findingsRevision, kind, isAccepted });
    },
    removeShown: (shown) => this.host.send({ type: 'shownRowsRemoved', ...shown }),
    remove: ({ id }) => this.host.send({ type: 'rowRemoved', id }),
    removeBlocked: () => this.host.send({ type: 'blockedRowsRemoved' }),
    copyDigest: (row) => this.#copyDigest(row),
    openPlace: (id) => this.host.send({ type: 'placeOpened', id }),
    showReferences: (id) => this.host.send({ type: 'referencesShown', id }),
  };

  constructor(host: HostConnection<ToWebview, FromWebview, Position | undefined>) {
    super(host);
    const { state: position } = host;
    if (position !== undefined) {
      this.rowWindow.goTo(position);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#positionTimer);
    this.#choice.dispose();
  }

  protected override renderPage(state: StateMessage, status: string): TemplateResult {
    const view = this.#canFind ? this.#choice.viewFor(state) : undefined;
    return html`<main>
      ${headerTemplate(state, this.#handlers)}
      ${toolbarTemplate(state, status, this.#store, view, this.#handlers)}
      ${tableTemplate(state, this.#store, this.#handlers.showAll)}
    </main>`;
  }

  protected override updated(): void {
    super.updated();
    this.#requestRows();
    this.#storePositionLater();
  }

  protected override countRows(): number {
    return this.#store.rowCount;
  }

  protected override scrolled(): void {
    this.#storePositionLater();
  }

  /** Also after a rendering: rows that are measured late change what is at the upper edge without any scrolling. */
  #storePositionLater(): void {
    clearTimeout(this.#positionTimer);
    this.#positionTimer = setTimeout(() => {
      const { position, isMoving } = this.rowWindow;
      if (!isMoving && !isSamePosition(position, this.host.state)) {
        this.host.state = position;
      }
    }, positionDelayMs);
  }

  protected override renderRows(list: HTMLElement): void {
    if (this.state !== undefined) {
      const { phase, hasManyRepositories } = this.state;
      const rows = this.rowWindow.indexes.map((index) => ({
        index,
        row: this.#store.row(index),
        phase,
        hasManyRepositories,
      }));
      this.#rows.update(list, rows);
    }
  }

  protected override receive(message: ToWebview): void {
    switch (message.type) {
      case 'state':
        this.takeState(message);
        this.#canFind ||= message.rowCount > glanceRows;
        if (this.#choice.take(message)) {
          this.say(shownText(message));
        }
        this.#store.takeState(message);
        break;
      case 'rows':
        this.#takeRows(message);
        break;
    }
  }

  /** Rows that were removed above the view must not move what is being read. */
  #takeRows(message: RowsMessage): void {
    const before = this.rowWindow.position;
    const anchor = before === undefined ? undefined : this.#store.row(before.row);
    const view = this.state?.shown.view;
    const isOtherView =
      this.#shownView !== undefined && view !== undefined && !isSameView(this.#shownView, view);
    this.#shownView = view;
    const isAnother = this.#store.isFilled && message.rowCount !== this.#store.rowCount;
    this.#store.takeRows(message);
    const row = anchor === undefined ? undefined : this.#store.indexOf(anchor.id);
    if (isOtherView) {
      this.rowWindow.goToStart();
    } else if (isAnother && before !== undefined && row !== undefined && row !== before.row) {
      this.rowWindow.goTo({ row, offsetPx: before.offsetPx });
    }
  }

  #requestRows(): void {
    if (this.state === undefined || this.state.shown.count === 0) {
      return;
    }
    const first = this.host.state?.row ?? 0;
    const inView = this.#store.rowCount > 0 ? this.rowWindow.range : undefined; // of an empty list it has none
    const range = inView ?? { first, last: first + firstRequestRows - 1 };
    const request = this.#store.request(range.first, range.last, this.focusedRow);
    if (request !== undefined) {
      this.host.send(request);
    }
  }

  #copyDigest({ id, label }: ReviewRow): void {
    this.host.send({ type: 'digestCopied', id });
    this.say(copiedText(sanitizeText(label)));
    this.requestUpdate();
  }
}
