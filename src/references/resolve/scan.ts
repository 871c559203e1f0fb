import { parseImageReference } from '../imageReference';
import type { FileReference, Interest } from '../reference';
import { Commands } from './commands';
import { findDigests } from './digests';
import { type ImageToken, readImageToken } from './imageToken';
import { usageBefore } from './keys';
import type { Lines } from './lines';
import { type Meaning, meaningOf } from './meaning';
import { findNames } from './names';
import { findOpenNames, isElsewhere, namespacesIn, openImage, type OpenName } from './openNames';
import { RangeFinder } from './rangeFinder';
import type { Range, Region, Structure, Usage } from './structure';
import { expand, type Lookup } from './variables';
import { parseDigest } from '../../hub/digest';

const nothingKnown: Lookup = () => undefined;
/** Characters of a value that may name an image. */
const wholeLimit = 1_000;
/** Characters before a name that may tell its registry. */
const openReach = 300;

/** Finds the references of a text, with what its format says about it. They are in no particular order. */
export function scan(text: string, lines: Lines, structure: Structure, interest: Interest): FileReference[] {
  const scanner = new Scanner(text, lines, structure, interest);
  scanner.addNames();
  scanner.addWholes();
  for (const { start, end, ...meaning } of structure.joined) scanner.add({ start, end }, meaning);
  scanner.addOpenNames();
  scanner.addDigests();
  return scanner.found;
}

class Scanner {
  readonly found: FileReference[] = [];
  readonly #text: string;
  readonly #lines: Lines;
  readonly #structure: Structure;
  readonly #interest: Interest;
  readonly #regions: RangeFinder<Region>;
  readonly #claimed: RangeFinder<Range>;
  /** Regions that contain a name. */
  readonly #named = new Set<Region>();
  /** Regions whose variables resolve to an image. */
  readonly #resolved = new Set<Region>();
  /** Offsets of the names that have been found. */
  readonly #starts = new Set<number>();
  /** Offsets of digests that belong to a name. */
  readonly #pinned = new Set<number>();
  #commands: { readonly start: number; readonly end: number; readonly commands: Commands } | undefined;

  constructor(text: string, lines: Lines, structure: Structure, interest: Interest) {
    this.#text = text;
    this.#lines = lines;
    this.#structure = structure;
    this.#interest = interest;
    this.#regions = new RangeFinder(structure.regions);
    this.#claimed = new RangeFinder(structure.claimed);
  }

  add({ start, end }: Range, meaning: Meaning): void {
    this.found.push({ ...meaning, ...this.#lines.positionAt(start), length: end - start });
  }

  addNames(): void {
    let done = 0;
    for (const offset of findNames(this.#text, this.#interest)) {
      if (offset < done) continue;
      const region = this.#regions.at(offset);
      if (region !== undefined) this.#named.add(region);
      if (this.#claimed.at(offset) !== undefined) continue;
      const bounds = region === undefined ? this.#lines.rangeAt(offset) : this.#boundsIn(region, offset);
      const token = readImageToken(this.#text, offset, bounds, region?.lookup ?? nothingKnown);
      done = token.end;
      if (token.image !== undefined) this.#addToken(token, region);
    }
  }

  /** Values without a name in them: variables or a short form stand for it. */
  addWholes(): void {
    for (const region of this.#structure.regions) {
      const { whole, lookup = nothingKnown } = region;
      if (whole === undefined || whole.length > wholeLimit || this.#named.has(region)) continue;
      if (this.#claimed.at(region.start) !== undefined) continue;
      const { text, isDefault } = expand(whole, lookup);
      const image = parseImageReference(text);
      const meaning = image && meaningOf(image, region.usage, isDefault, this.#interest);
      if (image !== undefined) this.#resolved.add(region);
      if (image?.digest !== undefined)
        for (const { end } of findDigests(whole)) this.#pinned.add(this.#inside(region, whole).start + end);
      if (meaning !== undefined) this.add(this.#inside(region, whole), meaning);
    }
  }

  addDigests(): void {
    for (const { start, end, encoded } of findDigests(this.#text)) {
      if (this.#pinned.has(end) || this.#claimed.at(start) !== undefined) continue;
      const usage = this.#plainUsage(this.#regions.at(start));
      if (this.#text[start - 1] === '@' && this.#hasName(start)) continue;
      const kind = usage === 'documentation' || usage === 'tooling' ? usage : 'exact';
      const digest = parseDigest(`sha256:${encoded}`);
      this.add({ start, end }, { kind, repository: undefined, tag: undefined, digest });
    }
  }

  /** Names whose namespace is in a variable: its default, or any that stands in the text. */
  addOpenNames(): void {
    let namespaces: readonly string[] | undefined;
    for (const open of findOpenNames(this.#text)) {
      const region = this.#regions.at(open.start);
      const isKnown =
        region !== undefined && (this.#named.has(region) || this.#claimed.at(open.start) !== undefined);
      if (isKnown || (region !== undefined && this.#resolved.has(region))) continue;
      const [start, end] = this.#lines.rangeAt(open.start);
      const token = readImageToken(this.#text, open.start, [start, end], region?.lookup ?? nothingKnown);
      if (token.image !== undefined) {
        // names that stand there as a whole have been found before
        if (token.isDefault && !this.#starts.has(token.start)) this.#addToken(token, region);
        continue;
      }
      namespaces ??= namespacesIn(this.#text, this.#interest);
      this.#addOpenName(open, namespaces, region);
    }
  }

  #addOpenName({ start, name }: OpenName, namespaces: readonly string[], region: Region | undefined): void {
    const [low] = this.#lines.rangeAt(start);
    if (isElsewhere(this.#text.slice(Math.max(low, start - openReach), start))) return;
    for (const namespace of namespaces) {
      const image = openImage(namespace, name);
      this.#addToken({ image, hasScheme: false, isDefault: false, start, end: start + name.length }, region);
    }
  }

  #addToken(token: ImageToken, region: Region | undefined): void {
    if (token.image.digest !== undefined) this.#pinned.add(token.end);
    const usage = this.#usageOf(token, region);
    const isDefault = token.isDefault || region?.isDefault === true || this.#isDefaultOfMake(token);
    const meaning = meaningOf(token.image, usage, isDefault, this.#interest);
    if (meaning === undefined) return;
    this.#starts.add(token.start);
    this.add(token, meaning);
  }

  #usageOf(token: ImageToken, region: Region | undefined): Usage {
    const usage = this.#plainUsage(region);
    if (usage !== 'text' && usage !== 'tagged') return usage;
    const used = this.#commandsAt(token.start).usageOf(token);
    if (used !== undefined) return used;
    if (token.hasScheme) return 'use';
    if (this.#structure.hasKeys === undefined || region !== undefined) return usage;
    return (
      usageBefore(
        this.#text,
        this.#lines.rangeAt(token.start)[0],
        token.start,
        this.#structure.hasKeys === 'unit',
      ) ?? usage
    );
  }

  /** Without what stands around it. */
  #plainUsage(region: Region | undefined): Usage {
    return region?.usage ?? this.#structure.elsewhere;
  }

  /** Of the line, with those that it continues and that continue it. */
  #commandsAt(offset: number): Commands {
    const known = this.#commands;
    if (known !== undefined && offset >= known.start && offset < known.end) return known.commands;
    const [start, end] = this.#lines.continuedAt(this.#text, offset);
    const commands = new Commands(this.#text, { start, end });
    this.#commands = { start, end, commands };
    return commands;
  }

  #isDefaultOfMake({ start }: Range): boolean {
    return /\?=[ \t]{0,20}$/.test(this.#text.slice(Math.max(0, start - 22), start));
  }

  /** A digest behind a name belongs to it, on whatever registry; behind a variable it stands for itself. */
  #hasName(start: number): boolean {
    const [low] = this.#lines.rangeAt(start);
    return readImageToken(this.#text, start, [low, start + 200], nothingKnown).image !== undefined;
  }

  #boundsIn(region: Region, offset: number): readonly [number, number] {
    const [start, end] = this.#lines.rangeAt(offset);
    return [Math.max(start, region.start), Math.min(end, region.end)];
  }

  #inside({ start, end }: Region, whole: string): Range {
    return end - start === whole.length + 2 ? { start: start + 1, end: end - 1 } : { start, end };
  }
}
