import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dockerCliCredentials } from '../../../../src/auth/dockerCli/dockerCliCredentials';
import { DockerCliError } from '../../../../src/auth/dockerCli/dockerCliError';
import { dockerHubKey } from '../../../../src/auth/dockerCli/dockerConfig';
import { runProgram } from '../../../workbench/childProcess';
import { findProgram } from '../../support/bringPrograms';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder';

const helper = 'docker-credential-pass';
const demo = { username: 'demo', password: 'dckr_pat_of-the-real:helper' };
const keyOwner = 'hub-images@test.invalid';

describe('dockerCliCredentials with the real helper of pass', () => {
  let temporary: TemporaryFolder | undefined;
  let folder = '';
  let env: NodeJS.ProcessEnv = {};

  before(async () => {
    temporary = await createTemporaryFolder('hi-'); // short: the socket of gpg's agent lies below it
    folder = temporary.path;
    await mkdir(join(folder, 'gpg'), { mode: 0o700 });
    await writeFile(join(folder, 'config.json'), JSON.stringify({ credsStore: 'pass' }));
    env = {
      PATH: process.env['PATH'],
      HOME: folder,
      DOCKER_CONFIG: folder,
      GNUPGHOME: join(folder, 'gpg'),
      PASSWORD_STORE_DIR: join(folder, 'store'),
    };
    const key = ['--quick-generate-key', keyOwner, 'default', 'default', 'never'];
    await runProgram('gpg', ['--batch', '--quiet', '--passphrase', '', ...key], env);
  });

  afterEach(() => rm(join(folder, 'store'), { recursive: true, force: true }));

  after(async () => {
    await runProgram('gpgconf', ['--kill', 'gpg-agent'], env);
    temporary?.remove();
  });

  const ask = (changes: NodeJS.ProcessEnv = {}) =>
    dockerCliCredentials({ env: { ...env, ...changes }, timeoutMs: 20_000 });

  const createStore = () => runProgram('pass', ['init', keyOwner], env);

  /** As `docker login` does it: the secret goes by standard input. */
  const store = (server: string, { username, password } = demo) =>
    new Promise<void>((resolve, reject) => {
      const child = execFile(helper, ['store'], { env }, (error, stdout) => {
        if (error === null) resolve();
        else reject(new Error(`${helper} store: ${stdout}`));
      });
      child.stdin?.end(JSON.stringify({ ServerURL: server, Username: username, Secret: password }));
    });

  async function problem(asking: Promise<unknown>): Promise<DockerCliError> {
    try {
      await asking;
    } catch (error) {
      assert.ok(error instanceof DockerCliError, String(error));
      assert.ok(!error.message.includes(demo.password));
      return error;
    }
    assert.fail('there are credentials');
  }

  it('takes what was stored', async () => {
    await createStore();
    await store(dockerHubKey);
    assert.deepEqual(await ask(), demo);
  });

  it('takes it from a helper that is named for Docker Hub alone', async () => {
    await createStore();
    await store(dockerHubKey);
    const config = { credsStore: 'nowhere', credHelpers: { [dockerHubKey]: 'pass' } };
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'config.json'), JSON.stringify(config));
    assert.deepEqual(await ask({ DOCKER_CONFIG: other }), demo);
  });

  it('understands that there is nothing for Docker Hub', async () => {
    await createStore();
    await store('https://registry.test/v2/');
    assert.equal((await problem(ask())).problem, 'notSignedIn');
  });

  it('understands that there was something once', async () => {
    await createStore();
    await store(dockerHubKey);
    await runProgram('pass', ['rm', '--recursive', '--force', 'docker-credential-helpers'], env);
    assert.equal((await problem(ask())).problem, 'notSignedIn');
  });

  // This helper says of a store that was never made what it says of one that has nothing.
  it('understands a store that was never made', async () => {
    assert.equal((await problem(ask())).problem, 'notSignedIn');
  });

  it('passes on why a secret cannot be read', async () => {
    await createStore();
    await store(dockerHubKey);
    const stranger = join(folder, 'key');
    await mkdir(stranger, { mode: 0o700 });
    try {
      const error = await problem(ask({ GNUPGHOME: stranger }));
      assert.equal(error.problem, 'helperFailed');
      assert.equal(error.source, helper);
      assert.match(error.reason ?? '', /decryption failed: No secret key/);
    } finally {
      await runProgram('gpgconf', ['--kill', 'gpg-agent'], { ...env, GNUPGHOME: stranger });
    }
  });

  it('passes on that pass itself is missing', async () => {
    await createStore();
    await store(dockerHubKey);
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await symlink(findProgram(helper) ?? '', join(bin, helper));
    const error = await problem(ask({ PATH: bin }));
    assert.equal(error.problem, 'helperFailed');
    assert.match(error.reason ?? '', /^pass not initialized/);
  });
});
