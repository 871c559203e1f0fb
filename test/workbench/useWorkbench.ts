import { keepFailure } from './keepFailure';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './openWorkbench';

/** What `npm run package` has made. */
export const VSIX = 'hub-images.vsix';

/**
 * A workbench of their own for the tests of a `describe`, with the packaged extension by default. For tests that
 * need a window of their own: opening one takes longer than most tests.
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
    if (workbench !== undefined && this.currentTest?.state === 'failed') {
      await keepFailure(workbench, this.currentTest);
    }
  });

  after(() => workbench?.stop());

  return () => {
    if (workbench === undefined) throw new Error('The workbench is open only while tests run');
    return workbench;
  };
}
