import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const ID = 'hub-images.hub-images';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('happens only when the extension is used', () => {
    assert.equal(extension().isActive, false);
  });

  it('ends without an error', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers every command of the manifest', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = extension().packageJSON as Manifest; // our own package.json
    const missing = contributes.commands
      .map(({ command }) => command)
      .filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(ID);
  assert.ok(found, `${ID} is not installed`);
  return found;
}
