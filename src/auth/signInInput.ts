import * as vscode from 'vscode';
import { Disposable } from '../util/dispose';
import { createInput } from '../util/quickInput';

/** One question of the sign-in. */
export interface InputStep {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly isSecret: boolean;
  /** Shown under the box until something is typed. */
  readonly problem: string | undefined;
  /** Withdraws the question, as if the person had given up. */
  readonly signal: AbortSignal | undefined;
  /** Whether there is a step to go back to. */
  readonly hasBack: boolean;
  /**
   * Called with what was entered; the box stays open and busy meanwhile.
   *
   * @returns What is wrong with it, or undefined to go on.
   */
  readonly submit: (value: string, signal: AbortSignal) => Promise<string | undefined>;
}

export type InputAnswer = 'next' | 'back' | 'cancelled';

/** Asks until the answer is taken or the person gives up. Giving up aborts the signal of a submission under way. */
export async function askStep(step: InputStep): Promise<InputAnswer> {
  const box = new StepBox(step);
  try {
    return step.signal?.aborted === true ? 'cancelled' : await box.answer;
  } finally {
    box.dispose();
  }
}

class StepBox extends Disposable {
  readonly answer: Promise<InputAnswer>;
  readonly #step: InputStep;
  readonly #box: vscode.InputBox;
  readonly #abort = new AbortController();

  constructor(step: InputStep) {
    super();
    this.#step = step;
    this.#box = this.register(createInput());
    this.#describe();
    this.answer = new Promise((resolve) => {
      const withdraw = () => {
        resolve('cancelled');
      };
      step.signal?.addEventListener('abort', withdraw, { once: true });
      this.register(this.#box.onDidAccept(() => void this.#submit(resolve)));
      this.register(
        this.#box.onDidTriggerButton(() => {
          resolve('back');
        }),
      );
      this.register(
        this.#box.onDidHide(() => {
          resolve('cancelled');
        }),
      );
      this.register(
        this.#box.onDidChangeValue(() => {
          this.#box.validationMessage = undefined;
        }),
      );
    });
    this.#box.show();
  }

  override dispose(): void {
    this.#abort.abort();
    super.dispose();
  }

  #describe(): void {
    const { title, step, totalSteps, prompt, placeholder, value, isSecret, problem, hasBack } = this.#step;
    this.#box.title = title;
    this.#box.step = step;
    this.#box.totalSteps = totalSteps;
    this.#box.prompt = prompt;
    this.#box.placeholder = placeholder;
    this.#box.value = value;
    this.#box.password = isSecret;
    this.#box.validationMessage = problem;
    this.#box.buttons = hasBack ? [vscode.QuickInputButtons.Back] : [];
  }

  async #submit(resolve: (answer: InputAnswer) => void): Promise<void> {
    if (this.#box.busy) {
      return;
    }
    this.#box.busy = true;
    this.#box.enabled = false;
    const problem = await this.#step.submit(this.#box.value, this.#abort.signal);
    if (this.isDisposed) {
      return;
    }
    this.#box.busy = false;
    this.#box.enabled = true;
    if (problem === undefined) {
      resolve('next');
    } else {
      this.#box.validationMessage = problem;
    }
  }
}
