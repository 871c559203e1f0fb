import assert from 'node:assert/strict';
import { DockerCliError, type DockerCliProblem } from '../../../../src/auth/dockerCli/dockerCliError';
import { dockerHubKey, readDockerConfig } from '../../../../src/auth/dockerCli/dockerConfig';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const read = (config: unknown) => readDockerConfig(JSON.stringify(config), 'config.json');
const problemOf = (json: string): DockerCliError => {
  try {
    readDockerConfig(json, 'config.json');
  } catch (error) {
    assert.ok(error instanceof DockerCliError);
    return error;
  }
  assert.fail('it was read');
};

describe('readDockerConfig', () => {
  it('finds credentials of Docker Hub in the file', () => {
    assert.deepEqual(read({ auths: { [dockerHubKey]: { auth: base64('demo:s3cret') } } }), {
      kind: 'credentials',
      credentials: { username: 'demo', password: 's3cret' },
    });
  });

  it('takes what comes after the first colon for the secret', () => {
    const entry = read({ auths: { [dockerHubKey]: { auth: base64('demo:a:b:\0\0') } } });
    assert.deepEqual(entry, { kind: 'credentials', credentials: { username: 'demo', password: 'a:b:' } });
  });

  it('reads the older form, too', () => {
    const entry = read({ auths: { [dockerHubKey]: { username: 'demo', password: 's3cret' } } });
    assert.deepEqual(entry, { kind: 'credentials', credentials: { username: 'demo', password: 's3cret' } });
  });

  it('prefers the helper of Docker Hub to the helper of all registries, and that to the file', () => {
    const auths = { [dockerHubKey]: { auth: base64('demo:old') } };
    const credHelpers = { [dockerHubKey]: 'own', 'ghcr.io': 'other' };
    assert.deepEqual(read({ auths, credsStore: 'all', credHelpers }), { kind: 'helper', helper: 'own' });
    assert.deepEqual(read({ auths, credsStore: 'all' }), { kind: 'helper', helper: 'all' });
    assert.deepEqual(read({ credHelpers: { 'ghcr.io': 'other' } }), { kind: 'none' });
  });

  it('never looks at the siblings of the key, nor at other registries', () => {
    const auth = base64('demo:s3cret');
    const others = ['access-token', 'refresh-token'].map((name) => `${dockerHubKey}${name}`);
    for (const key of [...others, 'docker.io', 'index.docker.io', 'https://ghcr.io/']) {
      assert.deepEqual(read({ auths: { [key]: { auth } } }), { kind: 'none' }, key);
    }
  });

  for (const config of [{}, { auths: null }, { auths: { [dockerHubKey]: {} } }, { credsStore: '' }]) {
    it(`finds nothing in ${JSON.stringify(config)}`, () => {
      assert.deepEqual(read(config), { kind: 'none' });
    });
  }

  it('refuses an identity token', () => {
    const entry = { auth: base64('demo:'), identitytoken: 'secret-token' };
    const error = problemOf(JSON.stringify({ auths: { [dockerHubKey]: entry } }));
    assert.equal(error.problem, 'identityToken');
    assert.doesNotMatch(error.message, /secret-token/);
  });

  const malformed: readonly [json: string, problem: DockerCliProblem][] = [
    ['', 'malformedConfig'],
    ['{"auths": {"s3cret', 'malformedConfig'],
    ['[]', 'malformedConfig'],
    ['{"auths": "s3cret"}', 'malformedConfig'],
    ['{"credsStore": {"s3cret": 1}}', 'malformedConfig'],
    [`{"auths": {"${dockerHubKey}": {"auth": 17}}}`, 'malformedConfig'],
    [`{"auths": {"${dockerHubKey}": {"auth": "${base64('s3cret')}"}}}`, 'malformedConfig'],
    [`{"auths": {"${dockerHubKey}": {"auth": "${base64(':s3cret')}"}}}`, 'malformedConfig'],
  ];
  for (const [json, problem] of malformed) {
    it(`says that ${json === '' ? 'an empty file' : json} cannot be read, and shows nothing of it`, () => {
      const error = problemOf(json);
      assert.equal(error.problem, problem);
      assert.equal(error.source, 'config.json');
      assert.doesNotMatch(error.message, /s3cret|czNjcmV0/);
    });
  }
});
