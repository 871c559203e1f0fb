import type {
  EntryKind,
  FolderEntry,
  FolderReader,
  OpenFile,
} from '../../../src/references/find/folderReader';

class GoneError extends Error {}

/** A folder in memory, whose files can be read slowly, or not at all. */
export class MemoryFolder implements FolderReader {
  readonly files = new Map<string, Uint8Array>();
  /** Symbolic links to folders. */
  readonly links = new Set<string>();
  readonly unreadable = new Set<string>();
  /** Files that were opened, in their order. */
  readonly opened: string[] = [];
  /** Called before a file is opened. */
  beforeOpen: (path: string) => Promise<void> | void = () => {};

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    this.files.set(path, new TextEncoder().encode(text));
  }

  list(folder: string): Promise<readonly FolderEntry[]> {
    if (this.unreadable.has(folder)) return Promise.reject(new Error('unreadable'));
    const start = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, EntryKind>();
    for (const path of [...this.files.keys(), ...this.links]) {
      if (!path.startsWith(start)) continue;
      const [name = '', ...rest] = path.slice(start.length).split('/');
      if (rest.length > 0) entries.set(name, 'folder');
      else entries.set(name, this.links.has(path) ? 'folderLink' : 'file');
    }
    if (entries.size === 0 && folder !== '') return Promise.reject(new GoneError());
    return Promise.resolve([...entries].map(([name, kind]) => ({ name, kind })));
  }

  kindOf(path: string): Promise<EntryKind | undefined> {
    if (this.files.has(path)) return Promise.resolve('file');
    if (this.links.has(path)) return Promise.resolve('folderLink');
    const isFolder = [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
    return Promise.resolve(isFolder ? 'folder' : undefined);
  }

  async open(path: string): Promise<OpenFile> {
    this.opened.push(path);
    await this.beforeOpen(path);
    if (this.unreadable.has(path)) throw new Error('unreadable');
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new GoneError();
    return openBytes(bytes);
  }

  isGone(error: unknown): boolean {
    return error instanceof GoneError;
  }
}

function openBytes(bytes: Uint8Array): OpenFile {
  let at = 0;
  return {
    knownSize: undefined,
    size: () => Promise.resolve(bytes.length),
    read: (target) => {
      const piece = bytes.subarray(at, at + target.length);
      target.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length);
    },
    close: () => Promise.resolve(),
  };
}
