import * as vscode from 'vscode';
import { isCancelled } from '../hub/errors';
import { watchRequests } from '../hub/http/requestWatch';
import { signalOf } from '../util/cancellation';
import { ReadProgress } from './readProgress';

/** Reports how much of the work is done. */
export type ReportProgress = (done: number, total: number) => void;

/**
 * Runs the work under a notification with a cancel button.
 *
 * @returns `undefined` when it was cancelled.
 */
export async function readWithProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T | undefined> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancellation = signalOf(token);
      const { signal } = cancellation;
      const told = new ReadProgress(progress, vscode.l10n.t);
      try {
        return await watchRequests({ onDidWait: told.wait }, () => work(signal, told.report));
      } catch (error) {
        if (isCancelled(error) || signal.aborted) {
          return undefined;
        }
        throw error;
      } finally {
        told.dispose();
        cancellation.dispose();
      }
    },
  );
}
