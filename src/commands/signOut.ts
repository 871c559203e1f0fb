import type { Services } from './services';

/** Forgets the token and empties the tree. */
export async function signOut({ connections }: Services): Promise<void> {
  await connections.signOut();
}
