import * as v from 'valibot';
import { finishReasons, type PlanRecord, type RunRecord } from '../hub/deletion/journal';
import { collateralOutcomes, imageOutcomes } from '../hub/deletion/outcome';
import { manifestResults, refusalCauses } from '../hub/deletionAnswer';
import { imageKey, type ImageKey } from '../hub/deletionRequest';
import { type Digest, parseDigest } from '../hub/digest';
import { blockerKinds, type DeletionWarning, warningKinds } from '../hub/findings';
import { parseInstant } from '../hub/instant';
import { parseListedRepositoryName, parseListedRepositoryRef, type RepositoryRef } from '../hub/names';
import { escapeInvisibleJson } from '../util/sanitizeText';
import type { Writer } from './writer';

/** Of the file. A reader leaves files of a later format alone. */
export const formatVersion = 1;

/** What the run was on. The sandbox and all its images are gone when its window is. */
export const serverKinds = ['hub', 'sandbox'] as const;
export type ServerKind = (typeof serverKinds)[number];

/** First line of a run's file. */
export interface RunHeader {
  readonly format: typeof formatVersion;
  readonly server: ServerKind;
  readonly writer: Writer;
  readonly plan: PlanRecord;
}

/** A line further down. */
export interface RunLine {
  readonly record: RunRecord;
  /** Only where the run was resumed: by whom. */
  readonly writer: Writer | undefined;
}

const text = v.string();
const texts = v.array(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const instant = v.pipe(text, v.check(isInstant));
const instantOrNull = v.nullable(instant);
const status = v.picklist(['active', 'inactive', 'unknown']);
const key = v.pipe(text, v.rawTransform(parsed((value) => keyOf(parseImageKey(value)))));
const digest = v.pipe(text, v.rawTransform(parsed(parseDigest)));
const repository = v.pipe(text, v.rawTransform(parsed(parseListedRepositoryName)));

const warning = v.pipe(
  v.object({ repository, digest, warning: v.picklist(warningKinds), tags: v.optional(texts) }),
  v.transform(
    ({ tags, ...rest }): DeletionWarning => (tags === undefined ? rest : { ...rest, tags }), // absent, not undefined
  ),
);
const blocker = v.object({ repository, digest, error: v.picklist(blockerKinds) });
const metrics = v.object({
  manifestDeletes: count,
  manifestErrors: count,
  tagDeletes: count,
  tagErrors: count,
});

const activity = { lastPushed: instantOrNull, lastPulled: instantOrNull, status };
const image = v.object({
  key,
  currentTags: texts,
  historicalTags: texts,
  ...activity,
  acceptedWarnings: v.array(warning),
  acceptedCollateral: v.nullable(v.array(v.object({ key, formerTags: texts, ...activity }))),
  acceptedUses: v.exactOptional(
    v.array(v.object({ path: text, line: count, text, deletedAlong: v.exactOptional(key) })),
  ),
  moreUses: v.exactOptional(count),
});

const search = v.variant('kind', [
  v.object({ kind: v.literal('off') }),
  v.object({ kind: v.literal('skipped') }),
  v.object({ kind: v.literal('searched'), folders: texts, files: count, skippedFiles: count }),
]);

const plan: v.GenericSchema<unknown, PlanRecord> = v.object({
  type: v.literal('plan'),
  at: instant,
  origin: text,
  username: v.nullable(text),
  activeFrom: instant,
  fingerprint: text,
  search: v.exactOptional(search),
  images: v.array(image),
});

const writer: v.GenericSchema<unknown, Writer> = v.object({
  extension: text,
  host: text,
  pid: count,
  instance: text,
  start: v.exactOptional(text),
});

const header: v.GenericSchema<unknown, RunHeader> = v.object({
  format: v.literal(formatVersion),
  server: v.picklist(serverKinds),
  writer,
  plan,
});

const refusal = v.object({
  key,
  cause: v.picklist(refusalCauses),
  tag: v.exactOptional(text),
  removedTags: texts,
});

const record: v.GenericSchema<unknown, RunRecord> = v.variant('type', [
  v.object({
    type: v.literal('request'),
    at: instant,
    number: count,
    images: v.array(key),
    ignoredWarnings: v.array(warning),
  }),
  v.object({
    type: v.literal('answer'),
    at: instant,
    number: count,
    answer: v.variant('kind', [
      v.object({
        kind: v.literal('completed'),
        metrics,
        results: v.exactOptional(v.array(v.object({ key, result: v.picklist(manifestResults) }))),
        refusals: v.exactOptional(v.array(refusal)),
      }),
      v.object({
        kind: v.literal('refused'),
        reason: v.exactOptional(text),
        warnings: v.array(warning),
        blockers: v.array(blocker),
      }),
      v.object({ kind: v.literal('lost'), reason: text }),
      v.object({ kind: v.literal('withdrawn') }),
    ]),
  }),
  v.object({
    type: v.literal('outcomes'),
    at: instant,
    outcomes: v.array(v.object({ key, outcome: v.picklist(imageOutcomes) })),
    collateral: v.exactOptional(v.array(v.object({ key, outcome: v.picklist(collateralOutcomes) }))),
  }),
  v.object({ type: v.literal('resumed'), at: instant }),
  v.object({ type: v.literal('finished'), at: instant, reason: v.exactOptional(v.picklist(finishReasons)) }),
]);

const resumedBy = v.object({ writer });

/** A line with its end. What cannot be seen is escaped, so that the file can be read in any editor. */
export function encodeLine(
  value: RunHeader | RunRecord | (RunRecord & { readonly writer: Writer }),
): Uint8Array {
  return new TextEncoder().encode(`${escapeInvisibleJson(JSON.stringify(value))}\n`);
}

/** @returns `undefined` where it is none of this format. */
export function decodeHeader(line: Uint8Array): RunHeader | undefined {
  return decoded(header, parseLine(line));
}

const anyHeader = v.object({ format: v.number() });
const headerBeginning = new TextEncoder().encode(`{"format":${formatVersion},`);

/** Whether a line is the header of a later format. */
export function isLaterFormat(line: Uint8Array): boolean {
  return (decoded(anyHeader, parseLine(line))?.format ?? 0) > formatVersion;
}

/** Whether a line is the beginning of a header, as a crash leaves it. A damaged disk leaves other bytes, such as zeros. */
export function isHeaderBeginning(line: Uint8Array): boolean {
  return (
    !line.includes(0) && headerBeginning.every((byte, index) => index >= line.length || line[index] === byte)
  );
}

/** @returns `undefined` where it is none of this format. */
export function decodeRunLine(line: Uint8Array): RunLine | undefined {
  const value = parseLine(line);
  const found = decoded(record, value);
  return found && { record: found, writer: decoded(resumedBy, value)?.writer };
}

/** @returns `undefined` where it is none. */
export function decodeWriter(bytes: Uint8Array): Writer | undefined {
  return decoded(writer, parseLine(bytes));
}

/** @throws {RangeError} It is not `namespace/name@digest`. */
export function parseImageKey(value: string): {
  readonly repository: RepositoryRef;
  readonly digest: Digest;
} {
  const at = value.indexOf('@');
  return {
    repository: parseListedRepositoryRef(value.slice(0, Math.max(0, at))),
    digest: parseDigest(value.slice(at + 1)),
  };
}

function keyOf(parts: ReturnType<typeof parseImageKey>): ImageKey {
  return imageKey(parts.repository, parts.digest);
}

function parseLine(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return undefined;
  }
}

function decoded<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** Turns a parser that throws into one that reports. */
function parsed<T>(parse: (value: string) => T) {
  return ({ dataset, addIssue, NEVER }: v.RawTransformContext<string>): T => {
    try {
      return parse(dataset.value);
    } catch {
      addIssue();
      return NEVER;
    }
  };
}

function isInstant(value: string): boolean {
  try {
    return parseInstant(value) !== undefined;
  } catch {
    return false;
  }
}
