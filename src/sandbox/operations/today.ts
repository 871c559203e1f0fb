import { canSee, mayDeleteTag } from '../access';
import { objectNotFound, ok, Refusal, type Answer } from '../answer';
import { mediaTypeOf } from '../mediaTypes';
import { pageOf, readPageRequest } from '../page';
import { QueryReader } from '../query';
import type { SandboxManifest } from '../manifest';
import type { SandboxRepository } from '../repository';
import type { Call, Services } from '../route';

const insufficientScope: Answer = {
  status: 403,
  body: { message: 'access denied: insufficient scope', errinfo: {} },
};

/** The public service lists no more tags than this, however many there are. */
const listedTagsLimit = 1000;

/** Every manifest, those included that belong to an index. A cursor leads from page to page. */
export function listManifests(call: Call, { world, lists }: Services): Answer {
  const repository = lists.shown(visibleRepository(call, world), 'manifestsMs', call.now);
  const reader = new QueryReader(call.query);
  const pageSize = reader.integer('page_size', { fallback: 10, most: 100 });
  const cursor = reader.text('last_evaluated_key') ?? '';
  reader.assertValid();
  const manifests = [...repository.manifests];
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isSafeInteger(start)) {
    return { status: 400, body: { error: 'invalid last_evaluated_key' } };
  }
  const end = start + pageSize;
  return ok({
    manifests: manifests.slice(start, end).map((manifest) => showManifest(repository, manifest)),
    ...(end < manifests.length && { last_evaluated_key: Buffer.from(`${end}`).toString('base64url') }),
  });
}

/** Newest first for `last_updated`, oldest first for `-last_updated`: the service has it the wrong way round. */
export function listTags(call: Call, { world, lists }: Services): Answer {
  const current = visibleRepository(call, world);
  assertReadsTags(call);
  const repository = lists.shown(current, 'tagsMs', call.now);
  const counted = lists.shown(current, 'countMs', call.now);
  const reader = new QueryReader(call.query);
  const page = readPageRequest(reader);
  const ordering = reader.oneOf('ordering', ['last_updated', '-last_updated']) ?? 'last_updated';
  const part = reader.text('name') ?? '';
  reader.assertValid();
  const sign = ordering === 'last_updated' ? 1 : -1;
  const pushedAt = (digest: string) => repository.get(digest)?.lastPushed?.getTime() ?? 0;
  const isWanted = (name: string) => name.includes(part);
  const tags = [...repository.tags]
    .filter(([name]) => isWanted(name))
    .sort(([a, first], [b, second]) => sign * (pushedAt(second) - pushedAt(first)) || (a < b ? -1 : 1));
  if ((page.page - 1) * page.pageSize >= Math.min(listedTagsLimit, Math.max(1, tags.length))) {
    return objectNotFound;
  }
  const count = [...counted.tags.keys()].filter(isWanted).length;
  return ok(pageOf(tags, page, call, ([name, digest]) => showTag(repository, name, digest), count));
}

export function getTag(call: Call, { world }: Services): Answer {
  const repository = visibleRepository(call, world);
  assertReadsTags(call);
  const name = call.params['tag'] ?? '';
  const digest = repository.tags.get(name);
  return digest === undefined ? objectNotFound : ok(showTag(repository, name, digest));
}

/** Takes the name away; the image stays. */
export function deleteTag(call: Call, { world, lists }: Services): Answer {
  const repository = visibleRepository(call, world);
  const namespace = world.findNamespace(repository.namespace);
  if (!mayDeleteTag(call.user, namespace, repository)) {
    return insufficientScope;
  }
  const name = call.params['tag'] ?? '';
  if (!repository.tags.has(name)) {
    return objectNotFound;
  }
  if (repository.isImmutable(name)) {
    // the words of the service are not known, only its status
    return { status: 403, body: { message: `tag ${name} is immutable`, errinfo: {} } };
  }
  if (!call.isWithoutEffect) {
    lists.noteDeletion(repository, call.now);
    repository.removeTag(name);
  }
  return { status: 204, body: '' };
}

/** @throws {Refusal} 403: a token of an organisation that may not. */
function assertReadsTags({ user }: Call): void {
  if (user?.scopes?.has('scope-tag-read') === false) {
    throw new Refusal(insufficientScope);
  }
}

/** @throws {Refusal} 404: there is none, or it is hidden from the account. */
function visibleRepository({ params, user }: Call, world: Services['world']): SandboxRepository {
  const namespace = world.findNamespace(params['namespace'] ?? '');
  const repository = namespace?.repositories.get(params['repository'] ?? '');
  if (namespace === undefined || repository === undefined || !canSee(user, namespace, repository)) {
    throw new Refusal(objectNotFound);
  }
  return repository;
}

function showManifest(repository: SandboxRepository, manifest: SandboxManifest) {
  const tags = repository.currentTags(manifest);
  return {
    manifest_digest: manifest.digest,
    tags: tags.length === 0 ? null : tags,
    media_type: mediaTypeOf(manifest),
    last_pushed: timeOf(manifest.lastPushed),
    last_pulled: timeOf(manifest.lastPulled),
    total_size: manifest.sizeBytes,
  };
}

function showTag(repository: SandboxRepository, name: string, digest: string) {
  const manifest = repository.get(digest);
  const images = manifest === undefined ? [] : manifest.children.length > 0 ? manifest.children : [digest];
  return {
    name,
    digest: repository.tagsWithoutDigest.has(name) ? null : digest,
    media_type: manifest === undefined ? null : mediaTypeOf(manifest),
    content_type: 'image',
    full_size: manifest?.sizeBytes ?? 0,
    last_updated: timeOf(manifest?.lastPushed),
    tag_status: 'active',
    tag_last_pushed: timeOf(manifest?.lastPushed),
    tag_last_pulled: timeOf(manifest?.lastPulled),
    v2: true,
    images: images.flatMap((image) => {
      const part = repository.get(image);
      return part === undefined ? [] : [showPart(part, !repository.partsWithoutDigest.has(image))];
    }),
  };
}

function showPart(
  { digest, platform, sizeBytes, lastPushed, lastPulled }: SandboxManifest,
  hasDigest: boolean,
) {
  return {
    ...(hasDigest && { digest }),
    architecture: platform.architecture,
    os: platform.os,
    variant: null,
    features: '',
    os_features: '',
    os_version: null,
    size: sizeBytes,
    status: 'active',
    last_pushed: timeOf(lastPushed),
    last_pulled: timeOf(lastPulled),
  };
}

function timeOf(time: Date | undefined): string | null {
  return time?.toISOString() ?? null;
}
