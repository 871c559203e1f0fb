import * as vscode from 'vscode';

/** How long the start of an extension took, in whole milliseconds, as the editor has measured it. */
export interface Activation {
  /** Reading and running its modules. */
  readonly loadMs: number;
  /** The call of `activate()`. */
  readonly callMs: number;
  /** From its end until the editor took up what it returned. */
  readonly finishMs: number;
}

/** From the table of `Developer: Startup Performance`, once the extension is in it. */
export async function activationOf(extension: string): Promise<Activation> {
  await vscode.commands.executeCommand('perfview.show');
  const found = await rowOf(extension);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return found;
}

async function rowOf(extension: string): Promise<Activation> {
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
function readRow(document: vscode.TextDocument, extension: string): Activation | undefined {
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
