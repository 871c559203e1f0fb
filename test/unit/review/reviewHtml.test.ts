import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { reviewHtml } from '../../../src/review/reviewHtml';

/** As much of an editor's URI as the page needs. */
function uri(path: string): Uri {
  const made = { path, with: (change: { readonly path: string }) => uri(change.path), toString: () => path };
  return made as unknown as Uri; // the rest is never looked at
}

const source = 'https://*.example.invalid';

function page(cspSource = source): string {
  return reviewHtml({ cspSource, asWebviewUri: (resource) => resource }, uri('/extension/dist/review'));
}

function directives(html: string): Readonly<Record<string, string>> {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const space = directive.indexOf(' ');
      return [directive.slice(0, space), directive.slice(space + 1)];
    }),
  );
}

describe('the page of the review', () => {
  it('forbids everything but its own script, style sheet and font', () => {
    const policy = directives(page());
    assert.deepEqual(Object.keys(policy).sort(), ['default-src', 'font-src', 'script-src', 'style-src']);
    assert.equal(policy['default-src'], "'none'");
    assert.equal(policy['style-src'], source);
    assert.equal(policy['font-src'], source);
    assert.match(policy['script-src'] ?? '', /^'nonce-[A-Za-z0-9+/]{24}'$/);
  });

  it('has no script or style of its own and no style attribute', () => {
    const html = page();
    const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    assert.equal(scripts.length, 1);
    assert.equal(scripts[0]?.[2], '');
    assert.match(html, /<script nonce="[^"]+" type="module" src="\/extension\/dist\/review\/main\.js">/);
    assert.match(html, /<link rel="stylesheet" href="\/extension\/dist\/review\/main\.css">/);
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/i);
  });

  it('gives its script the nonce of its policy', () => {
    const html = page();
    const nonce = /<script nonce="([^"]+)"/.exec(html)?.[1];
    assert.equal(directives(html)['script-src'], `'nonce-${String(nonce)}'`);
  });

  it('makes a new nonce each time', () => {
    const nonces = Array.from({ length: 100 }, () => directives(page())['script-src']);
    assert.equal(new Set(nonces).size, 100);
  });

  it('lets no address break out of its attribute', () => {
    const html = page('"><script>alert(1)</script>');
    assert.equal([...html.matchAll(/<script/g)].length, 1);
  });
});
