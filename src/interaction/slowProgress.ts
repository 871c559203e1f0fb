import type { Progress } from 'vscode';

/** A message and how much of the bar it adds, in percent. */
export interface ProgressStep {
  readonly message?: string | undefined;
  readonly increment?: number;
}

/**
 * Time in milliseconds after which progress is shown. VS Code keeps a progress notification for at least 800 ms, and hides a
 * message if there were three other notifications within that time; so work that ends at once shows none.
 */
const slowAfterMs = 300;

/**
 * Runs the work, and shows its progress only if it takes long: from the last step reported until then, to the end of the work.
 *
 * @param show Shows progress until the promise that its argument returns has settled. It is never rejected.
 */
export async function showSlowProgress<T>(
  work: (progress: Progress<ProgressStep>) => Promise<T>,
  show: (run: (progress: Progress<ProgressStep>) => Promise<void>) => void,
  afterMs = slowAfterMs,
): Promise<T> {
  const progress = new PendingProgress();
  const working = work(progress);
  const hasEnded = working.then(
    () => undefined,
    () => undefined,
  );
  const timer = setTimeout(() => {
    show((shown) => {
      progress.showIn(shown);
      return hasEnded;
    });
  }, afterMs);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps what is reported until there is something that shows it. */
class PendingProgress implements Progress<ProgressStep> {
  #shown: Progress<ProgressStep> | undefined;
  #message: string | undefined;
  #increment = 0;

  report(step: ProgressStep): void {
    if (this.#shown !== undefined) {
      this.#shown.report(step);
      return;
    }
    this.#message = step.message ?? this.#message;
    this.#increment += step.increment ?? 0;
  }

  showIn(progress: Progress<ProgressStep>): void {
    this.#shown = progress;
    if (this.#message !== undefined || this.#increment > 0) {
      progress.report({ message: this.#message, increment: this.#increment });
    }
  }
}
