import * as vscode from 'vscode';
import { isCancelled } from '../hub/errors';
import { watchRequests } from '../hub/http/requestWatch';
import { signalOf } from '../util/cancellation';
import { ReadProgress } from './readProgress';

/** Reports how much of the work is done, in the unit of `total`. */
export type ReportProgress = (done: number, total: number) => void;

/**
 * Runs the work while a notification shows its progress and a cancel button.
 *
 * @returns Undefined if the user cancelled.
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
      const readProgress = new ReadProgress(progress, vscode.l10n.t);
      try {
        return await watchRequests({ onDidWait: readProgress.wait }, () => work(signal, readProgress.report));
      } catch (error) {
        if (isCancelled(error) || signal.aborted) {
          return undefined;
        }
        throw error;
      } finally {
        readProgress.dispose();
        cancellation.dispose();
      }
    },
  );
}
