import type { ReviewView, StateMessage } from '../../src/review/protocol';

/** Typing rests for so long before the extension is asked: it searches the whole plan. */
const typingRestMs = 150;

/** What the person chose to see, until the extension shows it. */
export class ViewChoice {
  readonly #send: (view: ReviewView) => void;
  #chosen: ReviewView | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param send Asks the extension for the view. */
  constructor(send: (view: ReviewView) => void) {
    this.#send = send;
  }

  /** The view as its controls show it. */
  viewFor({ shown }: StateMessage): ReviewView {
    return this.#chosen ?? shown.view;
  }

  /** @param isTyping Whether the next key may change it again. */
  choose(view: ReviewView, isTyping: boolean): void {
    this.#chosen = view;
    clearTimeout(this.#timer);
    this.#timer = isTyping ? setTimeout(this.#ask, typingRestMs) : undefined;
    if (!isTyping) {
      this.#ask();
    }
  }

  /** @returns Whether it is the answer to what was chosen. */
  take({ shown }: StateMessage): boolean {
    const isAnswer = this.#chosen !== undefined && isSameView(this.#chosen, shown.view);
    if (isAnswer) {
      this.#chosen = undefined;
    }
    return isAnswer;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  readonly #ask = (): void => {
    if (this.#chosen !== undefined) {
      this.#send(this.#chosen);
    }
  };
}

/** Whether the same rows are asked for in the same order. */
export function isSameView(a: ReviewView, b: ReviewView): boolean {
  return a.search === b.search && a.filter === b.filter && a.order === b.order;
}
