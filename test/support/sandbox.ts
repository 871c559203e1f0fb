import { startSandbox, type Exchange, type Sandbox, type SandboxOptions } from '../../src/sandbox/index';
import { loadContract } from './contract';

/** A sandbox that is there while a test runs. */
export interface SandboxFixture {
  /** Of the test that runs now. */
  readonly sandbox: Sandbox;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly world: Sandbox['world'];
  readonly faults: Sandbox['faults'];
  readonly exchanges: readonly Exchange[];
}

/**
 * Call it inside `describe`. Every test gets a fresh sandbox. After the test all of its exchanges are held against
 * the contract, and the sandbox is stopped. A request that is wrong on purpose says so in `offContractHeader`.
 *
 * @param options Made anew for every test, because a world does not outlive one.
 */
export function withSandbox(options: () => SandboxOptions = () => ({})): SandboxFixture {
  let running: Sandbox | undefined;
  let exchanges: Exchange[] = [];
  const current = () => {
    if (running === undefined) {
      throw new Error('the sandbox runs only inside a test');
    }
    return running;
  };

  beforeEach(async () => {
    exchanges = [];
    const started = await startSandbox(options());
    started.onDidExchange((exchange) => exchanges.push(exchange));
    running = started;
  });

  afterEach(async () => {
    const ended = running;
    running = undefined;
    await ended?.stop();
    await assertContract(exchanges);
  });

  return {
    get sandbox() {
      return current();
    },
    get url() {
      return current().url;
    },
    get world() {
      return current().world;
    },
    get faults() {
      return current().faults;
    },
    get exchanges() {
      return current().exchanges;
    },
  };
}

/** @throws {Error} With every departure of the exchanges from the contract. */
export async function assertContract(exchanges: readonly Exchange[]): Promise<void> {
  const contract = await loadContract();
  const violations = exchanges.flatMap((exchange) => contract.violations(exchange));
  if (violations.length > 0) {
    throw new Error(`the contract is not kept:\n${violations.join('\n')}`);
  }
}
