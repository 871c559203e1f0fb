import 'uplot/dist/uPlot.min.css';
import '../review/base.css';
import '../review/controls.css';
import './overview.css';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { HostConnection } from './hostConnection';
import { OverviewApp } from './overviewApp';

customElements.define('hub-overview', OverviewApp);
document.body.append(new OverviewApp(new HostConnection(acquireVsCodeApi())));
