/** Asks the person for new credentials. Resolves to whether there is a new token. */
export type AskToSignIn = (signal: AbortSignal) => Promise<boolean>;

interface Question {
  readonly answer: Promise<boolean>;
  readonly controller: AbortController;
  waiting: number;
}

/** One question for all requests that find the token refused at the same time. */
export class SignInAgain {
  readonly #ask: AskToSignIn;
  #question: Question | undefined;
  #refusals = 0;

  constructor(ask: AskToSignIn) {
    this.#ask = ask;
  }

  /** How often the person did not sign in. A request that began before the last time does not ask once more. */
  get refusals(): number {
    return this.#refusals;
  }

  /**
   * Asks, or joins the question that is open. It is withdrawn when nobody waits for its answer any more.
   *
   * @throws The signal's reason.
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
        reject(signal.reason as Error); // a DOMException unless the caller chose another reason
      },
      { once: true },
    );
  });
}
