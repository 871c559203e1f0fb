import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import type { Exchange, Sandbox, SandboxOptions } from '../../../src/sandbox/index';
import { assertContract } from '../../support/sandbox';
import { changeSettings } from '../../workbench/changeSettings';
import type { Settings } from '../../workbench/dataFolder';
import { keepFailure } from '../../workbench/keepFailure';
import type { Workbench } from '../../workbench/openWorkbench';
import type { HubFixture } from './hub';
import { SharedWorkbench } from './sharedWorkbench';

export interface HubWorkbenchOptions {
  /** Made when the tests begin. It offers the API that the workbench is for. */
  readonly hub?: () => SandboxOptions;
  /** User settings besides the address of the sandbox. */
  readonly settings?: Settings;
}

export interface HubWorkbench {
  readonly hub: HubFixture;
  readonly workbench: () => Workbench;
}

/**
 * A new sandbox, and the workbench that all tests of its API share, for the tests of a `describe`. Faults end with the test
 * that added them. In the end every exchange is held against the contract.
 */
export function useHubWorkbench(
  api: ImageApiKind,
  { hub = () => ({}), settings = {} }: HubWorkbenchOptions = {},
): HubWorkbench {
  const exchanges: Exchange[] = [];
  let current: { readonly sandbox: Sandbox; readonly workbench: Workbench } | undefined;
  const running = () => {
    if (current === undefined) throw new Error('The sandbox runs only while tests run');
    return current;
  };

  before(async () => {
    const shared = await SharedWorkbench.for(api);
    const workbench = await shared.renew();
    const sandbox = await shared.hub.renew(hub());
    sandbox.onDidExchange((exchange) => exchanges.push(exchange));
    current = { sandbox, workbench };
    await changeSettings(workbench, settings);
  });

  afterEach(async function () {
    const { sandbox, workbench } = running();
    if (this.currentTest?.state === 'failed') {
      (await SharedWorkbench.for(api)).spoil();
      const folder = await keepFailure(workbench, this.currentTest);
      writeFileSync(join(folder, 'requests.txt'), exchanges.map(requestLine).join('\n'));
    }
    sandbox.faults.clear();
  });

  after(async () => {
    current = undefined;
    await (await SharedWorkbench.for(api)).hub.release();
    await assertContract(exchanges);
  });

  return {
    hub: {
      get sandbox() {
        return running().sandbox;
      },
      get url() {
        return running().sandbox.url;
      },
      exchanges,
    },
    workbench: () => running().workbench,
  };
}

/** Without bodies and headers, which hold secrets: `12. GET /v2/… → 200`. */
function requestLine({ sequence, method, path, status, faults }: Exchange): string {
  const injected = faults.length === 0 ? '' : ` (fault: ${faults.join(', ')})`;
  return `${sequence}. ${method} ${path} → ${status ?? 'no answer'}${injected}`;
}
