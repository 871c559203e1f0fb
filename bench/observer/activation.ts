import * as vscode from 'vscode';

/** What the start of the extension itself took, in milliseconds, as `bench/measured` has measured it. */
export interface OwnActivation {
  /** The call of `activate()`. */
  readonly callMs: number;
  /** What the call has queued to come right after it. */
  readonly queuedMs: number;
}

/** How long the start of an extension took, in whole milliseconds, as the editor has measured it. */
export interface EditorActivation {
  /** Reading and running its modules. */
  readonly loadMs: number;
  /** The call of `activate()`. */
  readonly callMs: number;
  /** From its end until the editor took up what it returned. */
  readonly finishMs: number;
}

export interface Activation {
  readonly own: OwnActivation;
  readonly byEditor: EditorActivation;
}

/** @throws {Error} It was not activated, or not by way of what measures it. */
export async function activationOf(extension: string): Promise<Activation> {
  const byEditor = await editorActivationOf(extension);
  const { hubImagesActivation: own } = globalThis as { hubImagesActivation?: OwnActivation };
  if (own === undefined) {
    throw new Error('The extension has not measured its activation.');
  }
  return { own, byEditor };
}

/** From the table of `Developer: Startup Performance`, once the extension is in it. */
async function editorActivationOf(extension: string): Promise<EditorActivation> {
  await vscode.commands.executeCommand('perfview.show');
  const found = await rowOf(extension);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return found;
}

async function rowOf(extension: string): Promise<EditorActivation> {
  const find = () =>
    vscode.workspace.textDocuments.map((document) => readRow(document, extension)).find(Boolean);
  return (
    find() ??
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found !== undefined) {
          listeners.forEach((listener) => void listener.dispose());
          resolve(found);
        }
      };
      const listeners = [
        vscode.workspace.onDidOpenTextDocument(look),
        vscode.workspace.onDidChangeTextDocument(look),
      ];
    })
  );
}

/** `| name | eager | load code | call activate | finish activate | event | by |` */
function readRow(document: vscode.TextDocument, extension: string): EditorActivation | undefined {
  const line =
    document.uri.scheme === 'perf' &&
    document
      .getText()
      .split('\n')
      .find((one) => one.startsWith(`| ${extension} `));
  if (line === false || line === undefined) {
    return undefined;
  }
  const [, , , load, call, finish] = line.split('|').map(Number);
  return { loadMs: Number(load), callMs: Number(call), finishMs: Number(finish) };
}
