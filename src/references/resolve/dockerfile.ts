import {
  Arg,
  Copy,
  DockerfileParser,
  type Flag,
  From,
  type Instruction,
  Onbuild,
  type ParserDirective,
  Run,
} from 'dockerfile-ast';
import { parseImageReference } from '../imageReference';
import type { Interest } from '../reference';
import { commentUsage } from './comments';
import type { Lines } from './lines';
import { meaningOf } from './meaning';
import { findNames } from './names';
import type { JoinedReference, Range, Region, Structure } from './structure';
import { expand } from './variables';

/** The default of an `ARG` before the first `FROM`. */
interface Default extends Range {
  /** With the defaults before it. */
  readonly value: string;
  readonly hasName: boolean;
  /** The variables in it, which may be where a name stands. */
  readonly variables: readonly string[];
}

type PositionRange = Parameters<Lines['offsetAt']>[0];

/**
 * Reads a Dockerfile. What `FROM $BASE` uses stands in the line of `ARG BASE=…`. Names of stages are no images.
 *
 * @throws The parser cannot read it.
 */
export function readDockerfile(text: string, lines: Lines, interest: Interest): Structure {
  const file = DockerfileParser.parse(text);
  const reader = new DockerfileReader(text, lines, interest);
  for (const arg of file.getInitialARGs()) reader.addDefault(arg);
  for (const directive of file.getDirectives()) {
    reader.addDirective(directive);
  }
  for (const instruction of file.getInstructions()) reader.addInstruction(instruction);
  return reader.structure();
}

class DockerfileReader {
  readonly #text: string;
  readonly #lines: Lines;
  readonly #interest: Interest;
  readonly #defaults = new Map<string, Default>();
  /** In lower case. */
  readonly #stages = new Set(['scratch']);
  readonly #regions = new Map<number, Region>();
  readonly #joined: JoinedReference[] = [];
  readonly #claimed: Range[] = [];
  #directivesEnd = 0;

  constructor(text: string, lines: Lines, interest: Interest) {
    this.#text = text;
    this.#lines = lines;
    this.#interest = interest;
  }

  addDefault(arg: Arg): void {
    for (const property of arg.getProperties()) {
      const range = property.getValueRange();
      const value = property.getValue();
      if (range === null || value === null) continue;
      this.#defaults.set(property.getName(), {
        ...this.#rangeOf(range),
        value: expand(value, this.#lookup).text,
        hasName: this.#hasName(value),
        variables: variablesIn(value),
      });
    }
  }

  addDirective(directive: ParserDirective): void {
    const range = directive.getValueRange();
    this.#directivesEnd = this.#rangeOf(range).end;
    if (directive.getName().toLowerCase() === 'syntax') this.#addImage(range);
  }

  addInstruction(instruction: Instruction): void {
    if (instruction instanceof Onbuild) {
      const trigger = instruction.getTriggerInstruction();
      // a trigger of a trigger is none; the parser would read it again and again
      if (trigger !== null && !(trigger instanceof Onbuild)) this.addInstruction(trigger);
    } else if (instruction instanceof From) {
      this.#addFrom(instruction);
    } else if (instruction instanceof Copy) {
      this.#addFlag(instruction.getFlags().find((flag) => flag.getName() === 'from'));
    } else if (instruction instanceof Run) {
      for (const flag of instruction.getFlags())
        if (flag.getName() === 'mount') this.#addFlag(flag.getOption('from'));
    } else if (instruction instanceof Arg) {
      for (const property of instruction.getProperties()) {
        const range = property.getValueRange();
        if (range !== null) this.#addRegion({ ...this.#rangeOf(range), usage: 'text', isDefault: true });
      }
    }
  }

  structure(): Structure {
    for (const { index, 0: comment } of this.#text.matchAll(/^[ \t]*#.*/gm)) {
      if (index >= this.#directivesEnd)
        this.#addRegion({ start: index, end: index + comment.length, usage: commentUsage(comment) });
    }
    return {
      regions: [...this.#regions.values()],
      joined: this.#joined,
      claimed: this.#claimed,
      elsewhere: 'text',
    };
  }

  readonly #lookup = (name: string): string | undefined => this.#defaults.get(name)?.value;

  #addFrom(from: From): void {
    const range = from.getImageRange();
    const image = from.getImage();
    if (range !== null && image !== null) {
      const places = this.#hasName(image) ? [] : this.#placesOf(image);
      if (places.length === 0) this.#addImage(range);
      else this.#addJoined(image, places);
    }
    const stage = from.getBuildStage();
    if (stage !== null) this.#stages.add(stage.toLowerCase());
  }

  /** The text is that of an image, or of a stage. */
  #addImage(positions: { start: PositionRange; end: PositionRange }): void {
    const range = this.#rangeOf(positions);
    const whole = this.#text.slice(range.start, range.end);
    const isStage = this.#stages.has(whole.toLowerCase()) || /^\d+$/.test(whole);
    this.#addRegion({
      ...range,
      ...(isStage ? { usage: 'none' } : { usage: 'use', lookup: this.#lookup, whole }),
    });
  }

  #addFlag(flag: Pick<Flag, 'getValueRange'> | null | undefined): void {
    const range = flag?.getValueRange() ?? null;
    if (range !== null) this.#addImage(range);
  }

  /** Says of the lines with the name which image they stand for. */
  #addJoined(from: string, places: readonly Range[]): void {
    const { text } = expand(from, this.#lookup);
    const image = parseImageReference(text);
    const meaning = image && meaningOf(image, 'use', true, this.#interest);
    this.#claimed.push(...places);
    if (meaning !== undefined)
      this.#joined.push(...places.map(({ start, end }) => ({ ...meaning, start, end })));
  }

  /** Where the name stands that the variables in the text bring along. */
  #placesOf(text: string): readonly Range[] {
    const names = new Set(variablesIn(text));
    const places: Range[] = [];
    for (const name of names) {
      const found = this.#defaults.get(name);
      if (found?.hasName === true) places.push(found);
      else for (const other of found?.variables ?? []) names.add(other);
    }
    return places;
  }

  #hasName(text: string): boolean {
    return findNames(text, this.#interest).next().done !== true;
  }

  #addRegion(region: Region): void {
    if (!this.#regions.has(region.start)) this.#regions.set(region.start, region);
  }

  #rangeOf({ start, end }: { start: PositionRange; end: PositionRange }): Range {
    const range = { start: this.#lines.offsetAt(start), end: this.#lines.offsetAt(end) };
    const isQuoted = /^(["']).*\1$/s.test(this.#text.slice(range.start, range.end));
    return isQuoted ? { start: range.start + 1, end: range.end - 1 } : range;
  }
}

function variablesIn(text: string): string[] {
  return Array.from(text.matchAll(/\$\{?([A-Za-z_]\w*)/g), ([, name = '']) => name);
}
