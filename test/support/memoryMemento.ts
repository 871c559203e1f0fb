/** What an extension stores in the editor, in memory. */
export class MemoryMemento {
  readonly values = new Map<string, unknown>();

  /** Of the type that the caller has stored. */
  readonly get = (key: string): never => this.values.get(key) as never;

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    return Promise.resolve();
  }
}
