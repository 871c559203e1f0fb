import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import { openWorkbench, type Workbench } from '../../workbench/openWorkbench';
import { VSIX } from '../../workbench/useWorkbench';
import { HubAddress } from './hubAddress';
import { resetWorkbench } from './resetWorkbench';

/** A workbench for all tests of one API, and the address of the sandboxes that it talks to. */
export class SharedWorkbench {
  static readonly #shared = new Map<ImageApiKind, Promise<SharedWorkbench>>();
  readonly hub: HubAddress;
  #workbench: Workbench | undefined;
  #isSpoiled = false;

  private constructor(hub: HubAddress) {
    this.hub = hub;
  }

  /** One for each API, because the extension remembers which one a server offers for as long as its window is open. */
  static for(api: ImageApiKind): Promise<SharedWorkbench> {
    let shared = this.#shared.get(api);
    if (shared === undefined) {
      shared = HubAddress.listen().then((hub) => new SharedWorkbench(hub));
      this.#shared.set(api, shared);
    }
    return shared;
  }

  static async closeAll(): Promise<void> {
    for (const shared of this.#shared.values()) await (await shared).#close();
    this.#shared.clear();
  }

  /** The workbench as after a first start: nobody is signed in, nothing is open, no deletion is on record. */
  async renew(): Promise<Workbench> {
    if (this.#isSpoiled || (this.#workbench !== undefined && !(await this.#reset(this.#workbench)))) {
      await this.#closeWorkbench();
    }
    this.#isSpoiled = false;
    this.#workbench ??= await openWorkbench({
      vsix: [VSIX],
      isLean: true,
      settings: { 'hubImages.apiUrl': this.hub.url },
    });
    return this.#workbench;
  }

  /** After a test that failed nobody knows what state the window is in: the next tests get another. */
  spoil(): void {
    this.#isSpoiled = true;
  }

  async #reset(workbench: Workbench): Promise<boolean> {
    try {
      await resetWorkbench(workbench);
      for (const folder of [workbench.globalStorage, workbench.dockerConfig, workbench.workspace])
        empty(folder);
      return true;
    } catch (error) {
      console.error(`A workbench could not be reset, so another one is opened: ${String(error)}`);
      return false;
    }
  }

  async #closeWorkbench(): Promise<void> {
    const workbench = this.#workbench;
    this.#workbench = undefined;
    await workbench?.stop();
  }

  async #close(): Promise<void> {
    await this.#closeWorkbench();
    await this.hub.close();
  }
}

/** The folder itself stays: it may be open. */
function empty(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

// of all files: this module is loaded once, outside any describe
after(() => SharedWorkbench.closeAll());
