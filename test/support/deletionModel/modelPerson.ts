import type { DeletionConfirmation } from '../../../src/hub/deletion/confirmation';
import { repositoriesOf } from '../../../src/hub/deletion/batches';
import { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { selectImages } from '../../../src/hub/deletion/imageSelection';
import type { ImageOutcome } from '../../../src/hub/deletion/outcome';
import { type DeletionPlan, planDeletion } from '../../../src/hub/deletion/plan';
import { staleAfterMs } from '../../../src/hub/deletion/reviewAge';
import type { ImageKey, PlannedImage } from '../../../src/hub/deletionRequest';
import { HubError } from '../../../src/hub/errors';
import { type AcceptanceKind, acceptanceKinds } from '../../../src/hub/findings';
import type { HubFetch } from '../../../src/hub/http/http';
import { IncompleteInventoryError, readInventory } from '../../../src/hub/listing/inventory';
import { formatRepository, isSameRepository, parseRepositoryRef } from '../../../src/hub/names';
import type { ReviewRow } from '../../../src/review/protocol';
import type { Exchange } from '../../../src/sandbox/index';
import { type Approval, approvalOf, checkQuestion } from './approval';
import { checkJournal } from './journalChecks';
import { checkLaterOutcomes, checkShownLater, lookLater } from './laterLook';
import { ManagementChecks } from './managementChecks';
import { MemoryJournal } from './memoryJournal';
import { type ModelApi, openApi } from './modelApi';
import { type ModelHub, personHeader } from './modelHub';
import { imagesToChoose, modelActiveFrom, modelUser, repositoryName } from './modelWorld';
import { isMoment } from './moments';
import type { WorldChange } from './observedWorld';
import { OutcomeChecks } from './outcomeChecks';
import { isSuccess, PersonLog, type RequestChecks, type SentRequest } from './personLog';
import { RegistryChecks } from './registryChecks';
import { ReviewScreen } from './reviewScreen';
import type { Decision, LaterLookSpec, ModelApiKind, PersonSpec } from './scenario';

const waitMs = 11 * 60 * 1000;

/** Far more than any run needs; it stands for a flow that never ends. */
const mostRequests = 1_500;

/** The last run of a person that was recorded. */
interface LastRun {
  readonly endedAt: Date;
  /** Tick of its approval. */
  readonly approvedAt: number;
}

/** A person with a client and a flow of their own, and everything they were shown and said. */
export class ModelPerson {
  readonly log: PersonLog;
  readonly outcomes = new Map<ImageOutcome, number>();
  /** Dry runs that were completed after they had broken off. */
  continued = 0;
  /** Runs that were taken up again. */
  looks = 0;
  readonly #kind: ModelApiKind;
  readonly #spec: PersonSpec;
  readonly #hub: ModelHub;
  readonly #api: ModelApi;
  readonly #checks: RequestChecks;
  readonly #timers = new Set<() => void>();
  readonly #interventions: Map<PersonSpec['interventions'][number], number>;
  #flow: DeletionFlow | undefined;
  #screen: ReviewScreen | undefined;
  #approvals = 0;
  /** Requests that left, or were about to. */
  #attempts = 0;
  #decision: Extract<Decision, { kind: 'delete' }> | undefined;
  #lastRun: LastRun | undefined;
  #verifyingSince: number | undefined;
  #isVerificationTroubled = false;

  constructor(number: number, spec: PersonSpec, hub: ModelHub, kind: ModelApiKind) {
    this.#kind = kind;
    this.#spec = spec;
    this.#hub = hub;
    this.log = new PersonLog(number, hub, new MemoryJournal((record) => spec.diskFullAt.includes(record)));
    this.#interventions = new Map(spec.interventions.map((one) => [one, 0]));
    this.#checks = kind === 'management' ? new ManagementChecks(this.log) : new RegistryChecks(this.log);
    this.#api = openApi(kind, { hub, spec, now: this.#now, fetch: this.#fetch(hub.fetch) });
  }

  /** Does all that is in the script, then checks what came of it. */
  async act(): Promise<void> {
    try {
      const plan = await this.#plan();
      if (plan !== undefined) {
        await this.#follow(plan);
      }
    } finally {
      this.#flow?.close();
      this.#api.dispose();
    }
    checkJournal(this.log.journal.runs).forEach((text) => {
      this.log.violate('journal', text);
    });
  }

  /** Told of each of this person's exchanges, with what it changed. */
  didExchange(exchange: Exchange, tick: number, changes: readonly WorldChange[]): void {
    const logged = { ...exchange, tick, atMs: this.#hub.clock.now().getTime() };
    this.log.exchanges.push(logged);
    if (this.#verifyingSince !== undefined && !isDeletion(exchange)) {
      const isHarmless = exchange.faults.every((kind) => ['latency', 'before', 'wrongClock'].includes(kind));
      this.#isVerificationTroubled ||= (exchange.status ?? 0) >= 400 || !isHarmless;
    }
    this.#checks.didExchange(logged, changes);
  }

  /** As the command does; there is no plan where the images could not be read. */
  async #plan(): Promise<DeletionPlan | undefined> {
    try {
      return this.#spec.scope === 'matching' ? await this.#planInactive() : await this.#planChosen();
    } catch (error) {
      if (error instanceof IncompleteInventoryError || error instanceof HubError) {
        return undefined;
      }
      throw error;
    }
  }

  async #planChosen(): Promise<DeletionPlan | undefined> {
    const shown =
      this.#kind === 'management'
        ? imagesToChoose(this.#hub.sandbox.world) // of the one API, whatever is there is listed
        : await this.#listed();
    const images = this.#spec.picks.flatMap((pick) => shown[pick % shown.length] ?? []);
    await this.#readContents(images);
    return images.length === 0
      ? undefined
      : planDeletion({
          origin: this.#api.origin,
          scope: 'chosen',
          activeFrom: modelActiveFrom,
          images,
        });
  }

  /** What the tree shows: the first pages and the counts, for which nothing is pulled. */
  async #listed(): Promise<readonly PlannedImage[]> {
    const since = this.log.exchanges.length;
    const query = { activeFrom: modelActiveFrom, page: 1, pageSize: 100 };
    const shown: PlannedImage[] = [];
    for (let number = 0; number < this.#hub.repositoryCount; number += 1) {
      const repository = parseRepositoryRef(repositoryName(number));
      const [{ images }] = await Promise.all([
        this.#api.api.listImages(repository, query),
        this.#api.api.getSummary(repository, query),
      ]);
      shown.push(...images.map((image) => ({ repository, image })));
    }
    if (this.log.exchanges.slice(since).some((exchange) => isMoment({ of: 'index' }, exchange))) {
      this.log.violate('looking', 'a manifest was read, and nobody wanted more than to look');
    }
    return shown;
  }

  /** What a plan needs to know is read after a question, which this person answers as it is their way. */
  async #readContents(images: readonly PlannedImage[]): Promise<void> {
    for (const repository of repositoriesOf(images)) {
      const digests = images
        .filter((planned) => isSameRepository(planned.repository, repository))
        .map(({ image }) => image.digest);
      const before = this.log.exchanges.length;
      const needed = await this.#api.api.neededReading?.(repository, digests);
      if (this.log.exchanges.slice(before).some((exchange) => isMoment({ of: 'index' }, exchange))) {
        this.log.violate('looking', 'a manifest was read before anybody was asked');
      }
      if (this.#spec.mayReadIndexes) {
        await needed?.read({});
      }
    }
  }

  async #planInactive(): Promise<DeletionPlan | undefined> {
    const [pick = 0] = this.#spec.picks;
    const repository = parseRepositoryRef(repositoryName(pick % this.#hub.repositoryCount));
    const { pageSize } = this.#spec;
    const since = this.#hub.observed.tick;
    const options = { activeFrom: modelActiveFrom, pageSize };
    const inventory = await readInventory(this.#api.api, repository, options);
    const { selected: inactive } = selectImages(inventory, { status: 'inactive' }, this.#now());
    this.#checkInventory(inventory, inactive, since);
    const planned = inactive.map((image) => ({ repository, image }));
    await this.#readContents(planned);
    return inactive.length === 0
      ? undefined
      : planDeletion({
          origin: this.#api.origin,
          scope: 'matching',
          criteria: { status: 'inactive' },
          activeFrom: modelActiveFrom,
          images: planned,
          inventories: [inventory],
        });
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
    const isWhole = images.length === there.size && images.every(({ digest }) => there.has(digest));
    if (this.#kind === 'management' && !isWhole) {
      this.log.violate('inventory', `an inventory of ${images.length} images where there are ${there.size}`);
    }
    for (const { digest } of inactive) {
      const image = there.get(digest);
      const times = [image?.lastPushed, image?.lastPulled].flatMap((at) => at?.getTime() ?? []);
      const last = Math.max(...times);
      if (times.length === 0 || last >= modelActiveFrom.getTime()) {
        this.log.violate(
          'inventory',
          `a bulk plan holds ${digest}, whose times are unknown, in the future or recent`,
        );
      }
    }
  }

  async #follow(plan: DeletionPlan): Promise<void> {
    const { batchSize, pageSize, decisions } = this.#spec;
    const flow = new DeletionFlow({
      plan,
      api: this.#api.api,
      username: modelUser,
      journal: this.log.journal,
      locks: new MemoryRepositoryLocks(),
      batchSize,
      pageSize,
      now: this.#now,
      delay: (_ms, signal) => this.#timer(signal),
      confirm: (confirmation) => this.#answer(confirmation),
      onDidChange: this.#didChange,
      onDidDelete: () => undefined,
    });
    this.#flow = flow;
    this.#screen = new ReviewScreen(flow, this.#now);
    await flow.dryRun();
    for (const decision of decisions) {
      await this.#idle(flow);
      await this.#decide(flow, decision);
    }
    await this.#idle(flow);
    if (this.#spec.laterLook !== undefined && this.#lastRun !== undefined) {
      await this.#lookLater(flow, this.#spec.laterLook, this.#lastRun);
    }
  }

  async #lookLater(
    flow: DeletionFlow,
    { afterMinutes, keepsRecords }: LaterLookSpec,
    { endedAt, approvedAt }: LastRun,
  ): Promise<void> {
    const { lastRun, runs } = this.log.journal;
    this.#hub.clock.pass(afterMinutes * 60_000);
    const since = this.#hub.observed.tick;
    const found = await lookLater(lastRun, {
      look: { ...this.#api, pageSize: this.#spec.pageSize },
      now: this.#now,
      lastSign: endedAt,
      keepsRecords,
    });
    if (found === undefined) {
      return;
    }
    this.looks += 1;
    checkLaterOutcomes(found, this.log, { approvedAt, since });
    if (keepsRecords === undefined && this.#screen !== undefined) {
      flow.settleLater({ ...found, runId: `run ${runs.length}` });
      checkShownLater(found, flow, this.#screen, this.log);
    }
  }

  async #decide(flow: DeletionFlow, decision: Decision): Promise<void> {
    switch (decision.kind) {
      case 'acceptEverything':
        this.#acceptAll(flow, acceptanceKinds, true);
        return;
      case 'acceptAll':
        this.#acceptAll(flow, [decision.acceptance], decision.isAccepted);
        return;
      case 'accept': {
        const row = this.#rowAt(decision.pick);
        if (row !== undefined && flow.phase === 'reviewing') {
          this.log.acceptances.set(row, decision.acceptance, decision.isAccepted);
          flow.accept(keyOf(row), decision.acceptance, decision.isAccepted);
        }
        return;
      }
      case 'remove': {
        const row = this.#rowAt(decision.pick);
        if (row !== undefined) {
          flow.remove([keyOf(row)]);
          this.#screen?.didRemove();
        }
        return;
      }
      case 'removeBlocked':
        flow.removeBlocked();
        this.#screen?.didRemove();
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

  #rowAt(pick: number): ReviewRow | undefined {
    const rows = this.#screen?.paint().rows ?? [];
    return rows[pick % rows.length];
  }

  #acceptAll(flow: DeletionFlow, kinds: readonly AcceptanceKind[], isAccepted: boolean): void {
    if (flow.phase !== 'reviewing') {
      return;
    }
    const { rows = [] } = this.#screen?.paint() ?? {};
    for (const kind of kinds) {
      rows.forEach((row) => {
        this.log.acceptances.set(row, kind, isAccepted);
      });
      flow.acceptAll(kind, isAccepted);
    }
  }

  /** Whatever it leaves to be reviewed was answered for, every image of it, since it began or within the ten minutes before. */
  async #continueDryRun(flow: DeletionFlow): Promise<void> {
    const isContinued = flow.canContinueDryRun;
    const before = this.log.exchanges.length;
    const since = this.#hub.clock.now().getTime() - staleAfterMs; // somebody else may let time pass meanwhile
    await flow.continueDryRun();
    if (!isContinued || flow.phase !== 'reviewing') {
      return;
    }
    this.continued += 1;
    if (this.#checks instanceof ManagementChecks) {
      const recent = new Set(this.log.exchanges.slice(before));
      const answered = this.#checks.answeredDryRuns(
        (exchange) => exchange.atMs > since || recent.has(exchange),
      );
      for (const { key } of flow.review.entries.filter((entry) => !answered.has(entry.key))) {
        this.log.violate('checked', `a continued dry run ended without a fresh answer for ${key}`);
      }
    }
  }

  async #waitLong(flow: DeletionFlow): Promise<void> {
    const wasReviewing = flow.phase === 'reviewing';
    const before = this.#attempts;
    this.#passTime();
    await this.#idle(flow);
    const isClosed = this.#spec.interventions.some(({ act }) => act === 'close');
    if (wasReviewing && flow.review.counts.images > 0 && !isClosed && this.#attempts === before) {
      this.log.violate('checked', 'a review of more than ten minutes was not checked again');
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
    const { journal, violate } = this.log;
    const runs = journal.runs.length;
    const approvals = this.#approvals;
    const before = this.log.approval;
    await flow.delete();
    this.#decision = undefined;
    const approval = this.#approvals > approvals ? this.log.approval : undefined;
    if (journal.runs.length > runs) {
      this.#lastRun = { endedAt: this.#now(), approvedAt: approval?.tick ?? 0 };
      this.#checkOutcomes(flow, approval);
    } else if (approval !== undefined && approval.sentRequests > 0) {
      violate('journal', 'a deletion was sent without a plan in the journal');
    }
    if (before !== undefined && before !== approval && flow.phase === 'confirming') {
      violate('display', 'stuck in the last question');
    }
    this.#verifyingSince = undefined;
    this.#checks.didDelete();
  }

  #answer(confirmation: DeletionConfirmation): Promise<boolean> {
    const decision = this.#decision;
    if (this.#screen === undefined || decision === undefined) {
      this.log.violate('approved', 'the last question was asked though nobody wanted to delete');
      return Promise.resolve(false);
    }
    const painted = this.#screen.paint();
    checkQuestion(painted, confirmation, this.log.acceptances, this.log.violate);
    this.log.approval = undefined;
    if (decision.waitsBeforeAnswer) {
      this.#passTime();
    }
    if (decision.isConfirmed) {
      this.#approvals += 1;
      this.log.approval = approvalOf(painted, this.#hub.observed.tick);
    }
    return Promise.resolve(decision.isConfirmed);
  }

  #fetch(inner: HubFetch): HubFetch {
    return async (url, init) => {
      const { pathname, searchParams } = new URL(url);
      const request: SentRequest = {
        method: init.method,
        path: pathname,
        query: searchParams,
        requestBody: init.body === null ? undefined : (JSON.parse(init.body) as unknown),
        tick: this.#hub.observed.tick,
      };
      this.#attempts += 1;
      if (this.#attempts === mostRequests) {
        this.log.violate('ends', `${mostRequests} requests, and no end`);
        this.#flow?.close();
        this.#api.dispose();
      }
      this.#intervene(request);
      this.#checks.willSend(request);
      init.signal.throwIfAborted(); // the person has just cancelled
      const headers = { ...init.headers, [personHeader]: String(this.log.number) };
      let status: number | undefined;
      try {
        const response = await inner(url, { ...init, headers });
        ({ status } = response);
        this.#noteSeen(request);
        return response;
      } catch (error) {
        this.#isVerificationTroubled = true;
        throw error;
      } finally {
        const tell = () => {
          this.#checks.didAnswer(request, { status });
        };
        if (isSuccess({ status })) {
          tell();
        } else {
          setImmediate(tell); // its body is read first
        }
      }
    };
  }

  #noteSeen({ method, path, requestBody }: SentRequest): void {
    const body = JSON.stringify(requestBody);
    const seen = this.log.exchanges.findLast(
      (one) => one.method === method && one.path === path && JSON.stringify(one.requestBody) === body,
    );
    if (seen !== undefined) {
      seen.atMs = this.#hub.clock.now().getTime();
    }
  }

  #intervene(request: SentRequest): void {
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

  readonly #didChange = (): void => {
    this.#screen?.didChange();
    if (this.#flow?.phase === 'verifying' && this.#verifyingSince === undefined) {
      this.#verifyingSince = this.#hub.observed.tick;
      this.#isVerificationTroubled = false;
    }
  };

  #checkOutcomes(flow: DeletionFlow, approval: Approval | undefined): void {
    for (const outcome of flow.lastOutcomes.values()) {
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    }
    const painted = this.#screen?.paint();
    if (painted !== undefined) {
      new OutcomeChecks(this.log, this.#kind, approval, {
        since: this.#verifyingSince ?? 0,
        isTroubled: this.#isVerificationTroubled,
      }).run(flow, painted);
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
}

/** The id of a row is the key of its image. */
function keyOf({ id }: ReviewRow): ImageKey {
  return id as ImageKey;
}

function isDeletion(exchange: Exchange): boolean {
  return exchange.method === 'DELETE' || isMoment({ of: 'delete' }, exchange);
}
