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
    const servers = [dockerHubKey];
    assert.deepEqual(read({ auths, credsStore: 'all', credHelpers }), {
      kind: 'helper',
      helper: 'own',
      servers,
    });
    assert.deepEqual(read({ auths, credsStore: 'all' }), { kind: 'helper', helper: 'all', servers });
    assert.deepEqual(read({ credHelpers: { 'ghcr.io': 'other' } }), { kind: 'none' });
  });

  it('never looks at the siblings of the key, nor at other registries', () => {
    const auth = base64('demo:s3cret');
    const others = ['access-token', 'refresh-token'].map((name) => `${dockerHubKey}${name}`);
    for (const key of [
      ...others,
      'https://ghcr.io/',
      'evil.docker.io',
      'docker.io.example',
      'docker.io/team',
    ]) {
      assert.deepEqual(read({ auths: { [key]: { auth } } }), { kind: 'none' }, key);
    }
  });

  const byPreference = [
    dockerHubKey,
    'https://index.docker.io/v1',
    'https://index.docker.io/v2/',
    'https://index.docker.io',
    'http://index.docker.io/v1/',
    'index.docker.io',
    'index.docker.io/v1/',
    'Index.Docker.IO:443',
    'docker.io',
    'https://docker.io/v1/',
    'registry-1.docker.io',
    'https://registry-1.docker.io/v2/',
  ];
  for (const key of byPreference) {
    it(`takes the key ${key} for Docker Hub, in auths and in credHelpers`, () => {
      assert.deepEqual(read({ auths: { [key]: { auth: base64('demo:s3cret') } } }), {
        kind: 'credentials',
        credentials: { username: 'demo', password: 's3cret' },
      });
      assert.deepEqual(read({ credHelpers: { [key]: 'own' }, credsStore: 'all' }), {
        kind: 'helper',
        helper: 'own',
        servers: [...new Set([dockerHubKey, key])],
      });
    });
  }

  it('prefers the key of the Docker CLI, then index.docker.io, docker.io, registry-1.docker.io, in the order of the file', () => {
    const reversed = byPreference.toReversed();
    const auths = Object.fromEntries(reversed.map((key) => [key, { auth: base64(`${key.length}:x`) }]));
    const userOf = (record: object) => {
      const entry = read({ auths: record });
      return entry.kind === 'credentials' ? entry.credentials.username : entry.kind;
    };
    assert.equal(userOf(auths), String(dockerHubKey.length));
    const { 'docker.io': second, 'registry-1.docker.io': third, 'index.docker.io': first } = auths;
    assert.equal(
      userOf({ 'registry-1.docker.io': third, 'docker.io': second, 'index.docker.io': first }),
      '15',
    );
    assert.equal(userOf({ 'registry-1.docker.io': third, 'docker.io': second }), '9');
    assert.deepEqual(read({ auths: { 'registry-1.docker.io': {}, 'docker.io': {} }, credsStore: 'all' }), {
      kind: 'helper',
      helper: 'all',
      servers: [dockerHubKey, 'docker.io', 'registry-1.docker.io'],
    });
  });

  it('goes on to the next key where one has nothing or cannot be used', () => {
    const good = { auth: base64('demo:s3cret') };
    for (const bad of [{}, null, 7, { auth: '!' }, { identitytoken: 'secret-token' }]) {
      const entry = read({ auths: { [dockerHubKey]: bad, 'docker.io': good } });
      assert.equal(entry.kind, 'credentials', JSON.stringify(bad));
    }
  });

  it('reads the file where the helper of Docker Hub has an empty name', () => {
    const auths = { [dockerHubKey]: { auth: base64('demo:s3cret') } };
    const entry = read({ auths, credsStore: 'all', credHelpers: { [dockerHubKey]: '' } });
    assert.equal(entry.kind, 'credentials');
  });

  for (const name of ['credSstore', 'credsstore', 'CREDSSTORE', 'CredsStore']) {
    it(`knows the key ${name}`, () => {
      assert.deepEqual(read({ [name]: 'all' }), { kind: 'helper', helper: 'all', servers: [dockerHubKey] });
    });
  }

  it('does not mind the letter case of any other known key, nor of those below it', () => {
    const entry = { Auth: base64('demo:s3cret') };
    assert.equal(read({ AUTHS: { [dockerHubKey]: entry } }).kind, 'credentials');
    assert.equal(
      read({ Auths: { [dockerHubKey]: { UserName: 'demo', PASSWORD: 's3cret' } } }).kind,
      'credentials',
    );
    assert.equal(read({ credhelpers: { [dockerHubKey]: 'own' } }).kind, 'helper');
    assert.throws(() => read({ auths: { [dockerHubKey]: { IdentityToken: 'x' } } }), DockerCliError);
  });

  it('takes the last of several spellings, and all entries of several objects, as Go does', () => {
    const servers = [dockerHubKey];
    assert.deepEqual(read({ credsStore: 'a', CredsStore: 'b' }), { kind: 'helper', helper: 'b', servers });
    assert.deepEqual(read({ credsStore: 'a', CredsStore: null }), { kind: 'helper', helper: 'a', servers });
    const entry = { auth: base64('demo:s3cret') };
    assert.equal(read({ auths: { [dockerHubKey]: entry }, Auths: { 'ghcr.io': {} } }).kind, 'credentials');
  });

  it('is not confused by keys that JavaScript gives a meaning to', () => {
    const json = `{"__proto__": {"credsStore": "a"}, "constructor": 1, "auths": {"__proto__": {"auth": "x"}}}`;
    assert.deepEqual(readDockerConfig(json, 'config.json'), { kind: 'none' });
  });

  for (const mark of ['\uFEFF', '']) {
    it(`reads a file ${mark === '' ? 'without' : 'with'} a byte order mark, and an empty one`, () => {
      const json = JSON.stringify({ auths: { [dockerHubKey]: { auth: base64('demo:s3cret') } } });
      assert.equal(readDockerConfig(`${mark}${json}\r\n`, 'config.json').kind, 'credentials');
      assert.deepEqual(readDockerConfig(mark, 'config.json'), { kind: 'none' });
      assert.deepEqual(readDockerConfig(`${mark} \n`, 'config.json'), { kind: 'none' });
    });
  }

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
    ['s3cret', 'malformedConfig'],
    ['{"auths": {"s3cret', 'malformedConfig'],
    ['[]', 'malformedConfig'],
    ['{"auths": "s3cret"}', 'malformedConfig'],
    ['{"credsStore": {"s3cret": 1}}', 'malformedConfig'],
    [`{"auths": {"${dockerHubKey}": {"auth": 17}}}`, 'malformedConfig'],
    [`{"auths": {"${dockerHubKey}": {"auth": "${base64('s3cret')}"}}}`, 'malformedConfig'],
    [`{"auths": {"${dockerHubKey}": {"auth": "${base64(':s3cret')}"}}}`, 'malformedConfig'],
  ];
  for (const [json, problem] of malformed) {
    it(`says that ${json} cannot be read, and shows nothing of it`, () => {
      const error = problemOf(json);
      assert.equal(error.problem, problem);
      assert.equal(error.source, 'config.json');
      assert.doesNotMatch(error.message, /s3cret|czNjcmV0/);
    });
  }
});
