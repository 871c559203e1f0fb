import { createHash } from 'node:crypto';

/** A digest of the real form for something that has only a name. */
export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}
