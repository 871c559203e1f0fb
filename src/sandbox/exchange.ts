import type { ExchangeRequest } from './exchangeRequest';
import type { FaultKind } from './faults';

/** A request and what was answered. */
export interface Exchange extends ExchangeRequest {
  /** `undefined` when no answer was sent. */
  readonly status: number | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** As sent, before any truncation. A large or binary body is not kept. */
  readonly responseBody: unknown;
  /** Faults that were injected into this exchange. */
  readonly faults: readonly FaultKind[];
  /** Whether a fault made the answer, or the limit on requests; else it is the sandbox's own, late at most. */
  readonly isShapedByFault: boolean;
}

/** Records the newest exchanges and notifies listeners of each one before the client can see the answer. */
export class Recorder {
  readonly #limit: number;
  readonly #exchanges: Exchange[] = [];
  readonly #listeners = new Set<(exchange: Exchange) => void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  record(exchange: Exchange): void {
    this.#exchanges.push(exchange);
    if (this.#exchanges.length > this.#limit) {
      this.#exchanges.shift();
    }
    this.#listeners.forEach((listener) => {
      listener(exchange);
    });
  }

  onDidExchange(listener: (exchange: Exchange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
