import assert from 'node:assert/strict';
import { registryAddress } from '../../../../src/hub/registry/registryAddress';

function addressOf(origin: string) {
  const { baseUrl, realm, service } = registryAddress(origin);
  return { baseUrl: baseUrl.href, realm: realm.href, service };
}

describe('the registry of a server', () => {
  it('has hosts of its own for Docker Hub', () => {
    assert.deepEqual(addressOf('https://hub.docker.com'), {
      baseUrl: 'https://registry-1.docker.io/',
      realm: 'https://auth.docker.io/token',
      service: 'registry.docker.io',
    });
  });

  it('is at the origin of any other server, so that its secret is sent nowhere else', () => {
    for (const origin of ['https://hub.example', 'http://127.0.0.1:5000', 'http://hub.docker.com']) {
      assert.deepEqual(addressOf(origin), {
        baseUrl: `${origin}/`,
        realm: `${origin}/token`,
        service: 'registry.docker.io',
      });
    }
  });
});
