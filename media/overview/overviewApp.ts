import { html, nothing, type TemplateResult } from 'lit';
import type { FromWebview, ImageRow, StateMessage, ToWebview } from '../../src/overview/protocol';
import { sanitizeText } from '../../src/util/sanitizeText';
import type { HostConnection } from '../webview/hostConnection';
import { PageElement } from '../webview/pageElement';
import { pressRefreshKey } from '../webview/refreshKey';
import { copiedText } from '../webview/texts';
import { chartTemplate } from './chartTemplate';
import { Figures, totalOf } from './figures';
import type { Handlers } from './handlers';
import { headerTemplate } from './headerTemplate';
import { HistogramChart } from './histogramChart';
import { closestDay, lineOfDate, movedLine, moveOfKey } from './line';
import { namedImagesTemplate } from './namedImagesTemplate';
import { placeLine } from './placeLine';
import type { StoredState } from './storedState';
import { tableTemplate } from './tableTemplate';
import { toolbarTemplate } from './toolbarTemplate';
import { totalsTemplate } from './totalsTemplate';
import { linePositionText, noImagesText, unknownActivityText } from './texts';

/** What was changed is stored when that has rested for so long; each time is a message to the editor. */
const storeDelayMs = 150;

/** The overview of a repository. It shows what the extension has read, and counts it anew wherever the line is moved. */
export class OverviewApp extends PageElement<ToWebview, FromWebview, StoredState> {
  /** The editor changes the theme by classes of the body and properties of the root. */
  readonly #themes = new MutationObserver(() => {
    this.#refreshChart(true);
  });
  #chart: { readonly within: HTMLElement; readonly histogram: HistogramChart } | undefined;
  #storeTimer: ReturnType<typeof setTimeout> | undefined;
  #figures: Figures | undefined;
  /** Where it was moved to; `undefined` where it stands at `active_from`. */
  #movedTo: number | undefined;
  #wrongDate: string | undefined;
  #isTableOpen: boolean;

  readonly #handlers: Handlers = {
    act: (action) => this.host.send({ type: 'action', action }),
    delete: () => this.#delete(),
    reset: () => {
      this.#moveTo(undefined);
      this.#sayLine();
    },
    chooseDate: (text) => this.#chooseDate(text),
    pressKey: (event) => this.#pressKey(event),
    dragTo: (clientX) => this.#dragTo(clientX),
    toggleTable: (isOpen) => {
      this.#isTableOpen = isOpen;
      this.#store();
    },
    copyDigest: (row) => this.#copyDigest(row),
  };

  constructor(host: HostConnection<ToWebview, FromWebview, StoredState>) {
    super(host);
    const { line, isTableOpen } = host.state;
    this.#movedTo = line ?? undefined;
    this.#isTableOpen = isTableOpen;
  }

  protected override listen(signal: AbortSignal): void {
    document.addEventListener('keydown', this.#onKeyDown, { signal });
    this.#themes.observe(document.body, { attributeFilter: ['class'] });
    this.#themes.observe(document.documentElement, { attributeFilter: ['style'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#themes.disconnect();
    this.#chart?.histogram.dispose();
    clearTimeout(this.#storeTimer);
  }

  protected override renderPage(state: StateMessage, status: string): TemplateResult {
    const figures = this.#figures;
    const line = this.#line;
    return html`<main>
      ${headerTemplate(state, figures)}
      ${toolbarTemplate(state, status, figures, { line, wrongDate: this.#wrongDate }, this.#handlers)}
      ${figures === undefined ? nothing : this.#contents(figures, line)}
    </main>`;
  }

  protected override updated(): void {
    super.updated();
    this.#showChart();
  }

  protected override resized(): void {
    this.#refreshChart(false);
  }

  #contents(figures: Figures, line: number | undefined): TemplateResult {
    const { bounds } = figures;
    if (totalOf(figures.all) === 0) {
      return html`<p class="absent">${noImagesText()}</p>`;
    }
    return html`${
      bounds === undefined || line === undefined
        ? html`<p class="absent">${unknownActivityText()}</p>`
        : chartTemplate(figures, bounds, line, this.#handlers)
    }
    ${totalsTemplate(figures, line)}
    ${bounds === undefined ? nothing : tableTemplate(figures, this.#isTableOpen, this.#handlers)}
    ${namedImagesTemplate(figures, this.#handlers)}`;
  }

  /** A line that was moved stays where it is when the repository is read again, as far as there is still such a place. */
  get #line(): number | undefined {
    const { bounds, activeFrom } = this.#figures ?? {};
    if (bounds === undefined || activeFrom === undefined) {
      return undefined;
    }
    return this.#movedTo === undefined ? activeFrom : closestDay(this.#movedTo, bounds);
  }

  protected override receive(message: ToWebview): void {
    switch (message.type) {
      case 'state':
        this.takeState(message);
        break;
      case 'figures':
        this.#figures = new Figures(message);
        this.#wrongDate = undefined;
        break;
    }
  }

  #showChart(): void {
    const within = this.querySelector<HTMLElement>('.plot');
    const line = this.#line;
    if (this.#chart?.within !== within) {
      this.#chart?.histogram.dispose();
      this.#chart = within === null ? undefined : { within, histogram: new HistogramChart(within) };
    }
    if (this.#chart !== undefined && this.#figures !== undefined && line !== undefined) {
      this.#chart.histogram.show(this.#figures, line);
      placeLine(this, this.#chart.histogram.xOf(line));
    }
  }

  #refreshChart(isThemeNew: boolean): void {
    const line = this.#line;
    if (this.#chart !== undefined && line !== undefined) {
      this.#chart.histogram.refresh(isThemeNew);
      placeLine(this, this.#chart.histogram.xOf(line));
    }
  }

  #moveTo(line: number | undefined): void {
    this.#movedTo = line;
    this.#wrongDate = undefined;
    this.say(undefined);
    this.#store();
    this.requestUpdate();
  }

  #pressKey(event: KeyboardEvent): void {
    const move = moveOfKey(event);
    const { bounds, bins = [] } = this.#figures ?? {};
    const line = this.#line;
    if (move === undefined || bounds === undefined || line === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // the editor has uses of its own for some of these
    const edges = [...bins.map(({ from }) => from), ...bins.slice(-1).map(({ to }) => to)];
    this.#moveTo(movedLine(line, move, bounds, edges));
  }

  #dragTo(clientX: number): void {
    const at = this.#chart?.histogram.instantAt(clientX);
    const bounds = this.#figures?.bounds;
    if (at !== undefined && bounds !== undefined) {
      this.#moveTo(closestDay(at, bounds));
      this.querySelector<HTMLElement>('.line')?.focus({ preventScroll: true });
    }
  }

  #chooseDate(text: string): void {
    const bounds = this.#figures?.bounds;
    const line = bounds && lineOfDate(text, bounds);
    if (line === undefined) {
      this.#wrongDate = text;
      this.requestUpdate();
    } else {
      this.#moveTo(line);
      this.#sayLine();
    }
  }

  /** Beside the handle, which says it by itself. */
  #sayLine(): void {
    const line = this.#line;
    if (this.#figures !== undefined && line !== undefined) {
      const { left } = this.#figures.sidesOf(line);
      this.say(linePositionText(line, totalOf(left)));
    }
  }

  #delete(): void {
    const line = this.#line;
    if (this.#figures !== undefined && line !== undefined) {
      const count = totalOf(this.#figures.sidesOf(line).left);
      this.host.send({ type: 'deletionWanted', activeFrom: new Date(line).toISOString(), count });
    }
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    pressRefreshKey(event, () => this.host.send({ type: 'action', action: 'readAgain' }));
  };

  #copyDigest({ digest, label }: ImageRow): void {
    this.host.send({ type: 'digestCopied', digest });
    this.say(copiedText(sanitizeText(label)));
    this.requestUpdate();
  }

  #store(): void {
    clearTimeout(this.#storeTimer);
    this.#storeTimer = setTimeout(() => {
      this.host.state = { line: this.#movedTo ?? null, isTableOpen: this.#isTableOpen };
    }, storeDelayMs);
  }
}
