import './base.css';
import './controls.css';
import './table.css';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { HostConnection } from './hostConnection';
import { ReviewApp } from './reviewApp';

customElements.define('hub-review', ReviewApp);
document.body.append(new ReviewApp(new HostConnection(acquireVsCodeApi())));
