import { Readable } from 'node:stream';
import type { HubFetch, HubFetchInit, HubFetchResponse } from '../../src/hub/http/sendRequest';

/** An answer without a connection. A status of 200 and an empty object unless said otherwise. */
export interface FakeAnswer {
  readonly status?: number;
  /** Sent as JSON, or as it is if it is a text. */
  readonly body?: unknown;
  /** By their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as it was handed to the network. */
export interface FakeRequest extends HubFetchInit {
  readonly url: URL;
}

/** A `fetch` whose answers are given by the test, with the requests that it has received. */
export interface FakeFetch {
  readonly fetch: HubFetch;
  readonly requests: readonly FakeRequest[];
}

/** @param answer Called for each request. What it throws is a broken connection. */
export function fakeFetch(answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>): FakeFetch {
  const requests: FakeRequest[] = [];
  const fetch: HubFetch = async (url, init) => {
    const request = { ...init, url: new URL(url) };
    requests.push(request);
    return responseOf(await answer(request));
  };
  return { fetch, requests };
}

function responseOf({ status = 200, body = {}, headers = {} }: FakeAnswer): HubFetchResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    statusText: '',
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    body: Readable.from([text]),
  };
}
