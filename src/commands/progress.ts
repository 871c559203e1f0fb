import * as vscode from 'vscode';
import { isCancelled } from '../hub/errors';
import { signalOf } from '../util/cancellation';

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
      let reported = 0;
      const report: ReportProgress = (done, total) => {
        const percent = total === 0 ? 100 : (done / total) * 100;
        progress.report({
          increment: percent - reported,
          message: vscode.l10n.t('{0} of {1}', done.toLocaleString('en'), total.toLocaleString('en')),
        });
        reported = percent;
      };
      try {
        return await work(cancellation.signal, report);
      } catch (error) {
        if (isCancelled(error)) {
          return undefined;
        }
        throw error;
      } finally {
        cancellation.dispose();
      }
    },
  );
}
