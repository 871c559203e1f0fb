/** The editor's secret storage failed. The original error is in `cause`. */
export class SecretStorageError extends Error {
  override readonly name = 'SecretStorageError';
  readonly operation: 'read' | 'store';
  /** In the words of the editor or of the key ring. */
  readonly reason: string;

  constructor(operation: 'read' | 'store', cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`the secret storage could not ${operation}: ${reason}`, { cause });
    this.operation = operation;
    this.reason = reason;
  }
}
