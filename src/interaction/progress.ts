import * as vscode from 'vscode';
import { isCancelled } from '../hub/errors';
import { watchRequests } from '../hub/http/requestWatch';
import { ReadProgress } from './readProgress';
import { showSlowProgress, type ProgressStep } from './slowProgress';

/** Reports how much of the work is done, in the unit of `total`. */
export type ReportProgress = (done: number, total: number) => void;

/**
 * Runs the work while a notification shows its progress and a cancel button, unless it ends at once.
 *
 * @returns Undefined if the user cancelled.
 */
export async function readWithProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T | undefined> {
  const cancellation = new AbortController();
  const { signal } = cancellation;
  const read = async (progress: vscode.Progress<ProgressStep>) => {
    const readProgress = new ReadProgress(progress);
    try {
      return await watchRequests({ onDidWait: readProgress.wait }, () => work(signal, readProgress.report));
    } catch (error) {
      if (isCancelled(error) || signal.aborted) {
        return undefined;
      }
      throw error;
    } finally {
      readProgress.dispose();
    }
  };
  return showSlowProgress(read, (run) => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => {
          cancellation.abort();
        });
        return run(progress);
      },
    );
  });
}
