import type { DeletionAnswer } from '../../src/hub/deletionAnswer';
import type { ReviewedRequest } from '../../src/hub/deletionRequest';
import type { Digest } from '../../src/hub/digest';
import { HubError, type HubErrorFacts, type HubErrorKind } from '../../src/hub/errors';
import type { HubAnswer, ReadOptions } from '../../src/hub/http/http';
import { parseRepositoryRef } from '../../src/hub/names';
import type { ManifestDeletion, ManifestHead } from '../../src/hub/registry/registry';
import { Removal } from '../../src/hub/registry/removal';
import { RemovalPace } from '../../src/hub/registry/removalPace';
import { findingsOf } from '../../src/hub/registry/requestFindings';
import type { Survey } from '../../src/hub/registry/survey';
import { approvedPlan } from './approvedPlan';
import { digestOf } from './images';
import { listedManifest, listedTag, storedManifest, storedPart, surveyOf } from './registryLists';

const repository = parseRepositoryRef('demo/app');
const start = new Date('2026-06-01T00:00:00Z');
const activeFrom = new Date('2026-01-01T00:00:00Z');

const mediaTypes = {
  image: 'application/vnd.docker.distribution.manifest.v2+json',
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  artifact: 'application/vnd.oci.image.manifest.v1+json',
} as const;

/** An image of a {@link RemovalRepository}. Others are named by their seeds. */
export interface RepositoryImage {
  readonly tags?: readonly string[];
  /** Platforms of an index that was read. */
  readonly parts?: readonly string[];
  /** The manifest that it is attached to. */
  readonly subject?: string;
  /** As the lists report it; by default that of an index with platforms, and of an image otherwise. */
  readonly mediaType?: string;
}

/** Images by their seeds. */
export type RepositoryImages = Readonly<Record<string, RepositoryImage>>;

/** What happens instead of, or right before, a request. An error is its answer. */
type Effect = Error | ManifestDeletion | (() => unknown);

/** A failure of a request. */
export function hubError(kind: HubErrorKind, facts: Partial<HubErrorFacts> = {}): HubError {
  return new HubError(kind, { method: 'DELETE', path: '/', ...facts });
}

/** The lists of a repository with these images, which nobody has used for long. */
export function surveyOfImages(images: RepositoryImages): Survey {
  const entries = Object.entries(images).map(([seed, image]) => ({ seed, ...image }));
  const typeOf = ({ parts, subject, mediaType }: RepositoryImage) =>
    mediaType ?? mediaTypes[parts !== undefined ? 'index' : subject !== undefined ? 'artifact' : 'image'];
  const lastPushed = new Date('2025-01-01T00:00:00Z');
  return surveyOf({
    manifests: entries.map((image) =>
      listedManifest(image.seed, { mediaType: typeOf(image), lastPushed, reportsPulls: true }),
    ),
    tags: entries.flatMap((image) =>
      (image.tags ?? []).map((name) =>
        listedTag(name, { digest: digestOf(image.seed), mediaType: typeOf(image) }),
      ),
    ),
    stored: Object.fromEntries(
      entries
        .filter(({ parts, subject }) => parts !== undefined || subject !== undefined)
        .map((image) => [
          image.seed,
          storedManifest({
            mediaType: typeOf(image),
            parts: (image.parts ?? []).map((part) => storedPart(part)),
            subject: image.subject === undefined ? null : digestOf(image.subject),
          }),
        ]),
    ),
  });
}

/** A repository that images are deleted from, without a server. */
export class RemovalRepository {
  /** Every request in its order: `look`, `head 1.0`, `delete tag 1.0`, `delete a`. Images are named by their seeds. */
  readonly requests: string[] = [];
  readonly warnings: string[] = [];
  /** What each of them could be aborted with. */
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly #seeds: ReadonlyMap<string, string>;
  readonly #tags: Map<string, string>;
  readonly #here: Set<string>;
  readonly #effects = new Map<string, Effect[]>();
  #pace: RemovalPace | undefined;
  #now = start;
  #survey: Survey;

  constructor(images: RepositoryImages) {
    this.#survey = surveyOfImages(images);
    this.#here = new Set(Object.keys(images));
    this.#seeds = new Map(Object.keys(images).map((seed) => [digestOf(seed), seed]));
    this.#tags = new Map(
      Object.entries(images).flatMap(([seed, { tags = [] }]) => tags.map((tag) => [tag, seed])),
    );
  }

  /** What happens at the next such requests, one after the other. */
  on(request: string, ...effects: readonly Effect[]): void {
    this.#effects.set(request, [...effects]);
  }

  /** What the next look finds, and the registry says of the tags from now on. */
  change(images: RepositoryImages): void {
    this.#survey = surveyOfImages(images);
    for (const [seed, { tags = [] }] of Object.entries(images)) {
      tags.forEach((tag) => this.#tags.set(tag, seed));
    }
  }

  /** What the registry says, and no look has found. */
  moveTag(tag: string, seed: string | undefined): void {
    if (seed === undefined) {
      this.#tags.delete(tag);
    } else {
      this.#tags.set(tag, seed);
    }
  }

  pass(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }

  /** Everything that a check would find out about these images is approved. */
  approve(...seeds: readonly string[]): ReviewedRequest {
    const digests = seeds.map(digestOf);
    const images = digests.map((digest) => ({
      repository,
      image: this.#survey.image(digest, activeFrom) ?? fail(`no image ${digest}`),
    }));
    const { warnings } = findingsOf({ repository, activeFrom, digests }, this.#survey, { mayDelete: true });
    const lists = { 'demo/app': this.#survey.images(activeFrom) };
    const plan = approvedPlan(images, { warnings, lists, plan: { activeFrom } });
    const [request = fail('no request')] = plan.requests(images.length);
    return { ...request, digests };
  }

  /** Deletes these images, after their approval as they are now. */
  remove(seeds: readonly string[], signal?: AbortSignal): Promise<DeletionAnswer> {
    return this.carryOut(this.approve(...seeds), signal);
  }

  async carryOut(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    const survey = () => this.#survey;
    let known = survey();
    const watch = {
      get survey() {
        return known;
      },
      look: async (given: AbortSignal | undefined) => {
        await this.#send('look', given);
        known = survey();
      },
    };
    const options = {
      http: { delete: (path: string, given: ReadOptions = {}) => this.#deleteTag(path, given.signal) },
      registry: {
        head: (_: unknown, reference: string, given?: AbortSignal) => this.#head(reference, given),
        deleteManifest: (_: unknown, digest: Digest, given?: AbortSignal) =>
          this.#deleteManifest(digest, given),
      },
      log: { warn: (message: string) => void this.warnings.push(message) },
    };
    this.#pace ??= new RemovalPace(() => this.#now, start, request.digests.length);
    return new Removal(options, { watch, pace: this.#pace }, request, signal).run();
  }

  async #send(request: string, signal: AbortSignal | undefined): Promise<ManifestDeletion | undefined> {
    this.requests.push(request);
    this.signals.push(signal);
    await Promise.resolve(); // no answer comes at once
    const effect = this.#effects.get(request)?.shift();
    if (effect instanceof Error) {
      throw effect;
    }
    if (typeof effect !== 'function') {
      return effect;
    }
    await effect();
    return undefined;
  }

  async #head(reference: string, signal: AbortSignal | undefined): Promise<ManifestHead | undefined> {
    const name = this.#seeds.get(reference) ?? reference;
    await this.#send(`head ${name}`, signal);
    const seed = this.#tags.get(name) ?? name;
    return this.#here.has(seed)
      ? { digest: digestOf(seed), mediaType: mediaTypes.image, kind: 'image' }
      : undefined;
  }

  async #deleteTag(path: string, signal: AbortSignal | undefined): Promise<HubAnswer> {
    const [, tag = ''] = /^\/v2\/namespaces\/demo\/repositories\/app\/tags\/(.+)$/.exec(path) ?? [];
    await this.#send(`delete tag ${decodeURIComponent(tag)}`, signal);
    this.#tags.delete(tag);
    return { method: 'DELETE', path, status: 204, body: undefined, headers: { get: () => null } };
  }

  async #deleteManifest(digest: Digest, signal: AbortSignal | undefined): Promise<ManifestDeletion> {
    const seed = this.#seeds.get(digest) ?? fail(`no image ${digest}`);
    const answer = await this.#send(`delete ${seed}`, signal);
    if (answer === undefined) {
      this.#here.delete(seed);
    }
    return answer ?? { kind: 'deleted' };
  }
}

function fail(reason: string): never {
  throw new Error(reason);
}
