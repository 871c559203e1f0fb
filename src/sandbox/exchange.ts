import type { IncomingHttpHeaders } from 'node:http';
import type { FaultKind } from './faults';
import type { OperationId } from './operationId';

/** A request as it arrived. */
export interface ExchangeRequest {
  /** From 1, in order of arrival. */
  readonly sequence: number;
  readonly method: string;
  /** Without the query; still percent-encoded. */
  readonly path: string;
  /** Decoded; a parameter that was sent more than once is joined with commas. */
  readonly query: Readonly<Record<string, string>>;
  readonly requestHeaders: IncomingHttpHeaders;
  /** Parsed JSON; text that is not JSON; `undefined` without a body. */
  readonly requestBody: unknown;
  /** `undefined` where the route does not exist or does not have the method. */
  readonly operation: OperationId | undefined;
}

/** A request and what was answered. */
export interface Exchange extends ExchangeRequest {
  /** `undefined` when no answer was sent. */
  readonly status: number | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** As sent, before any truncation. A large body is not kept. */
  readonly responseBody: unknown;
  /** Faults that were injected into this exchange. */
  readonly faults: readonly FaultKind[];
  /** Whether a fault made the answer, or the limit on requests; else it is the sandbox's own, late at most. */
  readonly isShapedByFault: boolean;
}

/** Keeps the newest exchanges and tells listeners of each, before the client can see the answer. */
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
