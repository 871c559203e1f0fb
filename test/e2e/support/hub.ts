import {
  startSandbox,
  type Exchange,
  type ExchangeRequest,
  type Sandbox,
  type SandboxOptions,
} from '../../../src/sandbox/index';
import { assertContract } from '../../support/sandbox';

/** A Hub of its own process, which the tests of a `describe` change and look into. */
export interface HubFixture {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** Every exchange since the tests began, oldest first. */
  readonly exchanges: readonly Exchange[];
}

/**
 * A Hub for all tests of a `describe`; call it before `useWorkbench`. Faults end with the test that added them. In the
 * end every exchange is held against the contract.
 *
 * @param options Made when the tests begin.
 */
export function useHub(options: () => SandboxOptions = () => ({})): HubFixture {
  const exchanges: Exchange[] = [];
  let running: Sandbox | undefined;
  const current = () => {
    if (running === undefined) throw new Error('The Hub runs only while tests run');
    return running;
  };

  before(async () => {
    running = await startSandbox(options());
    running.onDidExchange((exchange) => exchanges.push(exchange));
  });

  afterEach(() => {
    running?.faults.clear();
  });

  after(async () => {
    await running?.stop();
    await assertContract(exchanges);
  });

  return {
    get sandbox() {
      return current();
    },
    get url() {
      return current().url;
    },
    exchanges,
  };
}

/** What was sent to delete images, or to check whether they could be. */
export interface SentDeletion {
  readonly dry_run: boolean;
  readonly active_from: string;
  readonly manifests: readonly { readonly repository: string; readonly digest: string }[];
  readonly ignore_warnings?: readonly {
    readonly digest: string;
    readonly warning: string;
    readonly tags?: readonly string[];
  }[];
}

/** Requests of the operation, as they were recorded. */
export function sent(exchanges: readonly Exchange[], operation: Exchange['operation']): readonly Exchange[] {
  return exchanges.filter((exchange) => exchange.operation === operation);
}

/** Bodies of the requests to `delete-images`: dry runs, or those that delete. */
export function deletions(exchanges: readonly Exchange[], dryRun: boolean): readonly SentDeletion[] {
  return sent(exchanges, 'PostNamespacesDeleteImages')
    .map(({ requestBody }) => requestBody as SentDeletion) // the contract holds its shape
    .filter(({ dry_run }) => dry_run === dryRun);
}

/** Whether a request deletes anything, by whichever API. */
export function isDeletion({ method, operation, requestBody }: ExchangeRequest): boolean {
  return (
    method === 'DELETE' ||
    (operation === 'PostNamespacesDeleteImages' && !(requestBody as SentDeletion).dry_run)
  );
}

/** Digests of the images that were sent for deletion by whichever API, each as often as it was sent. */
export function imagesSent(exchanges: readonly Exchange[]): readonly string[] {
  return [
    ...deletions(exchanges, false).flatMap(({ manifests }) => manifests.map(({ digest }) => digest)),
    ...sent(exchanges, 'DeleteRegistryManifest').map(lastOfPath),
  ].sort();
}

/** Tags that were sent for deletion by themselves, each as often as it was sent. */
export function tagsSent(exchanges: readonly Exchange[]): readonly string[] {
  return sent(exchanges, 'DeleteTag').map(lastOfPath).sort();
}

function lastOfPath({ path }: Exchange): string {
  return decodeURIComponent(path.split('/').at(-1) ?? '');
}
