import * as vscode from 'vscode';

/** Why a file could not be written, in words; both Node's errors and the editor's are understood. */
export function explainWriteFailure(error: unknown): string {
  const { t } = vscode.l10n;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = `${code} ${error instanceof Error ? error.message : ''}`;
  const found =
    /\b(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR|EMFILE|ENFILE|EIO|NoPermissions|FileNotFound|FileIsADirectory|FileNotADirectory|Unavailable)\b/.exec(
      text,
    )?.[1];
  switch (found) {
    case 'ENOSPC':
      return t('the disk is full');
    case 'EDQUOT':
      return t('your share of the disk is used up');
    case 'EACCES':
    case 'EPERM':
    case 'NoPermissions':
      return t('it may not be written');
    case 'EROFS':
      return t('the disk is read-only');
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
    case 'FileNotADirectory':
      return t('there is no such folder or file');
    case 'EISDIR':
    case 'FileIsADirectory':
      return t('it is a folder');
    case 'EMFILE':
    case 'ENFILE':
      return t('too many files are open');
    case 'EIO':
      return t('the disk has a fault');
    case 'Unavailable':
      return t('its file system cannot be reached');
    default:
      return t('the reason is not known; the log may say more');
  }
}
