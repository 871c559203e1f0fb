import assert from 'node:assert/strict';
import {
  isFromWebview,
  isToWebview,
  type FromWebview,
  type ToWebview,
} from '../../../src/namespaceOverview/protocol';
import { namespaceStateOf, type NamespaceLook } from './namespaceState';
import { WebviewBench, type OpenPage, type PageOptions } from './webviewBench';

export interface OpenNamespaceOptions extends NamespaceLook, PageOptions {}

/** The overview of a namespace in a page, with a host made up by the test. */
export interface OpenNamespace extends OpenPage {
  readonly received: readonly FromWebview[];
  readonly report: (message: ToWebview) => Promise<void>;
}

export class NamespaceBench extends WebviewBench {
  constructor() {
    super({
      bundle: 'namespaceOverview',
      title: 'Overview: acme',
      timezoneId: 'UTC',
      height: 900,
      complaintTypes: ['error', 'warning'],
    });
  }

  async open({ rows, counts, state, ...options }: OpenNamespaceOptions = {}): Promise<OpenNamespace> {
    const received: FromWebview[] = [];
    let report: OpenNamespace['report'] = () => Promise.reject(new Error('no page is open'));
    const opened = await this.openPage(options, (post) => {
      report = async (message) => {
        assert.ok(isToWebview(message), 'the host of the test speaks the protocol');
        await post(message);
      };
      return async (message) => {
        assert.ok(isFromWebview(message), `not a message of the protocol: ${JSON.stringify(message)}`);
        received.push(message);
        if (message.type === 'ready') {
          if (rows !== undefined) await report({ type: 'repositories', rows: [...rows] });
          if (counts !== undefined) await report({ type: 'counts', repositories: [...counts] });
          await report(namespaceStateOf(state));
        }
      };
    });
    await opened.page.getByRole('heading', { level: 1 }).waitFor();
    return { ...opened, received, report };
  }
}
