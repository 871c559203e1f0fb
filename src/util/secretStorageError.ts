import { plainText } from '../hub/plainText';

/** The editor's secret storage failed. The original error is in `cause`. */
export class SecretStorageError extends Error {
  override readonly name = 'SecretStorageError';
  readonly operation: 'read' | 'store';
  /** In the words of the editor or of the keyring, as one line; `undefined` if there are none. */
  readonly reason: string | undefined;

  constructor(operation: 'read' | 'store', cause: unknown) {
    const reason = plainText(cause instanceof Error ? cause.message : String(cause));
    super(`the secret storage could not ${operation}: ${reason ?? 'no reason was given'}`, { cause });
    this.operation = operation;
    this.reason = reason;
  }
}
