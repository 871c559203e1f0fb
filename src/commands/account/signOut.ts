import type { Services, Target } from '../../interaction/services';

/** Forgets the token of the account of the row, or of the one in use; without any other, this empties the tree. */
export async function signOut({ connections }: Services, target: Target): Promise<void> {
  const row = target.kind === 'rows' ? target.rows.find(({ kind }) => kind === 'account') : undefined;
  await connections.signOut(row?.kind === 'account' ? row.username : undefined);
}
