import assert from 'node:assert/strict';
import { parseBaseUrl } from '../../../../src/hub/http/baseUrl';

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

  const rejected: [text: string, reason: RegExp][] = [
    ['', /such as https:/],
    ['hub.docker.com', /such as https:/],
    ['https://', /such as https:/],
    ['ftp://hub.docker.com', /begin with https:/],
    ['file:///etc/passwd', /begin with https:/],
    ['javascript:alert(1)', /begin with https:/],
    ['http://hub.docker.com', /begin with https:.*this computer/],
    ['http://127.0.0.1.example.com', /begin with https:/],
    ['http://localhost.example.com', /begin with https:/],
    ['http://128.0.0.1', /begin with https:/],
    ['http://[::2]', /begin with https:/],
    ['http://0.0.0.0', /begin with https:/],
    ['https://me@hub.docker.com', /user name or password/],
    ['https://me:secret@hub.docker.com', /user name or password/],
    ['https://hub.docker.com?x=1', /before any \? or #/],
    ['https://hub.docker.com/?', /before any \? or #/],
    ['https://hub.docker.com/#', /before any \? or #/],
  ];
  for (const [text, reason] of rejected) {
    it(`rejects "${text}"`, () => {
      assert.throws(() => parseBaseUrl(text), { name: 'RangeError', message: reason });
    });
  }

  it('does not repeat a password', () => {
    assert.throws(
      () => parseBaseUrl('https://me:secret@hub.docker.com'),
      (error: Error) => !error.message.includes('secret'),
    );
  });
});
