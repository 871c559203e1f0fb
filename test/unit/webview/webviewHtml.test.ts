import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { setLanguage } from '../../../src/texts/language';
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
    uri('/extension/dist/webviews'),
    'overview',
    title,
  );
}

function policyOf(html: string): string {
  return /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
}

/** What the browser makes of the value of an attribute. */
function unescaped(value: string): string {
  return value.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function translationsOf(html: string): unknown {
  const [, content = ''] = /<meta name="translations" content="([^"]*)">/.exec(html) ?? [];
  return JSON.parse(unescaped(content));
}

describe('the page of a webview', () => {
  afterEach(() => {
    setLanguage({ tag: 'en', translations: undefined });
  });

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
    assert.equal(script?.[2], ' type="module" src="/extension/dist/webviews/overview.js"');
    assert.equal(script[3], '');
    assert.match(html, /<link rel="stylesheet" href="\/extension\/dist\/webviews\/overview\.css">/);
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

  it('is in the language of the editor, with the translations of its texts', () => {
    const translations = { Close: 'Fermer', '{0} of {1}': '{0} sur {1}' };
    setLanguage({ tag: 'pt-br', translations });
    assert.match(page(), /<html lang="pt-br">/);
    assert.deepEqual(translationsOf(page()), translations);
  });

  it('is English where there are no translations', () => {
    assert.match(page(), /<html lang="en">/);
    assert.deepEqual(translationsOf(page()), {});
  });

  it('lets neither a translation nor the name of a language break out of its place', () => {
    const hostile = `"></head><script>alert('1')</script><!-- &quot;> & \\" \n`;
    const translations = { [hostile]: hostile, Close: `'${hostile}` };
    setLanguage({ tag: hostile, translations });
    const html = page();
    assert.equal([...html.matchAll(/<script/g)].length, 1);
    assert.equal([...html.matchAll(/<meta/g)].length, 4);
    assert.equal(/<html lang="([^"]*)">/.exec(html)?.[1], escaped(hostile));
    assert.deepEqual(translationsOf(html), translations);
  });
});
