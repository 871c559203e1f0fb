import * as vscode from 'vscode';

/** An item of the status bar as a person sees it. */
export type CapturedItem = Pick<
  vscode.StatusBarItem,
  'text' | 'tooltip' | 'name' | 'command' | 'accessibilityInformation'
> & { readonly id: string; isShown: boolean };

/** Stands in the place of the editor's own status bar until it is restored, and keeps the items that are not disposed. */
export class CapturedStatusBar {
  readonly items: CapturedItem[] = [];
  readonly #original = vscode.window.createStatusBarItem;

  constructor() {
    this.#put((id: string) => {
      const item: CapturedItem = {
        id,
        isShown: false,
        text: '',
        tooltip: undefined,
        name: undefined,
        command: undefined,
        accessibilityInformation: undefined,
      };
      this.items.push(item);
      return Object.assign(item, {
        show: () => (item.isShown = true),
        hide: () => (item.isShown = false),
        dispose: () => this.items.splice(this.items.indexOf(item), 1),
      });
    });
  }

  /** Texts of the items that are shown. */
  get texts(): readonly string[] {
    return this.items.filter(({ isShown }) => isShown).map(({ text }) => text);
  }

  restore(): void {
    this.#put(this.#original);
  }

  #put(value: unknown): void {
    if (!Reflect.set(vscode.window, 'createStatusBarItem', value)) {
      throw new Error('createStatusBarItem cannot be replaced');
    }
  }
}
