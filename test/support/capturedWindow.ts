import * as vscode from 'vscode';

/** Answers what the editor would ask a person, by the name of the function. Without an answer the person gives up. */
export type Answers = Partial<Record<CapturedName, (...args: readonly unknown[]) => unknown>>;

const names = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showQuickPick',
  'showInputBox',
  'setStatusBarMessage',
  'createInputBox',
] as const;
type CapturedName = (typeof names)[number];

/** Properties of what is handed to the editor that a person gets to see. */
const seen = ['label', 'description', 'detail', 'title', 'prompt', 'placeHolder', 'placeholder', 'message'];

/** Stands in the place of the editor's own window until the test is over, and keeps every text that it was to show. */
export class CapturedWindow {
  readonly texts: string[] = [];
  readonly #originals = names.map((name) => [name, vscode.window[name]] as const);

  constructor(answers: Answers) {
    for (const name of names) {
      this.#put(name, (...args: readonly unknown[]) => {
        args.forEach((value) => this.#take(value));
        return answers[name]?.(...args);
      });
    }
  }

  restore(): void {
    this.#originals.forEach(([name, original]) => {
      this.#put(name, original);
    });
  }

  #put(name: CapturedName, value: unknown): void {
    if (!Reflect.set(vscode.window, name, value)) throw new Error(`${name} cannot be replaced`);
  }

  #take(value: unknown): void {
    if (typeof value === 'string') {
      this.texts.push(value);
    } else if (Array.isArray(value)) {
      value.forEach((each) => this.#take(each));
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value)
        .filter(([key]) => seen.includes(key))
        .forEach(([, each]) => this.#take(each));
    }
  }
}

/** An input box that is accepted with a text as soon as it is shown, and given up once it says what is wrong. */
export function inputBoxEntering(text: string, say: (problem: string) => void): object {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  const never = new vscode.EventEmitter<never>();
  const box = {
    value: '',
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidTriggerButton: never.event,
    onDidChangeValue: never.event,
    show() {
      box.value = text;
      accepted.fire();
    },
    dispose: () => undefined,
    set validationMessage(problem: string | undefined) {
      if (problem !== undefined) {
        say(problem);
        hidden.fire();
      }
    },
  };
  return box;
}
