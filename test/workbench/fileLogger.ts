/**
 * Takes the place of `@vscode/spdlog` in a workbench from npm, where that native module is not compiled: without it, no log
 * reaches the disk, the output channel of an extension included. It has what the editor uses of the module.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export const version = 0;

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'] as const;

/** One log file. Levels are indexes of their names. */
export class Logger {
  readonly #file: string;
  #level = names.indexOf('info');
  #hasPrefix = true;

  constructor(_kind: string, _name: string, file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
  }

  trace(message: string): void {
    this.#write(0, message);
  }

  debug(message: string): void {
    this.#write(1, message);
  }

  info(message: string): void {
    this.#write(2, message);
  }

  warn(message: string): void {
    this.#write(3, message);
  }

  error(message: string): void {
    this.#write(4, message);
  }

  critical(message: string): void {
    this.#write(5, message);
  }

  getLevel(): number {
    return this.#level;
  }

  setLevel(level: number): void {
    this.#level = level;
  }

  setPattern(): void {
    this.#hasPrefix = true;
  }

  /** The messages bring their time and level along. */
  clearFormatters(): void {
    this.#hasPrefix = false;
  }

  flush(): void {
    // every message is written at once
  }

  drop(): void {
    // no file is held open
  }

  #write(level: number, message: string): void {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const text = this.#hasPrefix ? `${time} [${names[level] ?? ''}] ${message}\n` : message;
    appendFileSync(this.#file, text);
  }
}

export function setLevel(): void {
  // each logger has its own
}

export function setFlushOn(): void {
  // every message is written at once
}

export function createRotatingLogger(name: string, file: string): Promise<Logger> {
  return Promise.resolve(new Logger('rotating', name, file));
}

export const createAsyncRotatingLogger = createRotatingLogger;
