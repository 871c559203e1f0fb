import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer';

/** What the client gets to see, a fault included. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'truncated'; readonly answer: Answer; readonly keepBytes: number | undefined }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

const chunkBytes = 64 * 1024;

/** Text goes out as it is, as HTML when it looks like it; so do bytes; anything else as JSON. */
export function headersOf({ body, headers }: Answer): Record<string, string> {
  const type =
    typeof body !== 'string' ? 'application/json' : body.startsWith('<') ? 'text/html' : 'text/plain';
  return { 'content-type': `${type}; charset=utf-8`, ...headers };
}

export async function send(reply: Reply, response: ServerResponse): Promise<void> {
  switch (reply.kind) {
    case 'answer': {
      const body = bodyOf(reply.answer);
      const length = { 'content-length': `${Buffer.byteLength(body)}` };
      response.writeHead(reply.answer.status, { ...length, ...headersOf(reply.answer) }).end(body);
      return;
    }
    case 'truncated': {
      const body = bodyOf(reply.answer);
      // an honest end of a broken document: the client cannot blame the connection
      response
        .writeHead(reply.answer.status, headersOf(reply.answer))
        .end(body.slice(0, reply.keepBytes ?? body.length / 2));
      return;
    }
    case 'large':
      return sendLarge(reply.bytes, response);
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return; // the client gives up, or the sandbox stops
  }
}

function bodyOf({ body }: Answer): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** Streams valid JSON of exactly this size in bytes, as fast as the client reads. The client may close the connection early. */
async function sendLarge(bytes: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  await pipeline(Readable.from(filler(bytes), { objectMode: false }), response).catch((error: unknown) => {
    if (!response.destroyed) {
      throw error;
    }
  });
}

function* filler(bytes: number): Generator<Buffer> {
  const [head, tail] = ['{"filler":"', '"}'];
  const chunk = Buffer.alloc(chunkBytes, 'x');
  yield Buffer.from(head);
  for (let left = bytes - head.length - tail.length; left > 0; left -= chunkBytes) {
    yield chunk.subarray(0, Math.min(left, chunkBytes));
  }
  yield Buffer.from(tail);
}
