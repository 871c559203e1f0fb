import type { Page } from 'playwright-core';
import { signIn } from '../../test/e2e/support/signIn';
import { VSIX } from '../../test/run/support/packageExtension';
import { openHubImages } from '../../test/workbench/driver';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../test/workbench/openWorkbench';
import { benchAccount } from './benchWorld';

/** Runs the work in a workbench with the packaged extension, signed in to the server, with its view showing. */
export async function withWorkbench<T>(
  url: string,
  work: (workbench: Workbench) => Promise<T>,
  { vsix = [], ...options }: WorkbenchOptions = {},
): Promise<T> {
  const workbench = await openWorkbench({
    vsix: [VSIX, ...vsix],
    settings: { 'hubImages.apiUrl': url },
    ...options,
  });
  try {
    await openHubImages(workbench.page);
    await signIn(workbench.page, benchAccount);
    return await work(workbench);
  } finally {
    await workbench.stop();
  }
}

/** Of rows: a namespace is 1, a repository 2, an image 3. */
export function rowsOfLevel(level: number, siblings: number): string {
  return `.sidebar [role="treeitem"][aria-level="${level}"][aria-setsize="${siblings}"]`;
}

export type { Page };
