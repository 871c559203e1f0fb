import assert from 'node:assert/strict';
import {
  isFromWebview,
  isToWebview,
  type FiguresMessage,
  type FromWebview,
  type StateMessage,
  type ToWebview,
} from '../../../src/overview/protocol';
import { WebviewBench, type OpenPage, type PageOptions } from './webviewBench';

export interface OverviewLook {
  readonly figures?: FiguresMessage;
  readonly state?: Partial<StateMessage>;
}

export interface OpenOverviewOptions extends OverviewLook, PageOptions {}

/** The overview in a page, with a host made up by the test. */
export interface OpenOverview extends OpenPage {
  readonly received: readonly FromWebview[];
  readonly report: (message: ToWebview) => Promise<void>;
}

export class OverviewBench extends WebviewBench {
  constructor() {
    super({
      bundle: 'overview',
      title: 'Overview: acme/api',
      timezoneId: 'America/New_York', // whatever the person's zone, days are those of UTC
      height: 1100,
      complaintTypes: ['error', 'warning'],
    });
  }

  async open({ figures, state, ...options }: OpenOverviewOptions = {}): Promise<OpenOverview> {
    const received: FromWebview[] = [];
    let report: OpenOverview['report'] = () => Promise.reject(new Error('no page is open'));
    const opened = await this.openPage(options, (post) => {
      report = async (message) => {
        assert.ok(isToWebview(message), 'the host of the test speaks the protocol');
        await post(message);
      };
      return async (message) => {
        assert.ok(isFromWebview(message), `not a message of the protocol: ${JSON.stringify(message)}`);
        received.push(message);
        if (message.type === 'ready') {
          if (figures !== undefined) await report(figures);
          await report(stateOf(state));
        }
      };
    });
    await opened.page.getByRole('heading', { level: 1 }).waitFor();
    return { ...opened, received, report };
  }
}

/** A repository that was read; everything else is as the test says. */
export function stateOf(overrides: Partial<StateMessage> = {}): StateMessage {
  return {
    type: 'state',
    title: 'Overview: acme/api',
    phase: 'ready',
    status: 'All images were read.',
    isSandbox: false,
    counts: null,
    progress: null,
    notices: [],
    ...overrides,
  };
}
