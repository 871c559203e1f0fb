import type { Page } from 'playwright-core';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import { sandboxAccounts, type FaultTarget, type SandboxOptions } from '../../../src/sandbox/index';
import { screenshot as takeScreenshot } from '../../workbench/artifacts';
import { isDeletion } from './hub';
import type { Account } from './signIn';
import { isTested } from './testedApi';

/** One of the two APIs by which images are seen and deleted: what a step needs to know of it. */
export interface TestedApi {
  readonly kind: ImageApiKind;
  /** A Hub that offers this API, and not the other where it would be preferred. */
  readonly sandbox: SandboxOptions;
  /** May do everything there. */
  readonly account: Account;
  /** Requests that a fault is to meet. */
  readonly on: {
    /** Those that list the images of a repository. */
    readonly list: FaultTarget;
    /** One that nothing but the first dry run of a repository sends. */
    readonly dryRun: FaultTarget;
    /** Those that delete images. */
    readonly delete: FaultTarget;
  };
  /** A picture of the page, under a name of its own for each API. */
  screenshot(page: Page, name: string): Promise<string>;
}

const { demo } = sandboxAccounts;

const management: TestedApi = {
  kind: 'management',
  sandbox: { routes: 'all' },
  account: demo,
  on: {
    list: { operation: 'GetNamespacesRepositoriesImages' },
    dryRun: { operation: 'PostNamespacesDeleteImages' },
    delete: { operation: 'PostNamespacesDeleteImages', when: isDeletion },
  },
  screenshot: takeScreenshot,
};

const registry: TestedApi = {
  kind: 'registry',
  sandbox: { routes: 'today' },
  account: { username: demo.username, password: demo.accessTokens[0] }, // the registry deletes for no password
  on: {
    list: { operation: 'GetManifests' },
    // it lists the repository too, as the tree does; but only a dry run asks what the account may do
    dryRun: { operation: 'GetRegistryToken' },
    delete: { operation: 'DeleteRegistryManifest' },
  },
  screenshot: (page, name) => takeScreenshot(page, `${name}-registry`),
};

const titles: Readonly<Record<ImageApiKind, string>> = {
  management: 'with image management',
  registry: 'with lists and a registry',
};

/** The same steps on each API, as different as the API makes them. */
export function describeOnBothApis(title: string, body: (api: TestedApi) => void): void {
  for (const api of [management, registry]) {
    describeOn(api.kind, title, () => {
      body(api);
    });
  }
}

/** Tests that only one of the APIs has. */
export function describeOn(api: ImageApiKind, title: string, body: () => void): void {
  if (!isTested(api)) return;
  describe(titles[api], () => {
    describe(title, body);
  });
}
