import { isSuccess, type Answered, type SentRequest } from './personLog';
import type { Violate } from './violation';

/** Requests that may be under way at once. */
const mostUnderWay = 4;

interface Sent {
  readonly name: string;
  answered?: Answered;
}

/**
 * The order of the requests of one run that delete: at most four at a time, none twice but after a 401, and none after the
 * first answer that is not a success.
 */
export class SendingOrder {
  readonly #violate: Violate;
  readonly #sent: Sent[] = [];
  /** The first one that was not answered by a success. */
  #failure: Sent | undefined;

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  willSend({ method, path }: SentRequest): void {
    const name = `${method} ${path}`;
    const same = this.#sent.filter((one) => one.name === name);
    const before = same.at(-1);
    const isAgainAfter401 = same.length === 1 && before?.answered?.status === 401;
    if (before !== undefined && !isAgainAfter401) {
      const { status = 'no answer' } = before.answered ?? {};
      this.#violate('sending', `${name} was sent ${same.length + 1} times, the last time after ${status}`);
    }
    if (isAgainAfter401 && this.#failure === before) {
      this.#failure = undefined; // nothing was done, and the same is sent with another token
    }
    if (this.#failure !== undefined) {
      const { name: failed, answered } = this.#failure;
      this.#violate('sending', `${name} was sent after ${failed}: ${answered?.status ?? 'no answer'}`);
    }
    const underWay = this.#sent.filter(({ answered }) => answered === undefined).length;
    if (underWay >= mostUnderWay) {
      this.#violate('sending', `${name} was sent beside ${underWay} others`);
    }
    this.#sent.push({ name });
  }

  /**
   * The client has seen the answer, or that there is none.
   *
   * @param isGone Whether the answer says that somebody else has deleted it.
   */
  didAnswer({ method, path }: SentRequest, answered: Answered, isGone: boolean): void {
    const name = `${method} ${path}`;
    const sent = this.#sent.findLast((one) => one.name === name);
    if (sent === undefined) {
      return;
    }
    sent.answered = answered;
    if (!isSuccess(answered) && !isGone) {
      this.#failure ??= sent;
    }
  }
}
