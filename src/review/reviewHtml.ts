import { randomBytes } from 'node:crypto';
import type { Uri, Webview } from 'vscode';

/**
 * The page of the review: nothing but its script and style sheet, which alone may be loaded.
 *
 * @param root Folder of the bundle, the only resource root of the webview.
 */
export function reviewHtml(webview: Pick<Webview, 'asWebviewUri' | 'cspSource'>, root: Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const resource = (name: string) =>
    escapeAttribute(webview.asWebviewUri(root.with({ path: `${root.path}/${name}` })).toString());
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Delete images</title>
    <link rel="stylesheet" href="${resource('main.css')}">
    <script nonce="${nonce}" type="module" src="${resource('main.js')}"></script>
  </head>
  <body></body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
