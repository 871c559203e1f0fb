import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describeDockerCliError } from '../../../../src/auth/dockerCli/describeDockerCliError';
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
  });

  for (const variable of ['s3cret', '[]', '{"auths":7}', `{"auths":{"${dockerHubKey}":{"auth":"!"}}}`]) {
    it(`reads config.json beside DOCKER_AUTH_CONFIG=${variable}, and says so where that has nothing`, async () => {
      assert.equal((await problem(ask({ DOCKER_AUTH_CONFIG: variable }))).source, 'DOCKER_AUTH_CONFIG');
      await configure(authOf('demo:s3cret'));
      assert.deepEqual(await ask({ DOCKER_AUTH_CONFIG: variable }), demo);
    });
  }

  it('takes no helper from DOCKER_AUTH_CONFIG', async () => {
    const variable = JSON.stringify({ credsStore: 'nowhere', ...authOf('demo:s3cret') });
    assert.deepEqual(await ask({ DOCKER_AUTH_CONFIG: variable }), demo);
  });

  it('reads .docker in the home folder of the environment where DOCKER_CONFIG is empty', async () => {
    await mkdir(join(folder, '.docker'));
    await writeFile(join(folder, '.docker', 'config.json'), JSON.stringify(authOf('demo:s3cret')));
    const home = process.platform === 'win32' ? 'USERPROFILE' : 'HOME';
    assert.deepEqual(await ask({ DOCKER_CONFIG: '', [home]: folder }), demo);
    assert.deepEqual(await ask({ DOCKER_CONFIG: undefined, [home]: folder }), demo);
  });

  for (const encoding of ['utf8', 'utf16le'] as const) {
    it(`reads a file in ${encoding} with a byte order mark`, async () => {
      const json = `\uFEFF${JSON.stringify(authOf('demo:s3cret'))}`;
      await writeFile(join(folder, 'config.json'), json, encoding);
      assert.deepEqual(await ask(), demo);
    });
  }

  it('asks a helper for the other names of Docker Hub that stand in the file, the preferred one first', async () => {
    await install(
      `read -r server\nif test "$server" = docker.io; then echo '${answer}'; else echo 'credentials not found in native keychain'; exit 1; fi`,
    );
    assert.equal((await problem(ask())).problem, 'notSignedIn');
    await configure({ credsStore: 'test', auths: { 'docker.io': {}, 'ghcr.io': {} } });
    assert.deepEqual(await ask(), demo);
  });

  it('starts helpers of Windows in WSL, and those of containers, by their full names', async () => {
    for (const name of ['desktop.exe', 'dev-containers-0123-4567']) {
      await install(`echo '${answer}'`);
      await rename(
        join(folder, 'bin', 'docker-credential-test'),
        join(folder, 'bin', `docker-credential-${name}`),
      );
      await configure({ credsStore: name });
      assert.deepEqual(await ask(), demo);
    }
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

  for (const [script, reason] of [
    ["echo 'cannot open display' >&2; exit 1", 'cannot open display'],
    ["echo 'exec format error' >&2; exit 255", 'exec format error'],
    ['exit 255', 'exit status 255'],
    ['kill -TERM $$', 'signal SIGTERM'],
    [`echo '${answer}'; exit 1`, 'exit status 1'],
    [`printf '{"Username":"demo",\n "Secret":"s3cret"'; exit 1`, 'exit status 1'],
    ["echo 'password: s3cret' >&2; echo 'no bus' >&2; exit 1", 'no bus'],
    [`printf '\\033[31mlocked\\r\\n  store\\033[0m' >&2; exit 2`, '[31mlocked store [0m'],
    ["echo 'credentials: token dckr_pat_abc refused' >&2; exit 1", 'credentials: token … refused'],
  ] as const) {
    it(`names the helper and the reason of ${JSON.stringify(script)}`, async () => {
      await install(script);
      const error = await problem(ask());
      assert.equal(error.problem, 'helperFailed');
      assert.equal(error.source, 'docker-credential-test');
      assert.equal(error.reason, reason);
      assert.ok(
        describeDockerCliError(error).includes(
          `docker-credential-test failed: ${reason.replace(/\.$/, '')}.`,
        ),
      );
    });
  }

  it('shortens a long reason', async () => {
    await install('i=0; while test $i -lt 200; do echo "line $i of many" >&2; i=$((i+1)); done; exit 1');
    const { reason = '' } = await problem(ask());
    assert.match(reason, /^line 0 of many line 1 .*…$/);
    assert.equal(reason.length, 300);
  });

  it('understands that a helper has nothing where it says so on standard error', async () => {
    await install("echo 'credentials not found in native keychain' >&2; exit 1");
    assert.equal((await problem(ask())).problem, 'notSignedIn');
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

  it('says that a helper is missing', async () => {
    await configure({ credsStore: 'nowhere' });
    assert.equal((await problem(ask())).problem, 'helperMissing');
  });

  it('says that a helper is there and cannot be executed', async () => {
    await install('exit 0', 0o644);
    const error = await problem(ask());
    assert.equal(error.problem, 'helperNotStarted');
    assert.equal(error.source, 'docker-credential-test');
    assert.equal(error.reason, 'permission denied (EACCES)');
  });

  it('says that a helper is there and is a chain of links that never ends', async () => {
    await configure({ credsStore: 'test' });
    await symlink('docker-credential-test', join(folder, 'bin', 'docker-credential-test'));
    const error = await problem(ask());
    assert.equal(error.problem, 'helperNotStarted');
    assert.match(error.reason ?? '', /\(ELOOP\)$/);
  });

  for (const name of ['../../evil', 'a b', 'a;b', '/bin/sh', 'a\\b', '$(id)']) {
    it(`starts nothing called ${JSON.stringify(name)}`, async () => {
      await configure({ credsStore: name });
      assert.equal((await problem(ask())).problem, 'helperName');
    });
  }
});
