import type { Answer } from '../../answer';
import { sha256Of } from '../../blobStore';
import { dropChildren } from '../../deletion';
import type { SandboxManifest } from '../../manifest';
import { documentOf } from '../../manifestDocument';
import type { CountedPull } from '../../pullLimit';
import type { SandboxRepository } from '../../repository';
import type { Call, Services } from '../../route';
import { readManifest, type UploadedManifest } from '../../uploadedManifest';
import { callerOf, granted } from './grants';
import { digestInvalid, registryError, registryRefusal } from './registryError';

/** Returns the headers of the corresponding GET. It does not count as a pull. */
export function headRegistryManifest(call: Call, services: Services): Answer {
  const answer = showManifest(...findManifest(call, services));
  return withHeaders(answer, services.pulls?.look(callerOf(call, services), call.now));
}

/** Hands out the manifest, which counts as a pull. */
export function getRegistryManifest(call: Call, services: Services): Answer {
  const [repository, manifest] = findManifest(call, services);
  const counted = services.pulls?.count(callerOf(call, services), call.now);
  if (counted?.isRefused === true) {
    return withHeaders(tooManyPulls, counted);
  }
  if (!call.isWithoutEffect) {
    repository.pull(manifest.digest, call.now);
  }
  return withHeaders(showManifest(repository, manifest), counted);
}

const tooManyPulls = registryError(
  429,
  'TOOMANYREQUESTS',
  'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
);

function withHeaders(answer: Answer, counted: CountedPull | undefined): Answer {
  return { ...answer, headers: { ...answer.headers, ...counted?.headers } };
}

/** Takes a manifest, under its digest alone or under a tag too, once everything that it names has been uploaded. */
export function putRegistryManifest(call: Call, services: Services): Answer {
  const repository = granted(call, services, 'push');
  const name = `${repository.namespace}/${repository.name}`;
  const reference = call.params['reference'] ?? '';
  const uploaded = readManifest(call.bytes, call.contentType, (digest) => services.blobs.get(name, digest));
  if (uploaded === undefined) {
    return registryError(400, 'MANIFEST_INVALID', 'manifest invalid');
  }
  const digest = sha256Of(call.bytes);
  const tags = reference.includes(':') ? [] : [reference];
  const refusal = tags.length === 0 && reference !== digest ? digestInvalid : undefined;
  const objection = refusal ?? objectionTo(uploaded, tags, repository, services);
  if (objection !== undefined) {
    return objection;
  }
  if (!call.isWithoutEffect) {
    repository.push({ ...uploaded.push, digest, tags, at: repository.nextTime(call.now) });
  }
  const { subject } = uploaded.push;
  const headers = {
    location: `${call.origin}/v2/${name}/manifests/${digest}`,
    'docker-content-digest': digest,
    ...(subject !== undefined && services.hasReferrers && { 'oci-subject': subject }),
  };
  return { status: 201, headers, body: '' };
}

function objectionTo(
  { push, blobs }: UploadedManifest,
  tags: readonly string[],
  repository: SandboxRepository,
  services: Services,
): Answer | undefined {
  const name = `${repository.namespace}/${repository.name}`;
  const children = (push.children ?? []).map((child) => (typeof child === 'string' ? child : child.digest));
  const missing =
    blobs.find((digest) => services.blobs.get(name, digest) === undefined) ??
    children.find((digest) => repository.get(digest) === undefined);
  if (missing !== undefined) {
    return registryError(400, 'MANIFEST_BLOB_UNKNOWN', 'blob unknown to registry', missing);
  }
  const immutable = tags.find((tag) => repository.isImmutable(tag) && repository.tags.has(tag));
  return immutable === undefined ? undefined : registryError(403, 'DENIED', `tag ${immutable} is immutable`); // only the status of the service is known
}

/** An index takes its children along, unless something else holds them. */
export function deleteRegistryManifest(call: Call, services: Services): Answer {
  const repository = granted(call, services, 'delete');
  const reference = call.params['reference'] ?? '';
  if (!reference.includes(':')) {
    return registryError(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  const manifest = repository.get(reference);
  if (manifest === undefined) {
    return registryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  }
  if (repository.currentTags(manifest).length > 0 || repository.isChild(reference)) {
    return registryError(403, 'DENIED', 'manifest is referenced by other images');
  }
  if (!call.isWithoutEffect) {
    services.lists.noteDeletion(repository, call.now);
    const removed = new Set([reference]);
    dropChildren(repository, removed, services.deletesReferrers);
    repository.remove(removed);
  }
  return { status: 202, body: '' };
}

/** @throws {Refusal} 404: there is no such tag or digest. */
function findManifest(call: Call, services: Services): readonly [SandboxRepository, SandboxManifest] {
  const repository = granted(call, services, 'pull');
  const reference = call.params['reference'] ?? '';
  const manifest = repository.get(repository.tags.get(reference) ?? reference);
  if (manifest === undefined) {
    throw registryRefusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { reference });
  }
  return [repository, manifest];
}

function showManifest(repository: SandboxRepository, manifest: SandboxManifest): Answer {
  const { mediaType, digest } = manifest;
  const headers = { 'content-type': mediaType, 'docker-content-digest': digest };
  return { status: 200, headers, body: documentOf(manifest, repository) };
}
