import 'uplot/dist/uPlot.min.css';
import '../webview/base.css';
import '../webview/controls.css';
import './overview.css';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { isToWebview } from '../../src/overview/protocol';
import { HostConnection } from '../webview/hostConnection';
import { takePageLanguage } from '../webview/pageLanguage';
import { OverviewApp } from './overviewApp';
import { readStoredState } from './storedState';

takePageLanguage();
customElements.define('hub-overview', OverviewApp);
const protocol = { name: 'overview', isReceived: isToWebview, readState: readStoredState };
document.body.append(new OverviewApp(new HostConnection(acquireVsCodeApi(), protocol)));
