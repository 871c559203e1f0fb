import * as l10n from '@vscode/l10n';
import type { Progress } from 'vscode';
import type { HubPause } from '../hub/http/requestPolicy';
import type { IDisposable } from '../util/dispose';
import { paceText } from '../texts/pace';
import { pauseCountdownText } from '../texts/pauses';
import { Pace } from '../util/pace';
import { PauseClock } from '../util/pauseClock';
import { numberText } from '../texts/formats';

/** Shows the progress of reading in a notification: the counts, the rate, the time left, and what it is waiting for. */
export class ReadProgress implements IDisposable {
  readonly #progress: Progress<{ message?: string; increment?: number }>;
  readonly #pace: Pace;
  readonly #clock: PauseClock;
  #counts = '';
  #percent = 0;

  /** @param now The time of this computer, in milliseconds since 1970. */
  constructor(progress: Progress<{ message?: string; increment?: number }>, now = () => Date.now()) {
    this.#progress = progress;
    this.#pace = new Pace(now);
    this.#clock = new PauseClock(() => {
      this.#show();
    }, now);
  }

  /** Shows the counts. If the reading starts again, the counts do too, but the bar does not move backwards. */
  readonly report = (done: number, total: number): void => {
    this.#pace.report(done, total);
    this.#counts = l10n.t('{0} of {1}', numberText(done), numberText(total));
    const percent = total === 0 ? 100 : (done / total) * 100;
    const increment = Math.max(0, percent - this.#percent);
    this.#percent += increment;
    this.#show(increment);
  };

  /** Shows a countdown until the pause ends. Of several pauses, it shows the one that ends last. */
  readonly wait = (pause: HubPause): void => {
    this.#clock.wait(pause);
  };

  dispose(): void {
    this.#clock.dispose();
  }

  #show(increment = 0): void {
    const parts = [this.#counts, this.#waitText ?? paceText(this.#pace) ?? ''];
    this.#progress.report({ increment, message: parts.filter((part) => part !== '').join(' · ') });
  }

  get #waitText(): string | undefined {
    const { pause, seconds } = this.#clock;
    return pause === undefined ? undefined : pauseCountdownText(pause.reason, seconds);
  }
}
