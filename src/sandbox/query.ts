import { invalidQuery, Refusal } from './answer';
import { parseTime } from './time';

export type Query = Readonly<Record<string, string>>;

/** Reads a query and collects every objection, so that the answer names them all. */
export class QueryReader {
  readonly #query: Query;
  readonly #objections: Record<string, string[]> = {};

  constructor(query: Query) {
    this.#query = query;
  }

  text(name: string): string | undefined {
    return this.#query[name];
  }

  integer(name: string, { fallback, most }: { readonly fallback: number; readonly most?: number }): number {
    const text = this.#query[name];
    if (text === undefined) {
      return fallback;
    }
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value < 1) {
      this.#object(name, 'Must be an integer of at least 1.');
    } else if (most !== undefined && value > most) {
      this.#object(name, `Must be at most ${most}.`);
    }
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.#query[name];
    const value = values.find((candidate) => candidate === text);
    if (text !== undefined && value === undefined) {
      this.#object(name, `Must be one of ${values.join(', ')}.`);
    }
    return value;
  }

  time(name: string): Date | undefined {
    const text = this.#query[name];
    const time = text === undefined ? undefined : parseTime(text);
    if (text !== undefined && time === undefined) {
      this.#object(name, 'Must be an RFC 3339 time.');
    }
    return time;
  }

  /** @throws {Refusal} 400 with the objections to all values read so far. */
  assertValid(): void {
    if (Object.keys(this.#objections).length > 0) {
      throw new Refusal(invalidQuery(this.#objections));
    }
  }

  #object(name: string, reason: string): void {
    (this.#objections[name] ??= []).push(reason);
  }
}
