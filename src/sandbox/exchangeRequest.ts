import type { IncomingHttpHeaders } from 'node:http';
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
  /** Parsed JSON; text that is not JSON; `undefined` without a body, or for a layer. */
  readonly requestBody: unknown;
  /** `undefined` where the route does not exist or does not have the method. */
  readonly operation: OperationId | undefined;
}
