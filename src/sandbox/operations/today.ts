import { canSee, mayDeleteTag } from '../access';
import { objectNotFound, ok, Refusal, type Answer } from '../answer';
import { manifestsInOrder } from '../listing';
import { pageOf, readPageRequest } from '../page';
import { QueryReader } from '../query';
import type { IndexEntry, SandboxManifest } from '../manifest';
import type { SandboxRepository } from '../repository';
import type { Call, Services } from '../route';
import { tagOrderings, tagsByTime } from '../tagListing';

const insufficientScope: Answer = {
  status: 403,
  body: { message: 'access denied: insufficient scope', errinfo: {} },
};

/** How many tags may be passed over; what exceeds it is refused to some. */
const tagsOffsetLimit = 1000;

const tooFar: Answer = {
  status: 403,
  body: {
    message: 'pagination offset too large for anonymous requests; sign in to page further',
    errinfo: {},
  },
};

/** Every manifest, those included that belong to an index. A cursor leads from page to page. */
export function listManifests(call: Call, { world, lists }: Services): Answer {
  const repository = lists.shown(visibleRepository(call, world), 'manifestsMs', call.now);
  const reader = new QueryReader(call.query);
  const pageSize = reader.integer('page_size', { fallback: 10, most: 100 });
  const cursor = reader.text('last_evaluated_key') ?? '';
  reader.assertValid();
  const manifests = manifestsInOrder(repository);
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
export function listTags(call: Call, services: Services): Answer {
  const { world, lists } = services;
  const current = visibleRepository(call, world);
  assertReadsTags(call);
  const repository = lists.shown(current, 'tagsMs', call.now);
  const counted = lists.shown(current, 'countMs', call.now);
  const reader = new QueryReader(call.query);
  const page = readPageRequest(reader);
  const ordering = reader.oneOf('ordering', tagOrderings) ?? 'last_updated';
  const part = reader.text('name') ?? '';
  reader.assertValid();
  const offset = (page.page - 1) * page.pageSize;
  if (offset >= tagsOffsetLimit && isLimited(call, services)) {
    return services.tagsLimit === 'everyoneSilently' ? objectNotFound : tooFar;
  }
  const ordered = tagsByTime(repository, ordering);
  const tags = part === '' ? ordered : ordered.filter((name) => name.includes(part));
  if (offset >= Math.max(1, tags.length)) {
    return objectNotFound;
  }
  const count = countTags(counted, part);
  return ok(pageOf(tags, page, call, (name) => showTag(repository, name), count));
}

function isLimited({ user }: Call, { tagsLimit }: Services): boolean {
  return tagsLimit !== 'anonymous' || user === undefined;
}

function countTags({ tags }: SandboxRepository, part: string): number {
  return part === '' ? tags.size : [...tags.keys()].filter((name) => name.includes(part)).length;
}

export function getTag(call: Call, { world }: Services): Answer {
  const repository = visibleRepository(call, world);
  assertReadsTags(call);
  const name = call.params['tag'] ?? '';
  return repository.tags.has(name) ? ok(showTag(repository, name)) : objectNotFound;
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

/** @throws {Refusal} 403: a token of an organization that may not. */
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
    media_type: listedMediaType(repository, manifest),
    last_pushed: timeOf(manifest.lastPushed),
    ...(!repository.listsWithoutPulls.has('manifests') && { last_pulled: timeOf(manifest.lastPulled) }),
    total_size: manifest.sizeBytes,
  };
}

function showTag(repository: SandboxRepository, name: string) {
  const digest = repository.tags.get(name) ?? '';
  const manifest = repository.get(digest);
  return {
    name,
    digest: repository.tagsWithoutDigest.has(name) ? null : digest,
    media_type: manifest === undefined ? null : listedMediaType(repository, manifest),
    content_type: 'image',
    full_size: manifest?.sizeBytes ?? 0,
    last_updated: timeOf(repository.tagUpdatedAt(name)),
    tag_status: 'active',
    tag_last_pushed: timeOf(manifest?.lastPushed),
    ...(!repository.listsWithoutPulls.has('tags') && { tag_last_pulled: timeOf(manifest?.lastPulled) }),
    v2: true,
    images: partsOf(repository, name, manifest).map((entry) => showPart(repository, entry)),
  };
}

/** What the tag's entry names as its images, right or wrong. */
function partsOf(
  repository: SandboxRepository,
  tag: string,
  manifest: SandboxManifest | undefined,
): readonly IndexEntry[] {
  const told = repository.listedParts.get(tag)?.map((digest) => ({ digest }));
  if (told !== undefined || manifest === undefined) {
    return told ?? [];
  }
  const entries = manifest.entries.length > 0 ? manifest.entries : [{ digest: manifest.digest }];
  return entries.filter(({ digest }) => repository.get(digest) && !repository.unlistedParts.has(digest));
}

function showPart(repository: SandboxRepository, entry: IndexEntry) {
  const { digest } = entry;
  const manifest = repository.get(digest);
  const platform = entry.platform ?? manifest?.platform;
  return {
    ...(!repository.partsWithoutDigest.has(digest) && { digest }),
    architecture: platform?.architecture ?? '',
    os: platform?.os ?? '',
    variant: platform?.variant ?? null,
    features: '',
    os_features: '',
    os_version: null,
    size: manifest?.sizeBytes ?? 0,
    status: 'active',
    last_pushed: timeOf(manifest?.lastPushed),
    ...(!repository.listsWithoutPulls.has('parts') && { last_pulled: timeOf(manifest?.lastPulled) }),
  };
}

function listedMediaType(
  { listedMediaTypes }: SandboxRepository,
  { digest, mediaType }: SandboxManifest,
): string | null | undefined {
  return listedMediaTypes.has(digest) ? listedMediaTypes.get(digest) : mediaType;
}

function timeOf(time: Date | undefined): string | null {
  return time?.toISOString() ?? null;
}
