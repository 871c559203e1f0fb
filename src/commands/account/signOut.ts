import type { Services, Target } from '../../interaction/services';

/** Deletes the stored token of the row's account, or of the current one. Without another account, the tree becomes empty. */
export async function signOut({ connections }: Services, target: Target): Promise<void> {
  const row = target.kind === 'rows' ? target.rows.find(({ kind }) => kind === 'account') : undefined;
  await connections.signOut(row?.kind === 'account' ? row.username : undefined);
}
