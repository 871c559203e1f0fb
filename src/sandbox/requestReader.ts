import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ExchangeRequest } from './exchangeRequest';

/** Far above the largest request to Docker Hub with sense in it: 25 images with their warnings and tags. */
const bodyLimitBytes = 4_000_000;
/** Of a chunk of a layer, which is kept in memory. */
const blobLimitBytes = 256_000_000;
const blobType = 'application/octet-stream';

/** A request's body; `undefined` when the client left or sent more than the sandbox reads. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  try {
    const chunks: Buffer[] = [];
    const limitBytes = isBlob(incoming.headers) ? blobLimitBytes : bodyLimitBytes;
    let size = 0;
    // no encoding is set, so the chunks are buffers
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) {
        return undefined;
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return undefined; // a stream of a request fails in no other way
  }
}

/** The request as the record keeps it, but for the operation, which the router knows. */
export function describeRequest(
  incoming: IncomingMessage,
  sequence: number,
  body: Buffer,
): Omit<ExchangeRequest, 'operation'> {
  const [path = '/', search = ''] = splitOnce(incoming.url ?? '/', '?');
  return {
    sequence,
    method: incoming.method ?? '',
    path,
    query: readQuery(search),
    requestHeaders: incoming.headers,
    requestBody: isBlob(incoming.headers) ? undefined : parseBody(body.toString()),
  };
}

function isBlob(headers: IncomingHttpHeaders): boolean {
  return headers['content-type'] === blobType;
}

function readQuery(search: string): Record<string, string> {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]),
  );
}

function parseBody(text: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
