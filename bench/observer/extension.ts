import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import type * as vscode from 'vscode';
import { activationOf } from './activation';

/** Answers what a measurement asks of this extension host, on the socket that the environment names. */
export function activate({ subscriptions }: vscode.ExtensionContext): void {
  const socket = process.env['HUB_IMAGES_OBSERVER'];
  if (socket === undefined) {
    throw new Error('HUB_IMAGES_OBSERVER names no socket.');
  }
  const server = createServer(({ url }, response) => {
    answer(url).then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  rmSync(socket, { force: true }); // of the extension host before
  server.listen(socket);
  subscriptions.push({ dispose: () => server.close() });
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
