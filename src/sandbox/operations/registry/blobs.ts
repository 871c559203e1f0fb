import type { Answer } from '../../answer';
import type { SandboxRepository } from '../../repository';
import type { Call, Services } from '../../route';
import { granted, isGranted } from './grants';
import { digestInvalid, registryError } from './registryError';

/** Also answers HEAD: the server leaves the body out. */
export function getBlob(call: Call, services: Services): Answer {
  const name = fullNameOf(granted(call, services, 'pull'));
  const digest = call.params['digest'] ?? '';
  const bytes = services.blobs.get(name, digest);
  if (bytes === undefined) {
    return registryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry', digest);
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream', 'docker-content-digest': digest },
    body: bytes,
  };
}

/** Begins an upload, or ends it at once: with the whole blob, or with one that another repository has. */
export function postBlobUpload(call: Call, services: Services): Answer {
  const { blobs } = services;
  const name = fullNameOf(granted(call, services, 'push'));
  const { digest, mount, from } = call.query;
  if (digest !== undefined) {
    return store(call, services, name, digest, call.bytes);
  }
  const shared = mount !== undefined && from !== undefined && sharedBlob(from, mount, call, services);
  return shared ? store(call, services, name, mount, shared) : accepted(call, name, blobs.begin(name), 0);
}

/** Adds bytes to an upload. */
export function patchBlobUpload(call: Call, services: Services): Answer {
  const name = fullNameOf(granted(call, services, 'push'));
  const upload = call.params['upload'] ?? '';
  const sizeBytes = services.blobs.append(name, upload, call.bytes);
  return sizeBytes === undefined ? uploadUnknown : accepted(call, name, upload, sizeBytes);
}

/** Ends an upload, with the last of its bytes or without any. */
export function putBlobUpload(call: Call, services: Services): Answer {
  const name = fullNameOf(granted(call, services, 'push'));
  const upload = call.params['upload'] ?? '';
  if (services.blobs.append(name, upload, call.bytes) === undefined) {
    return uploadUnknown;
  }
  const bytes = services.blobs.end(name, upload) ?? Buffer.alloc(0);
  return store(call, services, name, call.query['digest'] ?? '', bytes);
}

/** Tells how far an upload has come. */
export function getBlobUpload(call: Call, services: Services): Answer {
  const name = fullNameOf(granted(call, services, 'push'));
  const upload = call.params['upload'] ?? '';
  const sizeBytes = services.blobs.append(name, upload, Buffer.alloc(0));
  return sizeBytes === undefined
    ? uploadUnknown
    : { ...accepted(call, name, upload, sizeBytes), status: 204 };
}

export function deleteBlobUpload(call: Call, services: Services): Answer {
  const name = fullNameOf(granted(call, services, 'push'));
  const isThere = services.blobs.end(name, call.params['upload'] ?? '') !== undefined;
  return isThere ? { status: 204, body: '' } : uploadUnknown;
}

const uploadUnknown = registryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');

function store({ origin }: Call, { blobs }: Services, name: string, digest: string, bytes: Buffer): Answer {
  if (!blobs.put(name, digest, bytes)) {
    return digestInvalid;
  }
  const location = `${origin}/v2/${name}/blobs/${digest}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest }, body: '' };
}

/** A blob of another repository, where the caller's token allows to pull from that. */
function sharedBlob(from: string, digest: string, call: Call, services: Services): Buffer | undefined {
  const [namespace = '', repository = ''] = from.split('/');
  const bytes = services.blobs.get(from, digest);
  return bytes && isGranted({ ...call, params: { namespace, repository } }, services, 'pull')
    ? bytes
    : undefined;
}

function fullNameOf({ namespace, name }: SandboxRepository): string {
  return `${namespace}/${name}`;
}

/** A range names the last byte, so that of an upload without any looks as if there were one. */
function accepted({ origin }: Call, name: string, upload: string, sizeBytes: number): Answer {
  const headers = {
    location: `${origin}/v2/${name}/blobs/uploads/${upload}`,
    range: `0-${Math.max(0, sizeBytes - 1)}`,
    'docker-upload-uuid': upload,
  };
  return { status: 202, headers, body: '' };
}
