import { readFileSync } from 'node:fs';

/**
 * When a process of this machine began, as a text that is the same each time it is read and another for every process that
 * has the same number. Setting the clock does not change it.
 *
 * Linux: the boot, and the clock ticks from it. On other systems, only native code and slow commands can read it, so it is
 * not known there.
 *
 * @param proc The folder in which the system describes its processes.
 * @returns `undefined` where it cannot be read.
 */
export function processStart(pid: number, proc = '/proc'): string | undefined {
  try {
    const boot = readFileSync(`${proc}/sys/kernel/random/boot_id`, 'utf8').trim();
    const stat = readFileSync(`${proc}/${pid}/stat`, 'utf8');
    // the second field is a name in parentheses, which may hold blanks and parentheses; this is field 22
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks !== undefined && /^\d+$/.test(ticks) ? `${boot} ${ticks}` : undefined;
  } catch {
    return undefined;
  }
}
