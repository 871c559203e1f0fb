import type { DeletionConfirmation } from '../../../src/hub/deletion/confirmation';
import { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { selectImages } from '../../../src/hub/deletion/imageSelection';
import type { ImageOutcome } from '../../../src/hub/deletion/outcome';
import { type DeletionPlan, planDeletion } from '../../../src/hub/deletion/plan';
import { staleAfterMs } from '../../../src/hub/deletion/reviewAge';
import type { ImageKey } from '../../../src/hub/deletionRequest';
import { HubError } from '../../../src/hub/errors';
import { type AcceptanceKind, acceptanceKinds } from '../../../src/hub/findings';
import { type HubFetch, HubHttp, parseBaseUrl } from '../../../src/hub/http/http';
import { IncompleteInventoryError, readInventory } from '../../../src/hub/listing/inventory';
import { ManagementImageApi } from '../../../src/hub/management/managementImageApi';
import { formatRepository, parseRepositoryRef } from '../../../src/hub/names';
import type { Exchange } from '../../../src/sandbox/index';
import { Acceptances, type Approval, approvalOf, objectionsTo, warningText } from './approval';
import { checkJournal } from './journalChecks';
import { MemoryJournal } from './memoryJournal';
import type { ModelHub } from './modelHub';
import { imagesToChoose, modelActiveFrom, modelUser, repositoryName } from './modelWorld';
import { isMoment, type RequestLike } from './moments';
import type { Decision, PersonSpec } from './scenario';

/** Short, since many a request hangs; over connections long enough for a busy computer. */
const timeoutMs = { direct: 5, overSockets: 200 } as const;
const waitMs = 11 * 60 * 1000;

interface DeletionBody {
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

/** A person with a client and a flow of their own, and everything they were shown and said. */
export class ModelPerson {
  readonly number: number;
  readonly journal: MemoryJournal;
  readonly violations: string[] = [];
  readonly outcomes = new Map<ImageOutcome, number>();
  isPlanned = false;
  /** Images that fell without approval since somebody else changed the repository after the last check. */
  raced = 0;
  /** Dry runs that were completed after they had broken off. */
  continued = 0;
  readonly #spec: PersonSpec;
  readonly #hub: ModelHub;
  readonly #http: HubHttp;
  readonly #api: ManagementImageApi;
  readonly #acceptances = new Acceptances();
  readonly #shownWarnings = new Set<string>();
  readonly #timers = new Set<() => void>();
  readonly #interventions: Map<PersonSpec['interventions'][number], number>;
  #flow: DeletionFlow | undefined;
  #approval: Approval | undefined;
  #approvals = 0;
  /** Requests that left, or were about to. */
  #attempts = 0;
  #decision: Extract<Decision, { kind: 'delete' }> | undefined;
  #verifyingSince: number | undefined;
  #isVerificationTroubled = false;
  /** Exchanges of this person, with the tick after each. */
  readonly #exchanges: (Exchange & { readonly tick: number; readonly atMs: number })[] = [];

  constructor(number: number, spec: PersonSpec, hub: ModelHub) {
    this.number = number;
    this.#spec = spec;
    this.#hub = hub;
    this.journal = new MemoryJournal((record) => spec.diskFullAt.includes(record));
    this.#interventions = new Map(spec.interventions.map((one) => [one, 0]));
    let token = hub.issueToken(number);
    const silent = (): void => undefined;
    this.#http = new HubHttp({
      baseUrl: parseBaseUrl(hub.url),
      accessToken: () => Promise.resolve(token),
      onUnauthenticated: () => {
        token = hub.issueToken(number);
        return Promise.resolve(spec.signsInAgain);
      },
      timeoutMs: () => (hub.sandbox.url === '' ? timeoutMs.direct : timeoutMs.overSockets),
      maxConcurrentRequests: () => 4,
      log: { debug: silent, info: silent, warn: silent },
      now: this.#now,
      delay: (_ms, signal) => (signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve()),
      random: () => 0.5,
      fetch: this.#fetch(hub.fetch),
    });
    this.#api = new ManagementImageApi(this.#http);
  }

  /** Does all that is in the script, then checks what came of it. */
  async act(): Promise<void> {
    try {
      const plan = this.#spec.scope === 'matching' ? await this.#planInactive() : this.#planChosen();
      if (plan !== undefined) {
        this.isPlanned = true;
        await this.#follow(plan);
      }
    } finally {
      this.#flow?.close();
      this.#http.dispose();
    }
    this.violations.push(...checkJournal(this.journal.runs));
  }

  /** Told of each of this person's exchanges, with what it removed. */
  didExchange(exchange: Exchange, tick: number, removed: readonly ImageKey[]): void {
    this.#exchanges.push({ ...exchange, tick, atMs: this.#hub.clock.now().getTime() });
    this.#noteShownWarnings(exchange);
    const isListing = isMoment({ of: 'images' }, exchange) || isMoment({ of: 'summary' }, exchange);
    if (this.#verifyingSince !== undefined && isListing) {
      const isHarmless = exchange.faults.every((kind) => ['latency', 'before', 'wrongClock'].includes(kind));
      this.#isVerificationTroubled ||= exchange.status !== 200 || !isHarmless;
    }
    if (removed.length > 0) {
      this.#checkRemoval(exchange, removed);
    }
  }

  #planChosen(): DeletionPlan | undefined {
    const shown = imagesToChoose(this.#hub.sandbox.world);
    const images = this.#spec.picks.flatMap((pick) => shown[pick % shown.length] ?? []);
    return planDeletion({
      origin: this.#http.origin,
      scope: 'chosen',
      activeFrom: modelActiveFrom,
      images,
    });
  }

  /** As the command does; there is no plan where the inventory was not complete. */
  async #planInactive(): Promise<DeletionPlan | undefined> {
    const [pick = 0] = this.#spec.picks;
    const repository = parseRepositoryRef(repositoryName(pick % this.#hub.repositoryCount));
    const { pageSize } = this.#spec;
    const since = this.#hub.observed.tick;
    try {
      const inventory = await readInventory(this.#api, repository, { activeFrom: modelActiveFrom, pageSize });
      const { selected: inactive } = selectImages(inventory, { status: 'inactive' }, this.#now());
      this.#checkInventory(inventory, inactive, since);
      return inactive.length === 0
        ? undefined
        : planDeletion({
            origin: this.#http.origin,
            scope: 'matching',
            activeFrom: modelActiveFrom,
            images: inactive.map((image) => ({ repository, image })),
            inventories: [inventory],
          });
    } catch (error) {
      if (error instanceof IncompleteInventoryError || error instanceof HubError) {
        return undefined;
      }
      throw error;
    }
  }

  #checkInventory(
    { repository, images }: Awaited<ReturnType<typeof readInventory>>,
    inactive: typeof images,
    since: number,
  ): void {
    const name = formatRepository(repository);
    if (this.#hub.observed.isChangedSince(since, name)) {
      return; // what was true of which moment cannot be said
    }
    const there = new Map(
      imagesToChoose(this.#hub.sandbox.world)
        .filter((planned) => formatRepository(planned.repository) === name)
        .map(({ image }) => [image.digest, image]),
    );
    if (images.length !== there.size || !images.every(({ digest }) => there.has(digest))) {
      this.#violate(`(g) an inventory of ${images.length} images where there are ${there.size}`);
    }
    for (const { digest } of inactive) {
      const image = there.get(digest);
      const times = [image?.lastPushed, image?.lastPulled].flatMap((at) => at?.getTime() ?? []);
      const last = Math.max(...times);
      if (times.length === 0 || last >= modelActiveFrom.getTime()) {
        this.#violate(`(g) a bulk plan holds ${digest}, whose times are unknown, in the future or recent`);
      }
    }
  }

  async #follow(plan: DeletionPlan): Promise<void> {
    const { batchSize, pageSize, decisions } = this.#spec;
    const flow = new DeletionFlow({
      plan,
      api: this.#api,
      username: modelUser,
      journal: this.journal,
      batchSize,
      pageSize,
      now: this.#now,
      delay: (_ms, signal) => this.#timer(signal),
      confirm: (confirmation) => this.#answer(confirmation),
      onDidChange: this.#didChange,
      onDidDelete: () => undefined,
    });
    this.#flow = flow;
    await flow.dryRun();
    for (const decision of decisions) {
      await this.#idle(flow);
      await this.#decide(flow, decision);
    }
    await this.#idle(flow);
  }

  async #decide(flow: DeletionFlow, decision: Decision): Promise<void> {
    const { review } = flow;
    switch (decision.kind) {
      case 'acceptEverything':
        acceptanceKinds.forEach((kind) => {
          this.#acceptAll(flow, kind, true);
        });
        return;
      case 'acceptAll':
        this.#acceptAll(flow, decision.acceptance, decision.isAccepted);
        return;
      case 'accept': {
        const entry = review.entries[decision.pick % review.entries.length];
        if (entry !== undefined && flow.phase === 'reviewing') {
          this.#acceptances.set(entry, decision.acceptance, decision.isAccepted);
          flow.accept(entry.key, decision.acceptance, decision.isAccepted);
        }
        return;
      }
      case 'remove': {
        const entry = review.entries[decision.pick % review.entries.length];
        if (entry !== undefined) {
          flow.remove([entry.key]);
        }
        return;
      }
      case 'removeBlocked':
        flow.removeBlocked();
        return;
      case 'repeatDryRun':
        await flow.dryRun();
        return;
      case 'continueDryRun':
        await this.#continueDryRun(flow);
        return;
      case 'waitLong':
        await this.#waitLong(flow);
        return;
      case 'delete':
        await this.#delete(flow, decision);
        return;
    }
  }

  #acceptAll(flow: DeletionFlow, kind: AcceptanceKind, isAccepted: boolean): void {
    if (flow.phase === 'reviewing') {
      flow.review.entries.forEach((entry) => {
        this.#acceptances.set(entry, kind, isAccepted);
      });
      flow.acceptAll(kind, isAccepted);
    }
  }

  /** Whatever it leaves to be reviewed was answered for, every image of it, since it began or within the last ten minutes. */
  async #continueDryRun(flow: DeletionFlow): Promise<void> {
    const isContinued = flow.canContinueDryRun;
    const before = new Set(this.#exchanges);
    await flow.continueDryRun();
    if (!isContinued || flow.phase !== 'reviewing') {
      return;
    }
    this.continued += 1;
    const since = this.#hub.clock.now().getTime() - staleAfterMs;
    const answered = new Set(
      this.#exchanges
        .filter((exchange) => exchange.atMs > since || !before.has(exchange))
        .filter((exchange) => isMoment({ of: 'dryRun' }, exchange))
        .filter(({ status }) => status === 200 || status === 400)
        .flatMap(({ path, requestBody }) => keysOf(path, requestBody as DeletionBody)), // our own client's
    );
    for (const { key } of flow.review.entries.filter((entry) => !answered.has(entry.key))) {
      this.#violate(`(h) a continued dry run ended without a fresh answer for ${key}`);
    }
  }

  async #waitLong(flow: DeletionFlow): Promise<void> {
    const wasReviewing = flow.phase === 'reviewing';
    const before = this.#attempts;
    this.#passTime();
    await this.#idle(flow);
    const isClosed = this.#spec.interventions.some(({ act }) => act === 'close');
    if (wasReviewing && flow.review.counts.images > 0 && !isClosed && this.#attempts === before) {
      this.#violate('a review of more than ten minutes was not checked again');
    }
  }

  #passTime(): void {
    this.#hub.clock.pass(waitMs);
    const due = [...this.#timers];
    this.#timers.clear();
    due.forEach((fire) => {
      fire();
    });
  }

  async #delete(flow: DeletionFlow, decision: Extract<Decision, { kind: 'delete' }>): Promise<void> {
    this.#decision = decision;
    const runs = this.journal.runs.length;
    const approvals = this.#approvals;
    const before = this.#approval;
    await flow.delete();
    this.#decision = undefined;
    const approval = this.#approvals > approvals ? this.#approval : undefined;
    if (this.journal.runs.length > runs) {
      this.#checkOutcomes(flow, approval);
    } else if (approval !== undefined && approval.sentRequests > 0) {
      this.#violate('(d) a deletion was sent without a plan in the journal');
    }
    if (before !== undefined && before !== approval && flow.phase === 'confirming') {
      this.#violate('stuck in the last question');
    }
    this.#verifyingSince = undefined;
  }

  #answer(confirmation: DeletionConfirmation): Promise<boolean> {
    const { review } = this.#flow ?? {};
    const decision = this.#decision;
    if (review === undefined || decision === undefined) {
      this.#violate('the last question was asked though nobody wanted to delete');
      return Promise.resolve(false);
    }
    this.violations.push(...objectionsTo(review, confirmation, this.#acceptances));
    this.#approval = undefined;
    if (decision.waitsBeforeAnswer) {
      this.#passTime();
    }
    if (decision.isConfirmed) {
      this.#approvals += 1;
      this.#approval = approvalOf(review, this.#hub.observed.tick);
    }
    return Promise.resolve(decision.isConfirmed);
  }

  #fetch(inner: HubFetch): HubFetch {
    return async (url, init) => {
      // only our own client writes these bodies
      const body = init.body === null ? undefined : (JSON.parse(init.body) as DeletionBody);
      const { pathname, searchParams } = new URL(url);
      const request: RequestLike = { path: pathname, requestBody: body };
      this.#attempts += 1;
      this.#intervene(request);
      const activeFrom = body?.active_from ?? searchParams.get('active_from');
      if (activeFrom !== modelActiveFrom.toISOString()) {
        this.#violate(`(b) a request with active_from ${activeFrom ?? 'missing'}`);
      }
      if (body?.dry_run === false) {
        this.#willDelete(pathname, body);
      }
      init.signal.throwIfAborted(); // the person has just cancelled
      try {
        return await inner(url, init);
      } catch (error) {
        this.#isVerificationTroubled = true;
        throw error;
      }
    };
  }

  #intervene(request: RequestLike): void {
    for (const [intervention, seen] of this.#interventions) {
      if (isMoment(intervention.at, request)) {
        this.#interventions.set(intervention, seen + 1);
        if (seen + 1 === intervention.at.nth) {
          this.#flow?.[intervention.act]();
          this.#isVerificationTroubled = true;
        }
      }
    }
  }

  /** Just before a request leaves that deletes. */
  #willDelete(path: string, { manifests, ignore_warnings: ignored = [] }: DeletionBody): void {
    const keys = keysOf(path, { manifests });
    const approval = this.#approval;
    if (approval === undefined) {
      this.#violate('(f) a deletion left without a yes');
      return;
    }
    approval.sentRequests += 1;
    for (const key of keys) {
      if (!approval.rows.has(key)) {
        this.#violate(`(a) a deletion left for ${key}, which was not approved`);
      }
      if (approval.sent.has(key)) {
        this.#violate(`(e) ${key} was sent for deletion twice after one yes`);
      }
      approval.sent.add(key);
    }
    const texts = ignored.map((warning) => warningText(warning as Parameters<typeof warningText>[0])); // the client's own kinds
    ignored.forEach((warning, index) => {
      const [key] = keysOf(path, { manifests: [warning] });
      const text = texts[index] ?? '';
      if (
        key === undefined ||
        !this.#acceptances.has(key, text) ||
        approval.rows.get(key)?.warnings.includes(text) !== true
      ) {
        this.#violate(`(b) ${text} was ignored, and nobody accepted it`);
      }
      if (!this.#shownWarnings.has(JSON.stringify(warning))) {
        this.#violate(`(b) ${JSON.stringify(warning)} is not copied as it came`);
      }
    });
    const expected = keys.flatMap((key) => approval.rows.get(key)?.warnings ?? []);
    if (JSON.stringify([...texts].sort()) !== JSON.stringify([...expected].sort())) {
      this.#violate('(a) a deletion left with other warnings than those that were shown');
    }
    this.#checkFreshDryRun(approval);
    this.#checkRecord(keys, texts);
    this.#checkPlanRecord(approval);
  }

  /** The request is in the journal, and nothing has happened since. */
  #checkRecord(keys: readonly ImageKey[], ignored: readonly string[]): void {
    const last = this.journal.lastRun.at(-1);
    const isRecorded =
      this.journal.lastRun[0]?.type === 'plan' &&
      last?.type === 'request' &&
      JSON.stringify(last.images) === JSON.stringify(keys) &&
      JSON.stringify(last.ignoredWarnings.map(warningText)) === JSON.stringify(ignored);
    const isAllWell = this.journal.lastRun.every(
      (record) =>
        record.type !== 'answer' ||
        (record.answer.kind === 'completed' && record.answer.metrics.manifestErrors === 0),
    );
    if (!isAllWell) {
      this.#violate('(e) a deletion left after one that was not carried out in full');
    }
    if (!isRecorded) {
      this.#violate('(d) a deletion left that is not the last thing in the journal');
    }
  }

  /** Each image was dry-run after the yes and before the first deletion, and an answer came. */
  #checkFreshDryRun(approval: Approval): void {
    const answered = new Set(
      this.#exchanges
        .filter((exchange) => exchange.tick > approval.tick && isMoment({ of: 'dryRun' }, exchange))
        .filter(({ status }) => status === 200 || status === 400)
        .flatMap(({ path, requestBody }) => keysOf(path, requestBody as DeletionBody)), // our own client's
    );
    if (![...approval.rows.keys()].every((key) => answered.has(key))) {
      this.#violate('(a) a deletion left without a fresh dry run of the whole plan');
    }
  }

  /** The plan in the journal is the one that was shown. */
  #checkPlanRecord({ rows }: Approval): void {
    const [plan] = this.journal.lastRun;
    const images = plan?.type === 'plan' ? plan.images : [];
    const isSame =
      images.length === rows.size &&
      images.every(({ key, acceptedWarnings, acceptedCollateral }) => {
        const row = rows.get(key);
        const collateral = acceptedCollateral?.map((each) => each.key).sort() ?? 'unknown';
        return (
          JSON.stringify(acceptedWarnings.map(warningText).sort()) ===
            JSON.stringify([...(row?.warnings ?? [])].sort()) &&
          JSON.stringify(collateral) === JSON.stringify(row?.collateral)
        );
      });
    if (!isSame) {
      this.#violate('(a) what is carried out is not what was shown');
    }
  }

  #noteShownWarnings({ responseBody }: Exchange): void {
    const details = (responseBody as { errinfo?: { details?: { warnings?: unknown[] } } } | null | undefined)
      ?.errinfo?.details; // what a test's server sent, looked at with care
    if (Array.isArray(details?.warnings)) {
      details.warnings.forEach((warning) => this.#shownWarnings.add(JSON.stringify(warning)));
    }
  }

  #checkRemoval(exchange: Exchange, removed: readonly ImageKey[]): void {
    const body = exchange.requestBody as DeletionBody | undefined; // only our own client writes these bodies
    if (!isMoment({ of: 'delete' }, exchange) || body === undefined) {
      this.#violate(`(f) ${exchange.method} ${exchange.path} removed ${removed.join()}`);
      return;
    }
    const approval = this.#approval;
    if (approval === undefined) {
      this.#violate(`(a) ${removed.join()} fell without a yes`);
      return;
    }
    const rows = [...approval.rows.values()].filter(({ key }) => approval.sent.has(key));
    const approved = this.#hub.observed.withChildren([
      ...approval.rows.keys(),
      ...rows.flatMap(({ collateral }) => (collateral === 'unknown' ? [] : collateral)),
    ]);
    const isUnknownAccepted = rows.some(
      ({ key, collateral }) => collateral === 'unknown' && removed[0]?.split('@')[0] === key.split('@')[0],
    );
    for (const key of removed.filter((each) => !approved.has(each))) {
      if (isUnknownAccepted) {
        continue;
      }
      if (this.#mayHaveRaced(key, approval)) {
        this.raced += 1;
      } else {
        this.#violate(`(a) ${key} fell, which was neither approved nor accepted as collateral`);
      }
    }
  }

  /** Whether nobody could know: the repository changed, or was shown wrongly, after its last survey began. */
  #mayHaveRaced(key: ImageKey, approval: Approval): boolean {
    const repository = key.split('@')[0] ?? '';
    const surveys = this.#exchanges.filter(
      ({ tick, path, ...exchange }) =>
        tick > approval.tick &&
        isMoment({ of: 'images' }, { ...exchange, path }) &&
        path.includes(`/repositories/${repository.split('/')[1] ?? ''}/`),
    );
    const [first] = surveys;
    return (
      first !== undefined &&
      (this.#hub.observed.isChangedSince(first.tick - 1, repository, this.number) ||
        surveys.some(({ faults }) => faults.includes('transformBody')))
    );
  }

  readonly #didChange = (): void => {
    if (this.#flow?.phase === 'verifying' && this.#verifyingSince === undefined) {
      this.#verifyingSince = this.#hub.observed.tick;
      this.#isVerificationTroubled = false;
    }
  };

  #checkOutcomes(flow: DeletionFlow, approval: Approval | undefined): void {
    const { lastOutcomes } = flow;
    const planned = [...(approval?.rows.keys() ?? [])];
    if (planned.length !== lastOutcomes.size || !planned.every((key) => lastOutcomes.has(key))) {
      this.#violate('(c) the outcomes are not those of the approved images');
    }
    for (const [key, outcome] of lastOutcomes) {
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
      const isChanged = this.#hub.observed.isChangedSince(this.#verifyingSince ?? 0, key.split('@')[0] ?? '');
      if (isChanged) {
        continue; // what was listed when cannot be said
      }
      const objection = this.#objectionTo(outcome, key, approval);
      if (objection !== undefined) {
        this.#violate(`(c) ${key} is called ${outcome}, but ${objection}`);
      }
    }
    const written = this.journal.lastRun.find((record) => record.type === 'outcomes');
    for (const { key, outcome } of written?.collateral ?? []) {
      const isChanged = this.#hub.observed.isChangedSince(this.#verifyingSince ?? 0, key.split('@')[0] ?? '');
      const isThere = this.#hub.observed.has(key);
      if (!isChanged && outcome !== 'unconfirmed' && (outcome === 'stayed') !== isThere) {
        this.#violate(`(c) ${key}, which was to fall with another, is called ${outcome}`);
      }
    }
    this.#checkWrittenOutcomes(flow);
  }

  #objectionTo(outcome: ImageOutcome, key: ImageKey, approval: Approval | undefined): string | undefined {
    const isThere = this.#hub.observed.has(key);
    const isUndecided = this.#isVerificationTroubled && !isThere;
    const wasSent = approval?.sent.has(key) === true;
    switch (outcome) {
      case 'deleted':
        return isThere ? 'is there' : wasSent ? undefined : 'was not sent';
      case 'alreadyGone':
        return isThere ? 'is there' : undefined;
      case 'failed':
        return isThere ? (wasSent ? undefined : 'was not sent') : 'is gone';
      case 'notSent':
        return wasSent ? 'was sent' : isThere || isUndecided ? undefined : 'is gone';
      case 'refused':
        return isThere || isUndecided ? undefined : 'is gone';
      case 'unconfirmed':
        return this.#isVerificationTroubled ? undefined : 'nothing kept it from being found out';
    }
  }

  #checkWrittenOutcomes({ lastOutcomes, lastEvent }: DeletionFlow): void {
    const written = this.journal.lastRun.find((record) => record.type === 'outcomes');
    if (written === undefined) {
      if (lastEvent.kind !== 'notWritten') {
        this.#violate(`(d) the outcomes are not in the journal, and the person is shown ${lastEvent.kind}`);
      }
    } else if (
      JSON.stringify(written.outcomes.map(({ key, outcome }) => [key, outcome])) !==
      JSON.stringify([...lastOutcomes])
    ) {
      this.#violate('(d) the journal has other outcomes than the person was shown');
    }
  }

  readonly #now = (): Date =>
    new Date(this.#hub.clock.now().getTime() + this.#spec.clockErrorDays * 24 * 60 * 60 * 1000);

  #timer(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const fire = (): void => {
        resolve();
      };
      this.#timers.add(fire);
      signal.addEventListener('abort', () => {
        this.#timers.delete(fire);
        reject(new Error('aborted'));
      });
    });
  }

  async #idle(flow: DeletionFlow): Promise<void> {
    await new Promise(setImmediate);
    while (!['reviewing', 'failed', 'finished'].includes(flow.phase)) {
      await new Promise(setImmediate);
    }
  }

  #violate(what: string): void {
    this.violations.push(`person ${this.number}: ${what}`);
  }
}

function keysOf(path: string, { manifests }: Pick<DeletionBody, 'manifests'>): readonly ImageKey[] {
  const namespace = path.split('/')[3] ?? '';
  return manifests.map(({ repository, digest }): ImageKey => `${namespace}/${repository}@${digest}`);
}
