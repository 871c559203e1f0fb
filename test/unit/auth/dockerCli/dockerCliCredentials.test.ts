import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DockerCliError } from '../../../../src/auth/dockerCli/dockerCliError';
import { dockerCliCredentials } from '../../../../src/auth/dockerCli/dockerCliCredentials';
import { dockerHubKey } from '../../../../src/auth/dockerCli/dockerConfig';
import { rejectsWith } from '../../../support/rejects';

const demo = { username: 'demo', password: 's3cret' };
const answer = JSON.stringify({ ServerURL: dockerHubKey, Username: 'demo', Secret: 's3cret' });

describe('dockerCliCredentials', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-images-docker-'));
    await mkdir(join(folder, 'bin'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const ask = (env: NodeJS.ProcessEnv = {}, signal?: AbortSignal, timeoutMs = 20_000) =>
    dockerCliCredentials({
      env: {
        DOCKER_CONFIG: folder,
        PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
        ...env,
      },
      timeoutMs,
      signal,
    });

  const configure = (config: unknown) => writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const authOf = (text: string) => ({
    auths: { [dockerHubKey]: { auth: Buffer.from(text).toString('base64') } },
  });

  /** A credential helper of our own, as a script for the shell. */
  async function install(script: string, mode = 0o755): Promise<void> {
    await configure({ credsStore: 'test' });
    const file = join(folder, 'bin', 'docker-credential-test');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, mode);
  }

  async function problem(asking: Promise<unknown>): Promise<DockerCliError> {
    try {
      await asking;
    } catch (error) {
      assert.ok(error instanceof DockerCliError, String(error));
      assert.doesNotMatch(error.message, /s3cret/);
      return error;
    }
    assert.fail('there are credentials');
  }

  it('reads config.json in DOCKER_CONFIG', async () => {
    await configure(authOf('demo:s3cret'));
    assert.deepEqual(await ask(), demo);
  });

  it('prefers DOCKER_AUTH_CONFIG where that names Docker Hub', async () => {
    await configure(authOf('other:other'));
    assert.deepEqual(await ask({ DOCKER_AUTH_CONFIG: JSON.stringify(authOf('demo:s3cret')) }), demo);
    assert.deepEqual((await ask({ DOCKER_AUTH_CONFIG: '{"auths":{}}' })).username, 'other');
    assert.equal((await problem(ask({ DOCKER_AUTH_CONFIG: 's3cret' }))).source, 'DOCKER_AUTH_CONFIG');
  });

  it('says that nobody is signed in where there is no configuration, or nothing for Docker Hub', async () => {
    assert.equal((await problem(ask())).problem, 'notSignedIn');
    await configure({ auths: { 'ghcr.io': { auth: 'czNjcmV0' } } });
    assert.equal((await problem(ask())).problem, 'notSignedIn');
  });

  it('says which file cannot be read', async () => {
    await mkdir(join(folder, 'config.json'));
    const error = await problem(ask());
    assert.equal(error.problem, 'malformedConfig');
    assert.equal(error.reason, 'EISDIR');
  });

  it('asks a helper for the key of Docker Hub, and for nothing else', async () => {
    await install(`read -r server\ntest "$1 $server" = 'get ${dockerHubKey}' && echo '${answer}'`);
    assert.deepEqual(await ask(), demo);
  });

  it('takes the answer of a helper that does not read its input', async () => {
    await install(`echo '${answer}'`);
    assert.deepEqual(await ask(), demo);
  });

  it('understands that a helper has nothing', async () => {
    await install("echo 'credentials not found in native keychain'; exit 1");
    assert.equal((await problem(ask())).problem, 'notSignedIn');
  });

  it('takes an answer without user and secret for nothing, as older helpers say it', async () => {
    await install(`echo '{"ServerURL":"${dockerHubKey}","Username":"","Secret":""}'`);
    assert.equal((await problem(ask())).problem, 'notSignedIn');
  });

  it('passes on what a helper says on standard output when it fails', async () => {
    await install("echo 'the store is locked'; echo 's3cret' >&2; exit 1");
    const error = await problem(ask());
    assert.equal(error.problem, 'helperFailed');
    assert.equal(error.reason, 'the store is locked');
    assert.equal(error.source, 'docker-credential-test');
  });

  for (const garbage of ['', 's3cret', '{"Username":"demo"}', '{"Username":"demo","Secret":""}', '[]']) {
    it(`refuses ${JSON.stringify(garbage)} of a helper`, async () => {
      await install(`echo '${garbage}'`);
      assert.equal((await problem(ask())).problem, 'helperGarbage');
    });
  }

  it('stops reading a helper that does not stop', async () => {
    await install('exec yes s3cret');
    assert.equal((await problem(ask())).problem, 'helperGarbage');
  });

  it('refuses an identity token of a helper', async () => {
    await install(`echo '{"Username":"<token>","Secret":"s3cret"}'`);
    assert.equal((await problem(ask())).problem, 'identityToken');
  });

  it('gives a helper up that hangs', async () => {
    await install('exec sleep 600');
    assert.equal((await problem(ask({}, undefined, 200))).problem, 'helperSilent');
  });

  it('gives a helper up whose child holds the line', async () => {
    await install('sleep 5 & exec sleep 600');
    assert.equal((await problem(ask({}, undefined, 200))).problem, 'helperSilent');
  });

  it('is cancelled', async () => {
    await install('exec sleep 600');
    const controller = new AbortController();
    const asking = ask({}, controller.signal);
    controller.abort();
    await rejectsWith('cancelled', asking);
  });

  it('says that a helper is missing, or no program', async () => {
    await configure({ credsStore: 'nowhere' });
    assert.equal((await problem(ask())).problem, 'helperMissing');
    await install('exit 0', 0o644);
    assert.equal((await problem(ask())).problem, 'helperMissing');
  });

  for (const name of ['../../evil', 'a b', 'a;b', '/bin/sh', 'a\\b', '$(id)']) {
    it(`starts nothing called ${JSON.stringify(name)}`, async () => {
      await configure({ credsStore: name });
      assert.equal((await problem(ask())).problem, 'helperName');
    });
  }
});
