import assert from 'node:assert/strict';
import { describeError } from '../../../src/texts/errors';
import { SecretStorageError } from '../../../src/util/secretStorageError';

describe('a secret storage that cannot read or store', () => {
  const { platform } = process;
  const textOn = (system: NodeJS.Platform, ...args: ConstructorParameters<typeof SecretStorageError>) => {
    Object.defineProperty(process, 'platform', { value: system });
    return describeError(new SecretStorageError(...args));
  };

  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
  });

  it('says what failed and why, and on Linux what to do without a keyring', () => {
    assert.match(
      textOn('linux', 'store', new Error('no keyring')),
      /^The sign-in could not be saved in secret storage: no keyring\. Unlock your keyring .*install GNOME Keyring or KWallet, or set "password-store"/,
    );
    assert.match(textOn('linux', 'read', 'locked'), /^Secret storage could not be read: locked\. Unlock/);
  });

  for (const system of ['darwin', 'win32'] as const) {
    it(`names the keychain of the operating system on ${system}`, () => {
      assert.equal(
        textOn(system, 'store', new Error('denied')),
        'The sign-in could not be saved in secret storage: denied. Unlock the keychain of your operating system and try again.',
      );
    });
  }

  for (const reason of ['', ' \n', '<html><body>no</body></html>']) {
    it(`says that there is no reason in ${JSON.stringify(reason)}`, () => {
      const text = textOn('win32', 'read', new Error(reason));
      assert.ok(text.startsWith('Secret storage could not be read: no reason was given. '), text);
    });
  }

  it('shows and logs a reason as one line without secrets', () => {
    const reason = 'cannot store\n\u202edckr_pat_abc-1 at https://user:s3cret@host/path';
    const error = new SecretStorageError('store', new Error(reason));
    for (const text of [error.message, describeError(error)]) {
      assert.doesNotMatch(text, /dckr_pat_abc|s3cret|[\n\u202e]/);
    }
  });
});
