import type { CancellationToken } from 'vscode';
import type { IDisposable } from './dispose';

/** A signal that aborts when the token is cancelled. Dispose it when the work has ended. */
export function signalOf(token: CancellationToken): IDisposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  if (token.isCancellationRequested) {
    controller.abort();
  }
  const listener = token.onCancellationRequested(() => {
    controller.abort();
  });
  return {
    signal: controller.signal,
    dispose() {
      listener.dispose();
    },
  };
}
