import type { ImageKey } from '../../../src/hub/deletionRequest';
import { type Approval, type ApprovedRow, checkPlanRecord, warningText } from './approval';
import { imageKeyOf, repositoryOf, shortDigestOf } from './keys';
import { modelActiveFrom } from './modelWorld';
import { isMoment } from './moments';
import type { WorldChange } from './observedWorld';
import type { LoggedExchange, PersonLog, RequestChecks, SentRequest } from './personLog';

/** The body that our own client writes. */
export interface DeletionBody {
  readonly dry_run: boolean;
  readonly active_from: string;
  readonly manifests: readonly { readonly repository: string; readonly digest: string }[];
  readonly ignore_warnings?: readonly {
    readonly repository: string;
    readonly digest: string;
    readonly warning: string;
    readonly tags?: readonly string[];
  }[];
}

/** What holds for the requests of the image-management API. */
export class ManagementChecks implements RequestChecks {
  readonly #log: PersonLog;
  readonly #serverWarnings = new Set<string>();
  /** How often each image was refused with 401 after the last yes, which means that nothing was done. */
  readonly #unauthenticated = new Map<Approval, Map<ImageKey, number>>();

  constructor(log: PersonLog) {
    this.#log = log;
  }

  willSend({ path, query, requestBody }: SentRequest): void {
    const body = requestBody as DeletionBody | undefined; // only our own client writes these bodies
    const activeFrom = body?.active_from ?? query.get('active_from');
    if (activeFrom !== modelActiveFrom.toISOString()) {
      this.#log.violate('display', `a request with active_from ${activeFrom ?? 'missing'}`);
    }
    if (body?.dry_run === false) {
      this.#willDelete(path, body);
    }
  }

  didExchange(exchange: LoggedExchange, changes: readonly WorldChange[]): void {
    this.#noteWarnings(exchange);
    this.#noteRefusal(exchange);
    const removed = changes.flatMap((change) => change.removed);
    if (removed.length > 0) {
      this.#checkRemoval(exchange, removed);
    }
  }

  didAnswer(): void {
    // each request is judged by what was written down before it left
  }

  didDelete(): void {
    // every request is judged when it leaves
  }

  #willDelete(path: string, { manifests, ignore_warnings: ignored = [] }: DeletionBody): void {
    const { approval, acceptances, violate } = this.#log;
    const keys = keysOf(path, { manifests });
    if (approval === undefined) {
      violate('approved', 'a deletion left without a yes');
      return;
    }
    approval.sentRequests += 1;
    for (const key of keys) {
      if (!approval.rows.has(key)) {
        violate('approved', `a deletion left for ${key}, which was not approved`);
      }
      if (approval.sent.has(key)) {
        violate('sending', `${key} was sent for deletion twice after one yes`);
      }
      approval.sent.add(key);
    }
    const texts: string[] = [];
    for (const warning of ignored) {
      const [key] = keysOf(path, { manifests: [warning] });
      const text = warningText(warning);
      texts.push(`${key ?? ''} ${text}`);
      if (
        key === undefined ||
        !acceptances.hasText(key, text) ||
        approval.rows.get(key)?.warnings.includes(text) !== true
      ) {
        violate('approved', `${text} was ignored, and nobody accepted it`);
      }
      if (!this.#serverWarnings.has(JSON.stringify(warning))) {
        violate('approved', `${JSON.stringify(warning)} is not copied as it came`);
      }
    }
    const expected = keys.flatMap((key) =>
      (approval.rows.get(key)?.warnings ?? []).map((text) => `${key} ${text}`),
    );
    if (JSON.stringify(texts.sort()) !== JSON.stringify(expected.sort())) {
      violate('approved', 'a deletion left with other warnings than those that were shown');
    }
    this.#checkFreshDryRun(approval);
    this.#checkRecord(keys, ignored);
    checkPlanRecord(approval, this.#log.journal.lastRun[0], violate);
  }

  /** The request is in the journal, and nothing has happened since. */
  #checkRecord(keys: readonly ImageKey[], ignored: NonNullable<DeletionBody['ignore_warnings']>): void {
    const { lastRun } = this.#log.journal;
    const last = lastRun.at(-1);
    const isRecorded =
      lastRun[0]?.type === 'plan' &&
      last?.type === 'request' &&
      JSON.stringify(last.images) === JSON.stringify(keys) &&
      JSON.stringify(last.ignoredWarnings) === JSON.stringify(ignored);
    const isAllWell = lastRun.every(
      (record) =>
        record.type !== 'answer' ||
        (record.answer.kind === 'completed' && record.answer.metrics.manifestErrors === 0),
    );
    if (!isAllWell) {
      this.#log.violate('sending', 'a deletion left after one that was not carried out in full');
    }
    if (!isRecorded) {
      this.#log.violate('journal', 'a deletion left that is not the last thing in the journal');
    }
  }

  /** Each image was dry-run after the yes and before the first deletion, and an answer came. */
  #checkFreshDryRun(approval: Approval): void {
    const answered = this.answeredDryRuns(({ tick }) => tick > approval.tick);
    if (![...approval.rows.keys()].every((key) => answered.has(key))) {
      this.#log.violate('checked', 'a deletion left without a fresh dry run of the whole plan');
    }
  }

  /** Images that a dry run answered for. */
  answeredDryRuns(isWanted: (exchange: LoggedExchange) => boolean): ReadonlySet<ImageKey> {
    return new Set(
      this.#log.exchanges
        .filter((exchange) => isWanted(exchange) && isMoment({ of: 'dryRun' }, exchange))
        .filter(({ status }) => status === 200 || status === 400)
        .flatMap(({ path, requestBody }) => keysOf(path, requestBody as DeletionBody)), // our own client's
    );
  }

  #noteWarnings({ responseBody }: LoggedExchange): void {
    const details = (responseBody as { errinfo?: { details?: { warnings?: unknown[] } } } | null | undefined)
      ?.errinfo?.details; // what a test's server sent, looked at with care
    if (Array.isArray(details?.warnings)) {
      details.warnings.forEach((warning) => this.#serverWarnings.add(JSON.stringify(warning)));
    }
  }

  /** A request that was refused with 401 may be sent once more. */
  #noteRefusal(exchange: LoggedExchange): void {
    const { approval } = this.#log;
    if (approval === undefined || exchange.status !== 401 || !isMoment({ of: 'delete' }, exchange)) {
      return;
    }
    const counts = this.#unauthenticated.get(approval) ?? new Map<ImageKey, number>();
    this.#unauthenticated.set(approval, counts);
    for (const key of keysOf(exchange.path, exchange.requestBody as DeletionBody)) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count === 1) {
        approval.sent.delete(key);
      }
    }
  }

  #checkRemoval(exchange: LoggedExchange, removed: readonly ImageKey[]): void {
    const { approval, violate } = this.#log;
    if (!isMoment({ of: 'delete' }, exchange) || exchange.requestBody === undefined) {
      violate('approved', `${exchange.method} ${exchange.path} removed ${removed.join()}`);
      return;
    }
    if (approval === undefined) {
      violate('approved', `${removed.join()} was deleted without a yes`);
      return;
    }
    const rows = [...approval.rows.values()].filter(({ key }) => approval.sent.has(key));
    for (const key of removed.filter((each) => !this.#isApproved(each, approval, rows))) {
      if (this.#mayHaveRaced(key, exchange, approval)) {
        this.#log.raced += 1;
      } else {
        violate('approved', `${key} was deleted, which was neither approved nor accepted as collateral`);
      }
    }
  }

  /** Whether it is a row, a child of one, or was shown as deleted along with one that was sent. */
  #isApproved(key: ImageKey, approval: Approval, sent: readonly ApprovedRow[]): boolean {
    const { observed } = this.#log.hub;
    const repository = repositoryOf(key);
    const own = sent.filter((row) => row.repository === repository);
    if (own.some(({ collateral }) => collateral === 'unknown')) {
      return true;
    }
    const shown = own.flatMap(({ collateral }) => (collateral === 'unknown' ? [] : [...collateral]));
    const collateral = observed
      .everSeen()
      .filter((each) => repositoryOf(each) === repository && shown.includes(shortDigestOf(each)));
    return observed.withDependents([...approval.rows.keys(), ...collateral]).has(key);
  }

  /** Whether nobody could know: the repository changed, or was shown wrongly, after the last look at it began. */
  #mayHaveRaced(key: ImageKey, deletion: LoggedExchange, approval: Approval): boolean {
    const repository = repositoryOf(key);
    const looks = this.#log.exchanges.filter(
      (exchange) =>
        exchange.tick > approval.tick &&
        exchange.tick < deletion.tick &&
        isMoment({ of: 'images' }, exchange) &&
        exchange.path.includes(`/repositories/${repository.split('/')[1] ?? ''}/`),
    );
    const last = looks.at(-1);
    return (
      last !== undefined &&
      (this.#log.hub.observed.isChangedSince(last.tick - 1, repository, this.#log.number) ||
        looks.some(({ faults }) => faults.includes('transformBody')))
    );
  }
}

function keysOf(path: string, { manifests }: Pick<DeletionBody, 'manifests'>): readonly ImageKey[] {
  const namespace = path.split('/')[3] ?? '';
  return manifests.map(({ repository, digest }) => imageKeyOf(`${namespace}/${repository}`, digest));
}
