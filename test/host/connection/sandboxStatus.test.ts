import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { HubConnection } from '../../../src/connection/hubConnection';
import { SandboxStatus } from '../../../src/connection/sandboxStatus';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import { CapturedStatusBar } from '../../support/capturedStatusBar';

describe('the sandbox in the status bar', () => {
  let bar: CapturedStatusBar;
  let changed: vscode.EventEmitter<void>;
  let current: HubConnection | undefined;
  let status: SandboxStatus;

  const use = (kind: HubConnection['kind'] | undefined, api: ImageApiKind = 'registry') => {
    current = kind && ({ kind, imageApiKind: () => api } as HubConnection); // no more of it is used
    changed.fire();
  };

  beforeEach(() => {
    bar = new CapturedStatusBar();
    changed = new vscode.EventEmitter();
    current = undefined;
    status = new SandboxStatus({
      get current() {
        return current;
      },
      onDidChange: changed.event,
    });
  });
  afterEach(() => {
    status.dispose();
    changed.dispose();
    bar.restore();
  });

  it('is there only while it is in use', () => {
    assert.deepEqual(bar.items, []);
    use('hub');
    assert.deepEqual(bar.items, []);
    use('sandbox');
    use('sandbox');
    assert.deepEqual(bar.texts, ['$(beaker) Sandbox: Docker Hub today']);
    use('hub');
    assert.deepEqual(bar.items, []);
    use('sandbox');
    use(undefined);
    assert.deepEqual(bar.items, []);
  });

  it('says which server is simulated, to screen readers too', () => {
    use('sandbox', 'management');
    assert.deepEqual(bar.texts, ['$(beaker) Sandbox: Docker Hub until December 2023']);
    const [item] = bar.items;
    assert.ok(item?.tooltip instanceof vscode.MarkdownString);
    assert.match(item.tooltip.value, /Docker(&nbsp;| )Hub(&nbsp;| )until/);
    assert.match(item.accessibilityInformation?.label ?? '', /until December 2023/);
  });

  it('leads to the view, and leaves the sandbox only by the link in its tooltip', async () => {
    use('sandbox');
    const [item] = bar.items;
    assert.equal(item?.command, 'hubImages.tree.focus');
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.match(item.tooltip.value, /\[Leave the Sandbox\]\(command:hubImages\.sandbox\.stop\)$/);
    assert.deepEqual(item.tooltip.isTrusted, { enabledCommands: ['hubImages.sandbox.stop'] });
    const commands = await vscode.commands.getCommands();
    assert.ok(commands.includes('hubImages.tree.focus'));
  });

  it('is removed with its owner', () => {
    use('sandbox');
    status.dispose();
    assert.deepEqual(bar.items, []);
  });
});
