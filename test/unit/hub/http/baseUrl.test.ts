import assert from 'node:assert/strict';
import { type AddressProblem, parseBaseUrl } from '../../../../src/hub/http/baseUrl';

describe('parseBaseUrl', () => {
  const accepted: [text: string, href: string][] = [
    ['https://hub.docker.com', 'https://hub.docker.com/'],
    ['https://hub.docker.com/', 'https://hub.docker.com/'],
    [' HTTPS://Hub.Docker.Com ', 'https://hub.docker.com/'],
    ['https://proxy.example:8443/hub', 'https://proxy.example:8443/hub'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://127.1.2.3', 'http://127.1.2.3/'],
    ['http://127.1', 'http://127.0.0.1/'],
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['http://[::1]:3000', 'http://[::1]:3000/'],
  ];
  for (const [text, href] of accepted) {
    it(`accepts "${text}"`, () => {
      assert.equal(parseBaseUrl(text).href, href);
    });
  }

  const rejected: [text: string, problem: AddressProblem][] = [
    ['', 'notAnAddress'],
    ['hub.docker.com', 'notAnAddress'],
    ['https://', 'notAnAddress'],
    ['ftp://hub.docker.com', 'notHttps'],
    ['file:///etc/passwd', 'notHttps'],
    ['javascript:alert(1)', 'notHttps'],
    ['http://hub.docker.com', 'httpElsewhere'],
    ['http://127.0.0.1.example.com', 'httpElsewhere'],
    ['http://localhost.example.com', 'httpElsewhere'],
    ['http://128.0.0.1', 'httpElsewhere'],
    ['http://[::2]', 'httpElsewhere'],
    ['http://0.0.0.0', 'httpElsewhere'],
    ['https://me@hub.docker.com', 'hasCredentials'],
    ['https://me:secret@hub.docker.com', 'hasCredentials'],
    ['https://hub.docker.com?x=1', 'hasQuery'],
    ['https://hub.docker.com/?', 'hasQuery'],
    ['https://hub.docker.com/#', 'hasQuery'],
  ];
  for (const [text, problem] of rejected) {
    it(`rejects "${text}"`, () => {
      assert.throws(() => parseBaseUrl(text), { name: 'InvalidAddressError', problem });
    });
  }

  it('does not repeat a password', () => {
    assert.throws(
      () => parseBaseUrl('https://me:secret@hub.docker.com'),
      (error: Error) => !error.message.includes('secret'),
    );
  });
});
