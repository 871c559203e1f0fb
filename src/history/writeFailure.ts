import * as l10n from '@vscode/l10n';

/** Why a file could not be written, in words; both Node's errors and the editor's are understood. */
export function explainWriteFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = `${code} ${error instanceof Error ? error.message : ''}`;
  const found =
    /\b(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR|EMFILE|ENFILE|EIO|NoPermissions|FileNotFound|FileIsADirectory|FileNotADirectory|Unavailable)\b/.exec(
      text,
    )?.[1];
  switch (found) {
    case 'ENOSPC':
      return l10n.t('the disk is full');
    case 'EDQUOT':
      return l10n.t('disk quota exceeded');
    case 'EACCES':
    case 'EPERM':
    case 'NoPermissions':
      return l10n.t('permission denied');
    case 'EROFS':
      return l10n.t('the disk is read-only');
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
    case 'FileNotADirectory':
      return l10n.t('no such file or folder');
    case 'EISDIR':
    case 'FileIsADirectory':
      return l10n.t('it is a folder');
    case 'EMFILE':
    case 'ENFILE':
      return l10n.t('too many files are open');
    case 'EIO':
      return l10n.t('the disk reported an error');
    case 'Unavailable':
      return l10n.t('the file system is not available');
    default:
      return l10n.t('unknown reason; the log may have details');
  }
}
