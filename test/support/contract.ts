import { OpenAPIBackend, type Document, type OpenAPIValidator } from 'openapi-backend';
import { parse } from 'yaml';
import type { Exchange } from '../../src/sandbox/exchange';
import { seedOperations, type SeedOperationId } from '../../src/sandbox/operationId';
import document from '../contract/hub.openapi.yaml';

/**
 * Header with which a test says, with the reason as its value, that it sends something wrong on purpose. It covers
 * the request alone: the answer must still fit, and a request that fits may not carry it.
 */
export const offContractHeader = 'x-off-contract';

/** RFC 3339 with at most nine fractional digits. */
const time =
  /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

let loading: Promise<Contract> | undefined;

/** The description of the four operations, read once. */
export function loadContract(): Promise<Contract> {
  return (loading ??= Contract.load());
}

/** Holds exchanges against the description in `test/contract`. */
export class Contract {
  readonly #validator: OpenAPIValidator;
  readonly #api: OpenAPIBackend;

  private constructor(api: OpenAPIBackend) {
    this.#api = api;
    this.#validator = api.validator;
  }

  /** @throws {Error} The description is not a valid OpenAPI document. */
  static async load(): Promise<Contract> {
    const api = new OpenAPIBackend({
      definition: parse(document, { merge: true }) as Document, // the library checks it: `strict`
      strict: true,
      coerceTypes: true, // a query holds text
      ajvOpts: { allErrors: true, strict: false },
      customizeAjv: (ajv) => {
        ajv.addFormat('date-time', time);
        return ajv;
      },
    });
    await api.init();
    return new Contract(api);
  }

  /** Everything in which the exchange departs from the description; empty for operations it does not describe. */
  violations(exchange: Exchange): readonly string[] {
    const operation = seedOperations.find((seed) => seed === exchange.operation);
    if (operation === undefined) {
      return [];
    }
    return [
      ...this.#requestViolations(exchange, operation),
      ...this.#answerViolations(exchange, operation),
    ].map((violation) => `${exchange.sequence}. ${exchange.method} ${exchange.path}: ${violation}`);
  }

  #requestViolations(exchange: Exchange, operation: SeedOperationId): readonly string[] {
    const found = this.#requestErrors(exchange, operation);
    const reason = exchange.requestHeaders[offContractHeader];
    if (reason === undefined) {
      return found;
    }
    return found.length > 0 ? [] : [`fits, though it was said to be wrong on purpose (${String(reason)})`];
  }

  #requestErrors(
    { method, path, query, requestHeaders, requestBody }: Exchange,
    operation: SeedOperationId,
  ): readonly string[] {
    const headers = headersOf(requestHeaders);
    const request = { method, path, query: { ...query }, headers, body: requestBody };
    const { errors } = this.#validator.validateRequest(request, operation);
    const found = (errors ?? []).map(
      ({ instancePath, message = '', params }) =>
        `request${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    if (needsToken(this.#api, operation) && !/^(?:JWT|Bearer) \S+$/.test(headers['authorization'] ?? '')) {
      found.push('request has no token in Authorization');
    }
    if (requestBody !== undefined && !isJson(headers['content-type'])) {
      found.push('request has a body that is not announced as JSON');
    }
    if (requestBody !== undefined && method === 'GET') {
      found.push('request is a GET with a body');
    }
    return found;
  }

  #answerViolations(
    { status, responseHeaders, responseBody, isShapedByFault }: Exchange,
    operation: SeedOperationId,
  ): readonly string[] {
    if (isShapedByFault || status === undefined) {
      return []; // no answer of the sandbox's own
    }
    const described = this.#api.getOperation(operation)?.responses ?? {};
    if (!(`${status}` in described)) {
      return [`answer has status ${status}, which is not described`];
    }
    const { errors } = this.#validator.validateResponse(responseBody, operation, status);
    const found = (errors ?? []).map(
      ({ instancePath, message = '', params }) =>
        `answer${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    return isJson(responseHeaders['content-type']) ? found : [...found, 'answer is not announced as JSON'];
  }
}

function needsToken(api: OpenAPIBackend, operation: string): boolean {
  return (api.getOperation(operation)?.security ?? api.definition.security ?? []).length > 0;
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim() === 'application/json';
}

function headersOf(headers: Exchange['requestHeaders']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
