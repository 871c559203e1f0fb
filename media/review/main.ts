import '../webview/base.css';
import '../webview/controls.css';
import '../webview/rows.css';
import './table.css';
import './references.css';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { isToWebview } from '../../src/review/protocol';
import { HostConnection } from '../webview/hostConnection';
import { takePageLanguage } from '../webview/pageLanguage';
import { readPosition } from '../webview/position';
import { ReviewApp } from './reviewApp';

takePageLanguage();
history.scrollRestoration = 'manual'; // the page goes to its row, whose place in pixels may be another one now
customElements.define('hub-review', ReviewApp);
const protocol = { name: 'review', isReceived: isToWebview, readState: readPosition };
document.body.append(new ReviewApp(new HostConnection(acquireVsCodeApi(), protocol)));
