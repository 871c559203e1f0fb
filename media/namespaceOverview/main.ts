import '../webview/base.css';
import '../webview/controls.css';
import '../webview/rows.css';
import './namespaceOverview.css';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { isToWebview } from '../../src/namespaceOverview/protocol';
import { HostConnection } from '../webview/hostConnection';
import { takePageLanguage } from '../webview/pageLanguage';
import { NamespaceApp } from './namespaceApp';
import { readStoredState } from './storedState';

takePageLanguage();
customElements.define('hub-namespace', NamespaceApp);
const protocol = { name: 'namespace overview', isReceived: isToWebview, readState: readStoredState };
document.body.append(new NamespaceApp(new HostConnection(acquireVsCodeApi(), protocol)));
