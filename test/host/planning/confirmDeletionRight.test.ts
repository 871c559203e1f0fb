import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DeletionRight } from '../../../src/hub/deletionRight';
import { HubError } from '../../../src/hub/errors';
import { parseRepositoryRef } from '../../../src/hub/names';
import { confirmDeletionRight } from '../../../src/planning/confirmDeletionRight';
import { mayPlan } from '../../../src/planning/openReview';
import { CapturedWindow } from '../../support/capturedWindow';
import { FakeImageApi } from '../../support/fakeImageApi';

const repository = parseRepositoryRef('acme/api');
const second = parseRepositoryRef('acme/web');

describe('the right to delete, before a dry run', () => {
  const originalExecute = vscode.commands.executeCommand;
  let window: CapturedWindow;
  let buttons: readonly unknown[];
  let press: string | undefined;
  let commands: unknown[];

  beforeEach(() => {
    buttons = [];
    press = undefined;
    commands = [];
    window = new CapturedWindow({
      showWarningMessage: (_message, _options, ...offered) => {
        buttons = offered;
        return press;
      },
    });
    Reflect.set(vscode.commands, 'executeCommand', (command: unknown) => {
      commands.push(command);
      return Promise.resolve();
    });
  });
  afterEach(() => {
    window.restore();
    Reflect.set(vscode.commands, 'executeCommand', originalExecute);
  });

  function connectionWith(right: DeletionRight | Error, kind: 'hub' | 'sandbox' = 'hub') {
    const images = Object.assign(new FakeImageApi(), {
      deletionRight: () => (right instanceof Error ? Promise.reject(right) : Promise.resolve(right)),
    });
    return { images, kind };
  }
  const confirm = (right: DeletionRight | Error, repositories = [repository]) =>
    confirmDeletionRight(connectionWith(right), repositories);

  const messages: readonly (readonly [DeletionRight, message: string, detail: string])[] = [
    [
      'readOnlyToken',
      'Your access token can only read.',
      'Deleting needs a token with Read, Write & Delete permission.',
    ],
    [
      'tokenWithoutDelete',
      'Your access token cannot delete.',
      'Deleting needs a token with Read, Write & Delete permission.',
    ],
    [
      'organizationToken',
      'The access token of your organization cannot delete images in acme/api.',
      'Deleting needs a token that can delete images and tags in this repository.',
    ],
    [
      'notGranted',
      'You cannot delete images in acme/api.',
      'Either your access token or your role in acme does not allow it. Deleting needs a token with Read, Write & Delete permission, and admin permission for the repository.',
    ],
  ];
  for (const [right, message, detail] of messages) {
    it(`says what is missing, and shows the dry run anyway if that is wanted: ${right}`, async () => {
      assert.equal(await confirm(right), false);
      assert.deepEqual(window.texts.slice(0, 2), [message, detail]);
      assert.deepEqual(buttons, ['Sign In Again', 'Show Anyway']);
      press = 'Show Anyway';
      assert.equal(await confirm(right), true);
      assert.deepEqual(commands, []);
    });
  }

  it('says that deleting needs an access token, and signs in again', async () => {
    press = 'Sign In Again';
    assert.equal(await confirm('accessTokenNeeded'), false);
    assert.equal(window.texts[0], 'Deleting images on Docker Hub needs an access token.');
    assert.deepEqual(buttons, ['Sign In Again']);
    assert.deepEqual(commands, ['hubImages.account.signIn']);
  });

  it('says nothing if the right is there, or is not known', async () => {
    const error = new HubError('network', { method: 'GET', path: '/token' });
    for (const right of ['granted', 'unknown', error] as const) {
      assert.equal(await confirm(right), true);
    }
    assert.equal(await confirmDeletionRight({ images: new FakeImageApi(), kind: 'hub' }, [repository]), true);
    assert.equal(await confirmDeletionRight(connectionWith('readOnlyToken', 'sandbox'), [repository]), true);
    assert.deepEqual(window.texts, []);
  });

  it('says of several repositories only what applies to all of them', async () => {
    for (const right of ['organizationToken', 'notGranted'] as const) {
      assert.equal(await confirm(right, [repository, second]), true);
    }
    assert.equal(await confirm('readOnlyToken', [repository, second]), false);
  });

  it('is not asked for where only the server knows it', async () => {
    const connection = { ...connectionWith('readOnlyToken'), imageApiKind: () => 'management' as const };
    assert.equal(await mayPlan(connection, [repository]), true);
    assert.equal(
      await mayPlan({ ...connection, imageApiKind: () => 'registry' as const }, [repository]),
      false,
    );
  });
});
