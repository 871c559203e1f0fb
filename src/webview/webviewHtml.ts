import { randomBytes } from 'node:crypto';
import type { Uri, Webview } from 'vscode';
import { currentLanguage } from '../texts/language';
import { translationsName } from './protocol';

/**
 * The page of a webview: its script and style sheet, which alone may be loaded, and the translations of its texts.
 *
 * @param root Folder of the bundles, the only resource root of the webview.
 * @param bundle Name of its script and style sheet.
 */
export function webviewHtml(
  webview: Pick<Webview, 'asWebviewUri' | 'cspSource'>,
  root: Uri,
  bundle: string,
  title: string,
): string {
  const nonce = randomBytes(18).toString('base64');
  const resource = (name: string) =>
    escapeText(webview.asWebviewUri(root.with({ path: `${root.path}/${name}` })).toString());
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  const { tag, translations } = currentLanguage();
  return `<!DOCTYPE html>
<html lang="${escapeText(tag)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeText(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeText(title)}</title>
    <meta name="${translationsName}" content="${escapeText(JSON.stringify(translations ?? {}))}">
    <link rel="stylesheet" href="${resource(`${bundle}.css`)}">
    <script nonce="${nonce}" type="module" src="${resource(`${bundle}.js`)}"></script>
  </head>
  <body></body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
