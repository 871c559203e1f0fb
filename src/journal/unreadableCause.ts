/**
 * Why a file of the journal cannot be read:
 *
 * - `notAFile`: a folder or a device has its name
 * - `brokenLink`: a link to nothing, or to itself
 * - `inUse`: another program keeps it
 * - `diskError`: the disk or its file system reported an error
 * - `tooLarge`: no run is as large
 * - `empty`, `damaged`: it does not begin with a plan
 * - `laterFormat`: a later version of the extension wrote it
 * - `unknown`: the system gave another reason
 */
export type UnreadableCause =
  | 'notAFile'
  | 'brokenLink'
  | 'noPermission'
  | 'inUse'
  | 'diskError'
  | 'tooLarge'
  | 'empty'
  | 'damaged'
  | 'laterFormat'
  | 'unknown';

/** @param code Of the system, such as `EACCES`. */
export function unreadableCause(code: string | undefined): UnreadableCause {
  switch (code) {
    case 'EISDIR':
      return 'notAFile';
    case 'ELOOP':
      return 'brokenLink';
    case 'EACCES':
    case 'EPERM':
      return 'noPermission';
    case 'EBUSY':
      return 'inUse';
    case 'EIO':
      return 'diskError';
    case 'EFBIG':
      return 'tooLarge';
    default:
      return 'unknown';
  }
}
