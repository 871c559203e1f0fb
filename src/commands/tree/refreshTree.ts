import type { Services, Target } from '../../interaction/services';

/** Reads the contents of the rows again, or everything without rows. */
export async function refreshTree({ tree }: Services, target: Target): Promise<void> {
  if (target.kind === 'palette') {
    await tree.refresh();
    return;
  }
  for (const row of target.rows) {
    await tree.refresh(row);
  }
}
