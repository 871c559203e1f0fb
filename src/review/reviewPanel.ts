import * as vscode from 'vscode';
import { type CommandId, reviewPanelType } from '../contributions';
import type { ReferencedImage } from '../hub/codeReferences';
import { delay } from '../hub/delay';
import type { TypingThreshold } from '../hub/deletion/confirmation';
import { DeletionFlow } from '../hub/deletion/deletionFlow';
import type { DeletionFlowOptions } from '../hub/deletion/deletionFlowOptions';
import type { FlowEvent, FlowPhase, FlowProgress } from '../hub/deletion/flowEvent';
import { referencedEntry } from '../hub/deletion/imageUses';
import { latestTagsOf } from '../hub/deletion/latestTags';
import type { ReferenceState } from '../hub/deletion/referenceCheck';
import type { LaterOutcomes } from '../hub/deletion/laterOutcomes';
import type { ImageKey } from '../hub/deletionRequest';
import { countRequests, watchRequests } from '../hub/http/requestWatch';
import { formatRepository } from '../hub/names';
import { Disposable } from '../util/dispose';
import { openReference } from '../util/openReference';
import { sortedNaturally } from '../texts/formats';
import { tagsLabel } from '../texts/imageLabel';
import { imagesText } from '../texts/summary';
import { paceText } from '../texts/pace';
import { Pace } from '../util/pace';
import { PauseClock } from '../util/pauseClock';
import type { Notice } from '../webview/messageParts';
import { WebviewTab } from '../webview/webviewTab';
import { askToConfirm } from './confirm';
import { Places } from './places';
import {
  canAccept,
  type FromWebview,
  isFromWebview,
  type ResultAction,
  type ShownRowsReference,
  type ToWebview,
} from './protocol';
import { type ReviewContext, rowsMessage, stateMessage } from './reviewMessages';
import {
  acceptanceRefusalText,
  othersShownText,
  panelTitle,
  statusText,
  warningsChangedText,
} from './texts/review';
import { RowView } from './rowView';
import { RunningDeletions, type ShownDeletion } from './runningDeletions';
import { ShownFindings } from './shownFindings';

type Message<Type extends FromWebview['type']> = Extract<FromWebview, { readonly type: Type }>;

/** Least time between two states sent to the webview: a dry run reports more often than a person can read. */
const stateIntervalMs = 40;

/** What the buttons below the result of a deletion do. */
const resultCommands: Readonly<Record<ResultAction, CommandId>> = {
  signIn: 'hubImages.account.signIn',
  checkAgain: 'hubImages.history.check',
  showHistory: 'hubImages.history.show',
  showLog: 'hubImages.log.show',
};

export interface ReviewPanelOptions extends Pick<
  DeletionFlowOptions,
  | 'plan'
  | 'api'
  | 'username'
  | 'journal'
  | 'locks'
  | 'references'
  | 'batchSize'
  | 'pageSize'
  | 'now'
  | 'onDidDelete'
> {
  readonly extensionUri: vscode.Uri;
  readonly isSandbox: boolean;
  /** Asked when it is needed, so that a changed setting applies. */
  readonly typingThreshold: () => TypingThreshold;
  readonly planNotices: readonly Notice[];
  /** Calls the listener whenever the protection of the plan may be another. */
  readonly onDidChangeProtection: (listener: () => void) => vscode.Disposable;
  /** Calls the listener with what is found out about any run after its deletion has ended. */
  readonly onDidReconcile: (listener: (later: LaterOutcomes) => void) => vscode.Disposable;
  /** Shows the lines of the workspace that refer to images, outside of the review. */
  readonly showReferences: (subject: {
    readonly name: string;
    readonly images: readonly ReferencedImage[];
  }) => void;
  readonly log: vscode.LogOutputChannel;
}

/** The review of one deletion in an editor tab. It owns the flow; the webview only shows it. */
export class ReviewPanel extends Disposable {
  /** One for all reviews of the window, because they share an item of the status bar. Between deletions it holds nothing. */
  static readonly #runningDeletions = new RunningDeletions();

  readonly #flow: DeletionFlow;
  readonly #tab: WebviewTab<FromWebview, ToWebview>;
  readonly #context: ReviewContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #showLines: ReviewPanelOptions['showReferences'];
  readonly #view: RowView;
  readonly #shownFindings: ShownFindings;
  readonly #places = new Places();
  #phase: FlowPhase = 'checking';
  #settlementChanges = 0;
  /** In the status bar. */
  #shownDeletion: ShownDeletion | undefined;
  #deleted: FlowProgress | undefined;
  #pace = newPace();
  readonly #clock = this.register(
    new PauseClock(() => {
      this.#scheduleState();
    }),
  );
  #remark: string | undefined;
  #loggedEvent: FlowEvent | undefined;
  #loggedSearch: ReferenceState | undefined;
  /** Whether the protection has changed since the last check began. */
  #isProtectionChanged = false;
  #revision = 0;
  /** Since the webview was ready. */
  #decisionCount = 0;
  #postedAtMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  /** Opens the panel and begins with the dry run. */
  static open(options: ReviewPanelOptions): ReviewPanel {
    const panel = new ReviewPanel(options);
    panel.#dryRun();
    return panel;
  }

  private constructor(options: ReviewPanelOptions) {
    super();
    this.#log = options.log;
    this.#showLines = options.showReferences;
    this.#flow = new DeletionFlow({
      ...options,
      delay,
      confirm: (confirmation) => askToConfirm(confirmation, options.typingThreshold()),
      onDidChange: this.#didChange,
    });
    this.#view = new RowView(this.#flow);
    this.#shownFindings = new ShownFindings(this.#flow.review);
    const { images } = options.plan;
    this.#context = {
      flow: this.#flow,
      repositories: sortedNaturally([
        ...new Set(images.map(({ repository }) => formatRepository(repository))),
      ]),
      view: this.#view,
      places: this.#places,
      isSandbox: options.isSandbox,
      planNotices: options.planNotices,
      now: options.now,
    };
    this.#tab = this.register(
      new WebviewTab<FromWebview, ToWebview>({
        ...options,
        viewType: reviewPanelType,
        bundle: 'review',
        title: panelTitle(this.#context.repositories),
        isReceived: isFromWebview,
        receive: (message) => {
          this.#handle(message);
        },
      }),
    );
    this.#tab.onDidClose(() => {
      this.dispose();
    });
    this.register(
      options.onDidChangeProtection(() => {
        this.#isProtectionChanged = true;
        this.#checkIfProtectionChanged();
      }),
    );
    this.register(
      options.onDidReconcile((later) => {
        this.#flow.settleLater(later);
      }),
    );
  }

  /** Gives up a dry run. A deletion stops before its next request, and its outcome is shown in a notification. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    clearTimeout(this.#timer);
    this.#flow.close();
  }

  readonly #didChange = (): void => {
    this.#logFailure();
    this.#showInStatusBar();
    if (this.isDisposed) {
      this.#reportUnseen();
      return;
    }
    this.#remark = undefined;
    this.#notePhase();
    this.#noteOutcomes();
    this.#checkIfProtectionChanged();
    const { progress } = this.#flow;
    if (progress !== undefined) {
      this.#pace.report(progress.done, progress.total);
    }
    this.#scheduleState();
  };

  /** The notices say only what a person can do about it. */
  #logFailure(): void {
    const { lastEvent } = this.#flow;
    if (lastEvent !== this.#loggedEvent && 'error' in lastEvent) {
      const { error } = lastEvent;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const cause = error instanceof Error && error.cause instanceof Error ? ` ${error.cause.message}` : '';
      this.#log.error(`${lastEvent.kind}: ${text}${cause}`);
    }
    this.#loggedEvent = lastEvent;
    const { state } = this.#flow.references;
    if (state !== this.#loggedSearch && state.kind === 'failed') {
      this.#log.error(`search of the workspace: ${String(state.error)}`);
    }
    this.#loggedSearch = state;
  }

  /** From the first request that deletes until the outcomes are known, be the tab open or not. */
  #showInStatusBar(): void {
    const { phase, lastEvent, progress, review } = this.#flow;
    if (phase !== 'deleting' && phase !== 'verifying') {
      this.#shownDeletion?.dispose();
      this.#shownDeletion = undefined;
      this.#deleted = undefined;
      return;
    }
    if (phase === 'deleting') {
      this.#deleted = progress;
    }
    const { done, total } = this.#deleted ?? { done: 0, total: review.counts.images };
    const deletion = {
      phase: lastEvent.kind === 'stopping' ? lastEvent.kind : phase,
      done,
      total,
      repositories: this.#context.repositories,
    };
    this.#shownDeletion ??= ReviewPanel.#runningDeletions.add(() => {
      this.#reveal();
    });
    this.#shownDeletion.show(deletion);
  }

  /** Where the tab was closed, its outcome is in the history. */
  #reveal(): void {
    if (this.isDisposed) {
      void vscode.commands.executeCommand(resultCommands.showHistory);
    } else {
      this.#tab.reveal();
    }
  }

  #notePhase(): void {
    const { phase } = this.#flow;
    if (phase === this.#phase) {
      return;
    }
    if (isWork(this.#phase) && !isWork(phase)) {
      this.#view.renew();
    }
    if (isCheck(phase)) {
      this.#isProtectionChanged = false;
    }
    this.#phase = phase;
    this.#pace = newPace();
    this.#clock.clear(); // the next requests report it again if it lasts
  }

  /** Outcomes may become known while nothing is under way. */
  #noteOutcomes(): void {
    const { changes } = this.#flow.settlement;
    if (changes !== this.#settlementChanges) {
      this.#settlementChanges = changes;
      this.#view.renew();
    }
  }

  /** Waits for the end of a check, whose beginning saw the former protection, and for the answer to the final confirmation. */
  #checkIfProtectionChanged(): void {
    if (this.#isProtectionChanged && this.#flow.phase === 'reviewing') {
      this.#isProtectionChanged = false;
      queueMicrotask(() => {
        this.#dryRun(); // the flow may still be reporting how it got into this phase
      });
    }
  }

  #scheduleState(): void {
    const dueInMs = this.#postedAtMs + stateIntervalMs - performance.now();
    this.#timer ??= setTimeout(() => {
      this.#postState();
    }, dueInMs);
  }

  #postState(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#postedAtMs = performance.now();
    this.#revision += 1;
    const pace = paceText(this.#pace);
    const { pause, seconds } = this.#clock;
    const moment = {
      revision: this.#revision,
      decisionCount: this.#decisionCount,
      pace,
      pause: pause && { reason: pause.reason, seconds },
      remark: this.#remark,
    };
    this.#shownFindings.noteState();
    this.#tab.post(stateMessage(this.#context, moment));
  }

  /** The tab was closed during a deletion: its end must still be seen. */
  #reportUnseen(): void {
    const { lastEvent } = this.#flow;
    switch (lastEvent.kind) {
      case 'finished':
      case 'stopped':
      case 'settledLater':
        void vscode.window.showInformationMessage(statusText(lastEvent, this.#flow));
        break;
      case 'refused':
      case 'interrupted':
      case 'notWritten':
        void vscode.window.showWarningMessage(statusText(lastEvent, this.#flow));
        break;
      default:
        break;
    }
  }

  /** A decision is always answered by a new state, for the webview waits for one even where nothing came of it. */
  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#decisionCount = 0;
        this.#shownFindings.clear();
        this.#postState();
        return;
      case 'rowsRequested':
        this.#postRows(message.first, message.count);
        return;
      case 'warningAccepted':
        this.#accept(message);
        return;
      case 'allWarningsAccepted':
        this.#acceptAll(message);
        return;
      case 'rowRemoved':
        this.#flow.remove([toImageKey(message.id)]);
        this.#view.prune();
        this.#scheduleState();
        return;
      case 'blockedRowsRemoved':
        this.#flow.removeBlocked();
        this.#view.prune();
        this.#scheduleState();
        return;
      case 'viewChanged':
        this.#remark = undefined;
        this.#view.show(message.view);
        this.#postState();
        return;
      case 'shownWarningsAccepted':
        this.#decideOnShown(message, (keys) => {
          this.#acceptUnlessChanged(message, () => {
            this.#flow.acceptEach(keys, message.kind, message.isAccepted);
          });
        });
        return;
      case 'shownRowsRemoved':
        this.#decideOnShown(message, (keys) => {
          this.#flow.remove(keys);
          this.#view.prune();
        });
        return;
      case 'placeOpened':
        void this.#openPlace(message.id);
        return;
      case 'referencesShown':
        this.#showReferences(message.id);
        return;
      case 'digestCopied':
        void this.#copyDigest(toImageKey(message.id));
        return;
      case 'action':
        this.#act(message.action);
        return;
    }
  }

  #postRows(first: number, count: number): void {
    const rows = this.#view.rows(first, count);
    this.#shownFindings.noteRows(rows);
    this.#tab.post(rowsMessage(this.#context, this.#revision, first, rows));
  }

  #accept({ id, findingsRevision, kind, isAccepted }: Message<'warningAccepted'>): void {
    this.#decisionCount += 1;
    const key = toImageKey(id);
    const refusal = isAccepted ? this.#shownFindings.refusalOf(key, findingsRevision) : undefined;
    if (refusal === undefined) {
      this.#flow.accept(key, kind, isAccepted);
    } else if (canAccept(this.#flow.phase)) {
      const entry = this.#flow.review.get(key);
      const label = entry === undefined ? '' : tagsLabel(latestTagsOf(entry), entry.planned.image);
      this.#remark = acceptanceRefusalText(refusal, label);
    }
    this.#scheduleState();
  }

  #acceptAll(message: Message<'allWarningsAccepted'>): void {
    this.#decisionCount += 1;
    this.#acceptUnlessChanged(message, () => {
      this.#flow.acceptAll(message.kind, message.isAccepted);
    });
    this.#scheduleState();
  }

  #acceptUnlessChanged(
    { isAccepted, findingsRevision }: Message<'allWarningsAccepted' | 'shownWarningsAccepted'>,
    accept: () => void,
  ): void {
    if (!isAccepted || this.#shownFindings.isCurrent(findingsRevision)) {
      accept();
    } else if (canAccept(this.#flow.phase)) {
      this.#remark = warningsChangedText();
    }
  }

  /** Nothing that the person did not have before their eyes is touched. */
  #decideOnShown(reference: ShownRowsReference, decide: (keys: readonly ImageKey[]) => void): void {
    const keys = this.#view.decidedAbout(reference);
    if (keys === undefined) {
      this.#remark = othersShownText();
    } else {
      decide(keys);
    }
    this.#scheduleState();
  }

  #act(action: Message<'action'>['action']): void {
    switch (action) {
      case 'repeatDryRun':
        if (this.#flow.canRepeatDryRun) {
          this.#dryRun();
        }
        return;
      case 'continueDryRun':
        this.#run('Dry run, continued', () => this.#flow.continueDryRun());
        return;
      case 'skipReferences':
        this.#flow.references.skip();
        return;
      case 'searchReferences':
        void this.#flow.references.start();
        return;
      case 'delete':
        this.#run('Deletion', () => this.#flow.delete());
        return;
      case 'cancel':
        this.#flow.cancel();
        return;
      case 'close':
        this.dispose();
        return;
      default:
        void vscode.commands.executeCommand(resultCommands[action]);
        return;
    }
  }

  #dryRun(): void {
    this.#run('Dry run', () => this.#flow.dryRun());
  }

  /** Counts the requests of the work under this name in the log, and shows what they wait for. */
  #run(name: string, work: () => Promise<void>): void {
    const { wait } = this.#clock;
    void countRequests(name, this.#log, () => watchRequests({ onDidWait: wait }, work));
  }

  async #openPlace(id: number): Promise<void> {
    const reference = this.#places.get(id);
    if (reference !== undefined) {
      await openReference(reference, this.#tab.viewColumn);
    }
  }

  /** @param id Of the row; `null` for all images of the plan. */
  #showReferences(id: string | null): void {
    const { review } = this.#flow;
    const entries =
      id === null ? review.entries : [review.get(toImageKey(id))].filter((entry) => entry !== undefined);
    const [first, second] = entries;
    if (first !== undefined) {
      const name =
        second === undefined
          ? tagsLabel(latestTagsOf(first), first.planned.image)
          : imagesText(entries.length);
      this.#showLines({ name, images: entries.map(referencedEntry) });
    }
  }

  async #copyDigest(key: ImageKey): Promise<void> {
    const entry = this.#flow.review.get(key) ?? this.#flow.settlement.get(key)?.entry;
    if (entry !== undefined) {
      await vscode.env.clipboard.writeText(entry.planned.image.digest);
    }
  }
}

/** An id that is not a key finds no image, so the shape need not be checked. */
function toImageKey(id: string): ImageKey {
  return id as ImageKey;
}

function isCheck(phase: FlowPhase): boolean {
  return phase === 'checking' || phase === 'rechecking';
}

/** Whether the findings or outcomes of images may change meanwhile without anybody deciding so. */
function isWork(phase: FlowPhase): boolean {
  return ['checking', 'rechecking', 'deleting', 'verifying'].includes(phase);
}

function newPace(): Pace {
  return new Pace(() => performance.now());
}
