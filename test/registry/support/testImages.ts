import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseDigest, type Digest } from '../../../src/hub/digest';

export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** Some bytes that a registry keeps under their digest. */
export interface Blob {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
}

/** A manifest together with all that it names. */
export interface TestManifest extends Blob {
  /** What an index says of it. */
  readonly entry: {
    readonly platform?: Platform;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly artifactType?: string;
  };
  /** Configuration and layers, or the manifests of an index. */
  readonly parts: readonly (Blob | TestManifest)[];
}

/** @param contents One layer each: the same contents make the same layer. */
export function imageOf(
  contents: readonly string[],
  platform: Platform = { os: 'linux', architecture: 'amd64' },
): TestManifest {
  const tars = contents.map(tarOf);
  const config = blob('application/vnd.oci.image.config.v1+json', {
    ...platform,
    config: {},
    rootfs: { type: 'layers', diff_ids: tars.map(sha256) },
  });
  const layers = tars.map((tar) => keep('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar)));
  return manifestOf(config, layers, { platform });
}

/** What BuildKit adds to an index for one of its images. */
export function attestationOf(image: TestManifest): TestManifest {
  const platform = { os: 'unknown', architecture: 'unknown' };
  const statement = blob('application/vnd.in-toto+json', {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v0.2',
    subject: [{ name: '_', digest: { sha256: image.digest.slice('sha256:'.length) } }],
  });
  const config = blob('application/vnd.oci.image.config.v1+json', {
    ...platform,
    config: {},
    rootfs: { type: 'layers', diff_ids: [statement.digest] },
  });
  return manifestOf(config, [statement], {
    platform,
    annotations: {
      'vnd.docker.reference.digest': image.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
  });
}

/** A signature, SBOM or the like that is about another manifest, by its own word. */
export function referrerOf(subject: Blob, artifactType: string, note: string): TestManifest {
  const config = blob('application/vnd.oci.empty.v1+json', {});
  const payload = blob('application/json', { note });
  const fields = { artifactType, subject: descriptorOf(subject), annotations: { 'test.note': note } };
  const manifest = manifestOf(config, [payload], { annotations: fields.annotations }, fields);
  return { ...manifest, entry: { ...manifest.entry, artifactType } };
}

export function indexOf(...parts: readonly TestManifest[]): TestManifest {
  const manifests = parts.map((part) => ({ ...descriptorOf(part), ...part.entry }));
  return { ...blob(indexType, { schemaVersion: 2, mediaType: indexType, manifests }), entry: {}, parts };
}

/**
 * Writes it as a folder that programs for images read.
 *
 * @see OCI image layout specification
 */
export async function writeLayout(folder: string, top: TestManifest): Promise<void> {
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, manifests: [descriptorOf(top)] }),
  );
  await Promise.all(
    withParts(top).map(({ digest, bytes }) => writeFile(join(folder, 'blobs', ...digest.split(':')), bytes)),
  );
}

/** It and all that it names, those that its parts name included. */
export function withParts(one: Blob | TestManifest): readonly Blob[] {
  return [one, ...('parts' in one ? one.parts.flatMap(withParts) : [])];
}

function manifestOf(
  config: Blob,
  layers: readonly Blob[],
  entry: TestManifest['entry'],
  fields: object = {},
): TestManifest {
  const body = {
    schemaVersion: 2,
    mediaType: imageType,
    config: descriptorOf(config),
    layers: layers.map(descriptorOf),
    ...fields,
  };
  return { ...blob(imageType, body), entry, parts: [config, ...layers] };
}

function descriptorOf({ mediaType, digest, bytes }: Blob) {
  return { mediaType, digest, size: bytes.length };
}

function blob(mediaType: string, value: unknown): Blob {
  return keep(mediaType, Buffer.from(JSON.stringify(value)));
}

function keep(mediaType: string, bytes: Buffer): Blob {
  return { mediaType, digest: parseDigest(sha256(bytes)), bytes };
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * An archive with one small file, `content`.
 *
 * @see POSIX.1-1988, ustar
 */
function tarOf(content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write('content', 0);
  header.write('0000644\0', 100);
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136); // no time: the same content is the same layer
  header.write('        0', 148); // the checksum counts as blanks while it is computed
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}
