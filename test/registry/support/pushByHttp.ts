import type { Blob, TestManifest } from './testImages';

/** What is needed to push to a registry without a program of others. */
export interface PushTarget {
  readonly url: string;
  /** A token that allows to pull from and push to the repository. */
  readonly tokenFor: (name: string) => string | Promise<string>;
}

/** Pushes everything that a manifest names, and the manifest by its digest and its tags. It may hold indexes in indexes. */
export async function pushByHttp(
  target: PushTarget,
  name: string,
  manifest: TestManifest,
  ...tags: readonly string[]
): Promise<void> {
  for (const part of manifest.parts) {
    await ('parts' in part ? pushByHttp(target, name, part) : pushBlob(target, name, part));
  }
  await putManifest(target, name, manifest.digest, manifest);
  for (const tag of tags) await putManifest(target, name, tag, manifest);
}

/**
 * Pushes a manifest that is about another one as the specification asks for: where the registry does not confirm the
 * subject, the referrers are listed in an index under a tag named after it.
 *
 * @see OCI distribution specification 1.1, "Pushing Manifests with Subject"
 */
export async function pushReferrer(
  target: PushTarget,
  name: string,
  referrer: TestManifest,
  fallbackIndex: { readonly tag: string; readonly index: TestManifest },
): Promise<void> {
  for (const part of referrer.parts) await pushBlob(target, name, part);
  const { headers } = await putManifest(target, name, referrer.digest, referrer);
  if (!headers.has('oci-subject')) await putManifest(target, name, fallbackIndex.tag, fallbackIndex.index);
}

async function pushBlob(target: PushTarget, name: string, { digest, bytes }: Blob): Promise<void> {
  const begun = await send(target, name, 'blobs/uploads/', { method: 'POST' }, 202);
  const location = new URL(begun.headers.get('location') ?? '', target.url);
  location.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  await send(target, name, location, { method: 'PUT', headers, body: bytes }, 201);
}

function putManifest(
  target: PushTarget,
  name: string,
  reference: string,
  { mediaType, bytes }: Blob,
): Promise<Response> {
  const headers = { 'content-type': mediaType };
  return send(target, name, `manifests/${reference}`, { method: 'PUT', headers, body: bytes }, 201);
}

async function send(
  { url, tokenFor }: PushTarget,
  name: string,
  path: string | URL,
  init: RequestInit,
  expected: number,
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await tokenFor(name)}`);
  const answer = await fetch(new URL(path, `${url}/v2/${name}/`), { ...init, headers });
  if (answer.status !== expected) {
    throw new Error(`${name}: ${path.toString()} was answered with ${answer.status}: ${await answer.text()}`);
  }
  return answer;
}
