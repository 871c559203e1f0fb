import * as vscode from 'vscode';

/** Keeps what context keys are set to until the test is over. The editor is not told; every other command runs. */
export class CapturedContext {
  readonly values = new Map<unknown, unknown>();
  readonly #original = vscode.commands.executeCommand;

  constructor() {
    this.#put((command: string, ...args: readonly unknown[]) => {
      if (command !== 'setContext') {
        return this.#original(command, ...args);
      }
      this.values.set(args[0], args[1]);
      return Promise.resolve();
    });
  }

  restore(): void {
    this.#put(this.#original);
  }

  #put(value: unknown): void {
    if (!Reflect.set(vscode.commands, 'executeCommand', value)) throw new Error('It cannot be replaced');
  }
}
