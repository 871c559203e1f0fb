import { screenshot } from './artifacts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './openWorkbench';

/** What `npm run package` has made. */
export const VSIX = 'hub-images.vsix';

/**
 * One workbench for the tests of a `describe`, with the packaged extension unless told otherwise. A test that fails
 * leaves a screenshot and all logs among the artefacts.
 *
 * @param options A function where they are known only when the tests begin, such as the address of a server.
 * @returns A function that gives the workbench inside a test.
 */
export function useWorkbench(options: WorkbenchOptions | (() => WorkbenchOptions) = {}): () => Workbench {
  let workbench: Workbench | undefined;

  before(async () => {
    const given = typeof options === 'function' ? options() : options;
    workbench = await openWorkbench({ vsix: [VSIX], ...given });
  });

  afterEach(async function () {
    if (workbench === undefined || this.currentTest?.state !== 'failed') return;
    const name = this.currentTest
      .fullTitle()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-');
    await screenshot(workbench.page, `failed-${name}`);
    workbench.keepLogs(name);
  });

  after(() => workbench?.stop());

  return () => {
    if (workbench === undefined) throw new Error('The workbench is open only while tests run');
    return workbench;
  };
}
