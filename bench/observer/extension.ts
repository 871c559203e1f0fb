import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { activationOf } from './activation';
import { PlainRows } from './plainRows';

/**
 * Answers what a measurement asks of this extension host. Its port stands in the file that the environment names. Each host
 * has a port of its own, for the one before may end after this one has begun, and a socket of the same name would go with it.
 */
export function activate({ subscriptions }: vscode.ExtensionContext): void {
  const file = process.env['HUB_IMAGES_OBSERVER'];
  if (file === undefined) {
    throw new Error('HUB_IMAGES_OBSERVER names no file.');
  }
  const server = createServer(({ url }, response) => {
    answer(url).then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // as of every server that listens on a port
    const written = `${file}.${process.pid}`;
    writeFileSync(written, String(port));
    renameSync(written, file); // nobody reads half of it
  });
  subscriptions.push(
    { dispose: () => server.close() },
    vscode.window.registerTreeDataProvider('hubImagesObserver.plainRows', new PlainRows()),
  );
}

function answer(question: string | undefined): Promise<unknown> {
  switch (question) {
    case '/process':
      return Promise.resolve(process.pid);
    case '/heap':
      return usedHeapBytes();
    case '/activation':
      return activationOf('hub-images.hub-images');
    default:
      return Promise.reject(new Error(`There is no answer to ${String(question)}.`));
  }
}

/** Bytes that are in use in this process once everything unneeded is gone. */
async function usedHeapBytes(): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
    return process.memoryUsage().heapUsed;
  } finally {
    session.disconnect();
  }
}
