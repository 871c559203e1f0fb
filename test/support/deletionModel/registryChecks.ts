import type { ImageKey } from '../../../src/hub/deletionRequest';
import { subjectOfTag } from '../../../src/hub/registry/attachmentTag';
import { type Approval, type ApprovedRow, checkPlanRecord } from './approval';
import { digestIn, imageKeyOf, repositoryOf, shortDigestOf } from './keys';
import { isMoment } from './moments';
import type { WorldChange } from './observedWorld';
import {
  type Answered,
  isSuccess,
  type LoggedExchange,
  type PersonLog,
  type RequestChecks,
  type SentRequest,
} from './personLog';
import { SendingOrder } from './sendingOrder';

/** How long what was read last holds while a run deletes: this many milliseconds or images, whichever is less. */
const freshMs = 5_000;
const freshImages = 5;

/** A request that deletes a tag or a manifest. */
interface Removal {
  readonly kind: 'tag' | 'manifest';
  /** `namespace/name` */
  readonly repository: string;
  /** Name of the tag, or digest. */
  readonly target: string;
  readonly tick: number;
}

/** What holds for the requests to today's lists and the registry. */
export class RegistryChecks implements RequestChecks {
  readonly #log: PersonLog;
  /** Manifests that this run has asked to delete, with the tick of each request. */
  readonly #manifestRequests: number[] = [];
  #order: SendingOrder | undefined;
  #orderOf: Approval | undefined;

  constructor(log: PersonLog) {
    this.#log = log;
  }

  willSend(request: SentRequest): void {
    const removal = removalOf(request);
    if (removal === undefined) {
      return;
    }
    const { approval, violate, journal } = this.#log;
    if (approval === undefined) {
      violate('approved', `${request.method} ${request.path} left without a yes`);
      return;
    }
    if (approval.sentRequests === 0) {
      this.#manifestRequests.length = 0;
      this.#checkFreshReading(approval, removal.repository);
      checkPlanRecord(approval, journal.lastRun[0], violate);
    }
    approval.sentRequests += 1;
    this.#orderFor(approval).willSend(request);
    if (journal.lastRun.at(-1)?.type !== 'request') {
      violate('journal', `${request.method} ${request.path} left, and no request is open in the journal`);
    }
    if (removal.kind === 'tag') {
      this.#willDeleteTag(removal, approval);
    } else {
      this.#willDeleteManifest(removal, approval);
      this.#manifestRequests.push(removal.tick);
    }
  }

  didExchange(exchange: LoggedExchange, changes: readonly WorldChange[]): void {
    const { approval, violate } = this.#log;
    const removal = removalOf({ ...exchange, query: new URLSearchParams(exchange.query) });
    for (const { removed, tags } of changes) {
      const lostTags = tags.filter(({ after }) => after === undefined);
      if (removed.length + lostTags.length === 0) {
        continue;
      }
      if (removal === undefined || approval === undefined) {
        const what = [...removed, ...lostTags.map(({ tag }) => tag)].join();
        violate('approved', `${exchange.method} ${exchange.path} deleted ${what}`);
        continue;
      }
      this.#checkRemoved(removal, removed, approval);
      for (const { tag, before = '' } of lostTags) {
        this.#checkLostTag(removal, { tag, image: before }, approval);
      }
    }
  }

  didAnswer(request: SentRequest, answered: Answered): void {
    const { approval } = this.#log;
    if (removalOf(request) !== undefined && approval !== undefined) {
      this.#orderFor(approval).didAnswer(request, answered, this.#isReportedGone(request));
    }
  }

  didDelete(): void {
    this.#orderOf = undefined;
  }

  /**
   * Whether somebody else has deleted it, and the server says so: a missing page is not a missing image. Of a tag that is
   * gone, the registry is asked after any 404.
   */
  #isReportedGone(request: SentRequest): boolean {
    const { method, path } = request;
    const exchange = this.#log.exchanges.findLast((one) => one.method === method && one.path === path);
    const removal = removalOf(request);
    const isTagGone =
      removal?.kind === 'tag' && !this.#log.hub.observed.hasTag(removal.repository, removal.target);
    const saysGone = /MANIFEST_UNKNOWN|object not found/.test(JSON.stringify(exchange?.responseBody));
    return exchange?.status === 404 && (isTagGone || saysGone);
  }

  #orderFor(approval: Approval): SendingOrder {
    if (this.#order === undefined || this.#orderOf !== approval) {
      this.#order = new SendingOrder(this.#log.violate);
      this.#orderOf = approval;
    }
    return this.#order;
  }

  /** The repository was read after the yes and before the first deletion. */
  #checkFreshReading(approval: Approval, repository: string): void {
    const isRead = (of: 'manifests' | 'tags') =>
      this.#readings(of, repository).some(({ tick }) => tick > approval.tick);
    if (!isRead('manifests') && !isRead('tags')) {
      this.#log.violate('checked', 'a deletion left, and the lists were not read again after the yes');
    }
  }

  #willDeleteTag({ repository, target: tag }: Removal, approval: Approval): void {
    const { violate } = this.#log;
    const row = this.#rowOfTag(approval, repository, tag);
    if (row === undefined) {
      const subject = subjectOfTag(tag);
      violate(
        subject !== undefined && this.#stays(imageKeyOf(repository, subject), approval)
          ? 'attachments'
          : 'approved',
        `a request left to delete the tag ${tag}, which was not shown and accepted`,
      );
      return;
    }
    const key = imageKeyOf(repository, row.digest);
    approval.sent.add(key);
    const subject = subjectOfTag(tag);
    if (
      subject !== undefined &&
      !approval.rows.has(key) &&
      this.#log.hub.observed.has(imageKeyOf(repository, subject)) &&
      !this.#hasComeBack(repository, subject)
    ) {
      violate('attachments', `a request left to delete the tag ${tag} before the image that it is about`);
    }
    const head = this.#lastHead(repository, tag);
    if (head === undefined || head.tick < approval.tick) {
      violate('checked', `a request left to delete the tag ${tag}, which was not looked up before`);
    } else if (isSuccess(head) && row.digest !== head.responseHeaders['docker-content-digest']) {
      violate('approved', `a request left to delete the tag ${tag}, though it points to another image`);
    }
  }

  /** Whether somebody has pushed the image again since the registry said that it was gone. */
  #hasComeBack(repository: string, digest: string): boolean {
    const head = this.#lastHead(repository, digest);
    const pushed = this.#log.hub.observed.pushOf(imageKeyOf(repository, digest));
    return head?.status === 404 && pushed !== undefined && pushed.tick > head.tick;
  }

  /** Everything that would go with the manifest was shown, or came too late to be seen. */
  #willDeleteManifest({ repository, target: digest, tick }: Removal, approval: Approval): void {
    const { violate, hub } = this.#log;
    const key = imageKeyOf(repository, digest);
    if (!this.#isShown(key, approval)) {
      violate('approved', `a request left to delete ${key}, which was not shown and accepted`);
      return;
    }
    approval.sent.add(key);
    const accepted = new Set([...approval.rows.values()].flatMap((row) => row.tags));
    for (const tag of hub.observed.tagsOf(key)) {
      const subject = subjectOfTag(tag);
      const goesWithSubject =
        subject !== undefined && this.#isShown(imageKeyOf(repository, subject), approval);
      const since = hub.observed.lastMoveOf(repository, tag);
      const shows = (body: unknown) => showsTagAt(body, tag, digest);
      if (!accepted.has(tag) && !goesWithSubject && !this.#mayBeUnseen(since, tick, repository, tag, shows)) {
        violate('approved', `a request left to delete ${key} with its tag ${tag}, which was not shown`);
      }
    }
    // An image with a tag is wanted for itself: the server refuses to delete it if an index needs it.
    const hadTags = (approval.rows.get(key)?.tags.length ?? 0) > 0;
    for (const index of hadTags ? [] : hub.observed.indexesOf(key)) {
      const since = hub.observed.pushOf(imageKeyOf(repository, index));
      if (
        this.#stays(imageKeyOf(repository, index), approval) &&
        !this.#mayBeUnseen(since, tick, repository, index)
      ) {
        violate('platforms', `a request left to delete ${key}, which the index ${index} needs`);
      }
    }
    const subject = hub.observed.subjectOf(key);
    if (subject !== undefined && this.#stays(imageKeyOf(repository, subject), approval)) {
      const since = hub.observed.pushOf(imageKeyOf(repository, subject));
      if (!this.#mayBeUnseen(since, tick, repository, subject)) {
        violate('attachments', `a request left to delete ${key}, an attachment of ${subject}, which stays`);
      }
    }
  }

  /** Whether nobody could know of a tag or index: no list showed it, and there was no reason to look again. */
  #mayBeUnseen(
    since: WorldChange | undefined,
    sentTick: number,
    repository: string,
    name: string,
    shows = (body: unknown) => JSON.stringify(body).includes(`"${name}"`),
  ): boolean {
    if (since?.by === this.#log.number) {
      return false;
    }
    const after = since?.tick ?? 0;
    const readings = this.#readings('lists', repository).filter(
      ({ tick }) => tick > after && tick <= sentTick,
    );
    if (readings.some(({ responseBody }) => shows(responseBody))) {
      return false;
    }
    const isReadSince = (of: 'manifests' | 'tags') => readings.some((exchange) => isMoment({ of }, exchange));
    const isTag = !name.includes(':');
    if (isReadSince('tags') && (isTag || isReadSince('manifests'))) {
      this.#log.hidden += 1; // the newest tags, which are looked at between two images, lag behind
      return true;
    }
    if (since !== undefined && this.#isUntagged(repository, name) && !isReadSince('manifests')) {
      this.#log.raced += 1; // the newest tags, which are looked at between two images, do not show it
      return true;
    }
    const isRecent =
      since !== undefined &&
      this.#log.hub.clock.now().getTime() - since.atMs <= freshMs &&
      this.#manifestRequests.filter((tick) => tick > since.tick).length <= freshImages;
    this.#log.raced += isRecent ? 1 : 0;
    return isRecent;
  }

  #isUntagged(repository: string, name: string): boolean {
    return name.includes(':') && this.#log.hub.observed.tagsOf(imageKeyOf(repository, name)).length === 0;
  }

  #checkRemoved(removal: Removal, removed: readonly ImageKey[], approval: Approval): void {
    const { observed } = this.#log.hub;
    const target = imageKeyOf(removal.repository, removal.target);
    const row = approval.rows.get(target);
    const isUnknownAccepted = row?.collateral === 'unknown';
    for (const key of removed.filter((each) => !this.#isShown(each, approval))) {
      const isPart = removal.kind === 'manifest' && observed.withDependents([target]).has(key);
      if (isPart && isUnknownAccepted) {
        continue;
      }
      const pushed = observed.pushOf(key);
      if (isPart && this.#hasLostTag(key, target)) {
        this.#log.raced += 1; // a tag kept it when the index was looked at
      } else if (isPart && this.#hasLostIndex(key)) {
        this.#log.raced += 1; // another index kept it when the list of manifests was read
      } else if (
        !isPart ||
        pushed === undefined ||
        !this.#mayBeUnseen(pushed, removal.tick, removal.repository, digestIn(key))
      ) {
        this.#log.violate(
          'approved',
          `${key} was deleted, which was neither approved nor shown as collateral`,
        );
      }
    }
  }

  /**
   * Whether the image, or an index in the deleted one that contains it, has lost its tags after the registry was asked about
   * them for the last time.
   */
  #hasLostTag(key: ImageKey, target: ImageKey): boolean {
    const { observed } = this.#log.hub;
    return [...observed.withDependents([target])].some((each) => {
      const lostTag = each === target ? undefined : observed.lastTagChangeOf(each);
      const holds = each === key || observed.withDependents([each]).has(key);
      const keptAt = this.#lastKeptByTag(each)?.tick;
      return holds && lostTag !== undefined && keptAt !== undefined && lostTag.tick > keptAt;
    });
  }

  /** The last answer of the registry, since the yes, that a tag was at the image. */
  #lastKeptByTag(key: ImageKey): LoggedExchange | undefined {
    const { approval, exchanges } = this.#log;
    return exchanges.findLast(
      ({ method, path, tick, responseHeaders }) =>
        method === 'HEAD' &&
        tick > (approval?.tick ?? 0) &&
        path.includes(`/${repositoryOf(key).split('/')[1] ?? ''}/`) &&
        !path.includes(digestIn(key)) &&
        responseHeaders['docker-content-digest'] === digestIn(key),
    );
  }

  #checkLostTag(
    removal: Removal,
    { tag, image }: { readonly tag: string; readonly image: string },
    approval: Approval,
  ): void {
    const { hub, violate } = this.#log;
    const { repository } = removal;
    const row = this.#rowOfTag(approval, repository, tag, image);
    if (row?.digest === image) {
      return;
    }
    const move = hub.observed.changes
      .filter((change) => change.repository === repository && change.by === 'others')
      .findLast(({ tags }) => tags.some((one) => one.tag === tag && one.after !== undefined));
    const head = this.#lastHead(repository, tag);
    if (row !== undefined && move !== undefined && head !== undefined && move.tick > head.tick) {
      this.#log.raced += 1;
      return;
    }
    violate('approved', `the tag ${tag} of ${image} was deleted, which was not shown and accepted`);
  }

  /** Whether others have deleted an index that contained it, and the last reading of the list of manifests still had that. */
  #hasLostIndex(key: ImageKey): boolean {
    const { observed } = this.#log.hub;
    const lastRead = this.#readings('manifests', repositoryOf(key)).at(-1);
    const wasRead = (index: ImageKey) =>
      JSON.stringify(lastRead?.responseBody).includes(`"${digestIn(index)}"`);
    return observed.changes.some(
      ({ by, tick, removed }) =>
        by !== this.#log.number &&
        removed.some(
          (index) =>
            index !== key &&
            observed.withDependents([index]).has(key) &&
            (tick > (lastRead?.tick ?? 0) || wasRead(index)),
        ),
    );
  }

  /** Whether the image is a row of the approval, or was shown as deleted along with one. */
  #isShown(key: ImageKey, approval: Approval): boolean {
    const own = [...approval.rows.values()].filter((row) => row.repository === repositoryOf(key));
    const short = shortDigestOf(key);
    return (
      approval.rows.has(key) ||
      own.some(({ collateral }) => collateral !== 'unknown' && collateral.has(short))
    );
  }

  #stays(key: ImageKey, approval: Approval): boolean {
    return this.#log.hub.observed.has(key) && !this.#isShown(key, approval);
  }

  /**
   * The row that says that the tag will be deleted, or the image that the tag shows to be an attachment of one.
   *
   * @param digest Where the tag points, or pointed before it was deleted.
   */
  #rowOfTag(
    approval: Approval,
    repository: string,
    tag: string,
    digest = this.#log.hub.observed.imageAt(repository, tag),
  ): Pick<ApprovedRow, 'digest'> | undefined {
    const own = [...approval.rows.values()].filter((row) => row.repository === repository);
    const row = own.find(({ tags }) => tags.includes(tag));
    if (row !== undefined) {
      return row;
    }
    const subject = subjectOfTag(tag);
    const isOfShown =
      subject !== undefined &&
      digest !== undefined &&
      this.#isShown(imageKeyOf(repository, subject), approval) &&
      this.#isShown(imageKeyOf(repository, digest), approval);
    return isOfShown ? { digest } : undefined;
  }

  #lastHead(repository: string, tag: string): LoggedExchange | undefined {
    return this.#log.exchanges.findLast(
      ({ method, path, status }) =>
        method === 'HEAD' &&
        status !== undefined &&
        decodeURIComponent(path) === `/v2/${repository}/manifests/${tag}`,
    );
  }

  /** Answers of the server that show something of the repository. */
  #readings(of: 'manifests' | 'tags' | 'lists', repository: string): readonly LoggedExchange[] {
    return this.#log.exchanges.filter(
      (exchange) =>
        isSuccess(exchange) &&
        exchange.path.includes(`/${repository.split('/')[1] ?? ''}/`) &&
        (of === 'lists'
          ? isMoment({ of: 'manifests' }, exchange) || isMoment({ of: 'tags' }, exchange)
          : isMoment({ of }, exchange)),
    );
  }
}

/** Whether a page of one of the lists has the tag at the image, or without an image. */
function showsTagAt(body: unknown, tag: string, digest: string): boolean {
  const entriesOf = (name: string) => {
    const entries: unknown = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    return Array.isArray(entries) ? (entries as unknown[]).filter(isRecord) : [];
  };
  return (
    entriesOf('results').some(
      (entry) => entry['name'] === tag && [digest, null, undefined].includes(entry['digest'] as string),
    ) ||
    entriesOf('manifests').some(
      ({ manifest_digest: of, tags }) => of === digest && Array.isArray(tags) && tags.includes(tag),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function removalOf(request: SentRequest): Removal | undefined {
  if (request.method !== 'DELETE') {
    return undefined;
  }
  const parts = request.path.split('/').map(decodeURIComponent);
  const target = parts.at(-1) ?? '';
  const { tick } = request;
  if (isMoment({ of: 'deleteTag' }, request)) {
    return { kind: 'tag', repository: `${parts[3] ?? ''}/${parts[5] ?? ''}`, target, tick };
  }
  return isMoment({ of: 'deleteManifest' }, request)
    ? { kind: 'manifest', repository: `${parts[2] ?? ''}/${parts[3] ?? ''}`, target, tick }
    : undefined;
}
