import type { HubFetch, HubFetchInit, HubFetchResponse } from '../../src/hub/http/sendRequest';
import type { IncomingRequest, Reply, Sandbox } from '../../src/sandbox/index';
import { headersOf } from '../../src/sandbox/reply';

/** Any address will do where there is no connection. */
export const sandboxAddress = 'http://127.0.0.1:1';

/** A `fetch` that reaches the sandbox without a connection, for tests that send requests by the hundred thousand. */
export function sandboxFetch(sandbox: Pick<Sandbox, 'exchange'>): HubFetch {
  return async (url, init) => {
    init.signal.throwIfAborted();
    const reply = await sandbox.exchange(requestOf(url, init));
    init.signal.throwIfAborted();
    return responseTo(reply, init.signal);
  };
}

function requestOf(url: string, { method, headers, body }: HubFetchInit): IncomingRequest {
  const { pathname, searchParams } = new URL(url);
  return {
    method,
    path: pathname,
    query: Object.fromEntries(searchParams),
    requestHeaders: headers,
    requestBody: body === null ? undefined : JSON.parse(body),
  };
}

async function responseTo(reply: Reply, signal: AbortSignal): Promise<HubFetchResponse> {
  switch (reply.kind) {
    case 'answer': {
      const { status, body } = reply.answer;
      return response(status, headersOf(reply.answer), [textOf(body)]);
    }
    case 'truncated': {
      const { status, body } = reply.answer;
      const text = textOf(body);
      return response(status, headersOf(reply.answer), [text.slice(0, reply.keepBytes ?? text.length / 2)]);
    }
    case 'large':
      return response(200, {}, chunksOf(reply.bytes));
    case 'reset':
      throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    case 'hang':
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
  }
}

function response(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  chunks: Iterable<string | Uint8Array>,
): HubFetchResponse {
  return {
    status,
    statusText: '',
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    body: streamOf(chunks),
  };
}

// a stream is asynchronous, whatever is behind it
// eslint-disable-next-line @typescript-eslint/require-await
async function* streamOf(chunks: Iterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  yield* chunks;
}

const chunk = Buffer.alloc(1024 * 1024, 'x');

function* chunksOf(bytes: number): Generator<Uint8Array> {
  for (let left = bytes; left > 0; left -= chunk.length) {
    yield chunk.subarray(0, Math.min(left, chunk.length));
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
