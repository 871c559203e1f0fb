import { LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PageState, ReadyMessage } from '../../src/webview/messageParts';
import { FocusKeeper } from './focusKeeper';
import type { HostConnection } from './hostConnection';

/** Which of the messages of the extension says what state the page is in. */
type StateOf<Received> = Extract<Received, PageState>;

/** The one element of a page. It listens to the extension while it is in the document, and shows the last state it was sent. */
export abstract class PageElement<Received, Sent, Stored> extends LitElement {
  protected readonly host: HostConnection<Received, Sent | ReadyMessage, Stored>;
  readonly #focus = new FocusKeeper(this);
  readonly #listening = new AbortController();
  readonly #resizes = new ResizeObserver(() => {
    this.resized();
  });
  #state: StateOf<Received> | undefined;
  #ownStatus: string | undefined;

  constructor(host: HostConnection<Received, Sent | ReadyMessage, Stored>) {
    super();
    this.host = host;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = this.#listening;
    this.host.listen((message) => {
      this.receive(message);
      this.requestUpdate();
    }, signal);
    this.listen(signal);
    this.#resizes.observe(this);
    this.host.send({ type: 'ready' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#resizes.disconnect();
  }

  /** In the page itself, where its style sheet and labels by id reach every control. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.#state;
    return state === undefined ? nothing : this.renderPage(state, this.#ownStatus ?? state.status);
  }

  protected override update(changed: PropertyValues): void {
    this.#focus.beforeRendering();
    super.update(changed);
  }

  protected override updated(): void {
    this.#focus.afterRendering(this.countRows());
  }

  /** As it was sent last; `undefined` before. */
  protected get state(): StateOf<Received> | undefined {
    return this.#state;
  }

  /** Row the focus is in. */
  protected get focusedRow(): number | undefined {
    return this.#focus.row;
  }

  /** Rows there are, in the document or not. */
  protected countRows(): number {
    return 0;
  }

  /** Takes a message. Afterwards the page is rendered. */
  protected abstract receive(message: Received): void;

  /** Adds the listeners of the page, until the signal aborts. */
  protected abstract listen(signal: AbortSignal): void;

  /** @param status For the live region. */
  protected abstract renderPage(state: StateOf<Received>, status: string): TemplateResult;

  /** The page has another size. */
  protected resized(): void {
    this.requestUpdate();
  }

  protected takeState(state: StateOf<Received>): void {
    if (state.status !== this.#state?.status) {
      this.#ownStatus = undefined;
    }
    this.#state = state;
  }

  /** Shows a status of the page's own until the extension has something new to say; `undefined` takes it back. */
  protected say(status: string | undefined): void {
    this.#ownStatus = status;
  }
}
