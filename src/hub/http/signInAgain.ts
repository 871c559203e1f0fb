/**
 * Asks the user for new credentials.
 *
 * @param signal Aborts when nobody waits for the answer any more, so that the prompt can be closed.
 * @returns Whether there is a new token.
 */
export type AskToSignIn = (signal: AbortSignal) => Promise<boolean>;

interface Question {
  readonly answer: Promise<boolean>;
  /** Withdraws the question. */
  readonly controller: AbortController;
  /** Number of requests that wait for the answer. */
  waiting: number;
}

/** Asks only once when several requests are refused at the same time. */
export class SignInAgain {
  readonly #ask: AskToSignIn;
  #question: Question | undefined;
  #refusals = 0;

  constructor(ask: AskToSignIn) {
    this.#ask = ask;
  }

  /** How often the user declined. A request that began before the last time does not ask again. */
  get refusals(): number {
    return this.#refusals;
  }

  /**
   * Asks, or joins the open question. The question is withdrawn when no request waits for it any more.
   *
   * @returns Whether there is a new token.
   * @throws The signal's reason, if it aborts before the answer.
   */
  async ask(signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const question = (this.#question ??= this.#open());
    question.waiting += 1;
    try {
      return await Promise.race([question.answer, rejectionOf(signal)]);
    } finally {
      question.waiting -= 1;
      if (question.waiting === 0) {
        question.controller.abort();
        this.#close(question);
      }
    }
  }

  #open(): Question {
    const controller = new AbortController();
    const answer = this.#ask(controller.signal).then((isSignedIn) => {
      this.#refusals += isSignedIn || controller.signal.aborted ? 0 : 1;
      return isSignedIn;
    });
    const question = { answer, controller, waiting: 0 };
    const close = (): void => {
      this.#close(question);
    };
    answer.then(close, close);
    return question;
  }

  #close(question: Question): void {
    if (this.#question === question) {
      this.#question = undefined;
    }
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error); // a DOMException, unless the caller chose another reason
      },
      { once: true },
    );
  });
}
