import type * as vscode from 'vscode';
import { isCancelled } from '../hub/errors';

/** Does work until the token is canceled. @returns Undefined if it was canceled, whatever else came of it. */
export async function untilCancelled<T>(
  token: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const cancellation = new AbortController();
  const listener = token.onCancellationRequested(() => cancellation.abort());
  try {
    return await work(cancellation.signal);
  } catch (error) {
    if (isCancelled(error)) {
      return undefined;
    }
    throw error;
  } finally {
    listener.dispose();
  }
}
