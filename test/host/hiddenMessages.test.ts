import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SecretAccounts } from '../../src/auth/secretAccounts';
import { resetNotifications } from '../../src/commands/notifications/resetNotifications';
import { Connections } from '../../src/connection/connections';
import type { Services } from '../../src/interaction/services';
import { reportSettingProblems } from '../../src/settingProblems';
import type { WrittenSettings } from '../../src/settingChecks';
import type { SettingId } from '../../src/settingDefinitions';
import { Settings } from '../../src/settings';
import { HiddenMessages, type RecurringMessage } from '../../src/util/hiddenMessages';
import { CapturedWindow } from '../support/capturedWindow';
import { MemoryMemento } from '../support/memoryMemento';
import { until } from '../support/until';

const hide = "Don't Show Again";

class WatchedMessages extends HiddenMessages {
  /** How often it was looked up whether a message is hidden. */
  lookups = 0;

  override isHidden(message: RecurringMessage): boolean {
    this.lookups += 1;
    return super.isHidden(message);
  }
}

describe('a message that comes again without a request', () => {
  const settings = new Settings();
  /** Written into the settings, as far as these tests see them: the extension itself follows those of the editor. */
  const written = new Map<SettingId, unknown>();
  const shownSettings: WrittenSettings = {
    read: (setting) => written.get(setting) ?? settings.read(setting),
    written: (setting) => settings.written(setting),
  };
  let store: MemoryMemento;
  let hidden: WatchedMessages;
  /** The texts of the messages shown, and the button that the person presses. */
  let shown: string[];
  let answer: string | undefined;
  let captured: CapturedWindow;
  const owned: vscode.Disposable[] = [];

  beforeEach(() => {
    store = new MemoryMemento();
    hidden = new WatchedMessages(store);
    shown = [];
    answer = undefined;
    const show = (text: unknown, ...buttons: readonly unknown[]) => {
      shown.push(String(text));
      return Promise.resolve(buttons.find((button) => button === answer));
    };
    captured = new CapturedWindow({
      showWarningMessage: show,
      showErrorMessage: show,
      showInformationMessage: show,
    });
  });
  afterEach(() => {
    owned.splice(0).forEach((one) => {
      one.dispose();
    });
    hidden.dispose();
    captured.restore();
    written.clear();
  });
  after(() => {
    settings.dispose();
  });

  /** What a window says of the settings when it opens: whether that is hidden is the last thing it looks up. */
  async function openWindow(): Promise<void> {
    const { lookups } = hidden;
    owned.push(reportSettingProblems(shownSettings, hidden));
    await until(() => hidden.lookups > lookups);
  }

  it('says what is wrong with the settings in every window', async () => {
    written.set('requestTimeoutSeconds', 0);
    await openWindow();
    await openWindow();
    assert.equal(shown.length, 2);
    assert.match(shown[0] ?? '', /hubImages\.requestTimeoutSeconds/);
    assert.deepEqual([...store.values], []);
  });

  it('is not shown again in any window after the person chose so, until it says something else', async () => {
    written.set('requestTimeoutSeconds', 0);
    answer = hide;
    await openWindow();
    await until(() => store.values.size === 1);
    await openWindow();
    assert.equal(shown.length, 1);
    hidden.dispose();
    hidden = new WatchedMessages(store); // of another session
    await openWindow();
    assert.equal(shown.length, 1);
    written.set('history.keepDays', 0);
    await openWindow();
    assert.equal(shown.length, 2);
    assert.match(shown[1] ?? '', /history\.keepDays/);
  });

  it('is shown again by the command, at once', async () => {
    written.set('requestTimeoutSeconds', 0);
    answer = hide;
    await openWindow();
    await until(() => store.values.size === 1);
    answer = undefined;
    await resetNotifications({ hiddenMessages: hidden } as Partial<Services> as Services); // all that it uses
    await until(() => shown.length === 3);
    assert.deepEqual(
      shown.filter((text) => text.includes('requestTimeoutSeconds')),
      [shown[0], shown[0]],
    );
    assert.ok(shown.includes('Hidden notifications will be shown again.'));
    assert.deepEqual([...store.values], []);
  });

  it('stores nothing of what it is about', async () => {
    const message = { id: 'address', content: 'https://secret.example' } as const;
    await hidden.hideAction(message).run();
    assert.equal(hidden.isHidden(message), true);
    assert.equal(hidden.isHidden({ ...message, id: 'settings' }), false);
    assert.equal(hidden.isHidden({ ...message, content: 'https://other.example' }), false);
    assert.doesNotMatch(JSON.stringify([...store.values]), /secret/);
  });

  it('is shown where something else is stored', () => {
    store.values.set('hiddenMessages', { settings: true });
    assert.equal(hidden.isHidden({ id: 'settings', content: '' }), false);
  });

  it('names an address that cannot be used, until the person hides that, and again for another address', async () => {
    const secrets = {
      get: () => Promise.resolve(undefined),
      onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    } as Partial<vscode.SecretStorage> as vscode.SecretStorage; // all that is used of it
    const start = async (apiUrl: string) => {
      const connections = new Connections({
        accountsOf: SecretAccounts.storedIn(secrets),
        settings: { apiUrl } as Partial<Settings> as Settings, // nobody gets as far as to need more
        log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
        runSandbox: () => assert.fail('nobody asked for it'),
        hiddenMessages: hidden,
        storageFolder: '',
        setContext: () => undefined,
      });
      await connections.restore();
      const signingIn = connections.signIn();
      await assert.rejects(signingIn, /hubImages\.apiUrl/); // a sign-in still reports it
      connections.dispose();
    };
    await start('http://hub.example');
    answer = hide;
    await start('http://hub.example');
    await start('http://hub.example');
    assert.equal(shown.length, 2);
    await start('http://other.example');
    assert.equal(shown.length, 3);
  });
});
