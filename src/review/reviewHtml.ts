import type { Uri, Webview } from 'vscode';
import { webviewHtml } from '../util/webviewHtml';

/**
 * The page of the review.
 *
 * @param root Folder of the bundle, the only resource root of the webview.
 */
export function reviewHtml(webview: Pick<Webview, 'asWebviewUri' | 'cspSource'>, root: Uri): string {
  return webviewHtml(webview, root, 'Delete images');
}
