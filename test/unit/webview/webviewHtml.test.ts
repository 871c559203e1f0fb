import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { webviewHtml } from '../../../src/webview/webviewHtml';

/** As much of an editor's URI as the page needs. */
function uri(path: string): Uri {
  const made = { path, with: (change: { readonly path: string }) => uri(change.path), toString: () => path };
  return made as unknown as Uri; // the rest is never looked at
}

const source = 'https://*.example.invalid';

function page(title = 'Overview: acme/api', cspSource = source): string {
  return webviewHtml(
    { cspSource, asWebviewUri: (resource) => resource },
    uri('/extension/dist/overview'),
    title,
  );
}

function policyOf(html: string): string {
  return /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
}

describe('the page of a webview', () => {
  it('forbids everything but its own script, style sheet and font', () => {
    assert.match(
      policyOf(page()),
      /^default-src 'none'; script-src 'nonce-[A-Za-z0-9+/]{24}'; style-src https:\/\/\*\.example\.invalid; font-src https:\/\/\*\.example\.invalid$/,
    );
  });

  it('has no script or style of its own, and gives its script the nonce of its policy', () => {
    const html = page();
    const [script, ...others] = html.matchAll(/<script nonce="([^"]+)"([^>]*)>([\s\S]*?)<\/script>/g);
    assert.deepEqual(others, []);
    assert.equal(script?.[2], ' type="module" src="/extension/dist/overview/main.js"');
    assert.equal(script[3], '');
    assert.match(html, /<link rel="stylesheet" href="\/extension\/dist\/overview\/main\.css">/);
    assert.ok(policyOf(html).includes(`'nonce-${String(script[1])}'`));
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/i);
  });

  it('makes a new nonce each time', () => {
    assert.equal(new Set(Array.from({ length: 100 }, () => policyOf(page()))).size, 100);
  });

  it('lets neither a title nor an address break out of its place', () => {
    const hostile = '"></title><script>alert(1)</script>';
    assert.equal([...page(hostile).matchAll(/<script/g)].length, 1);
    assert.equal([...page('x', hostile).matchAll(/<script/g)].length, 1);
  });
});
