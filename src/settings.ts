import * as vscode from 'vscode';
import { extensionName } from './contributions';
import type { ImageApiKind } from './hub/autoImageApi';
import type { TypingThreshold } from './hub/deletion/confirmation';
import { parseProtectionSetting, type ProtectionSetting } from './hub/deletion/protectionSetting';
import { parseNamespaceName, parseRepositoryRef, type NamespaceName, type RepositoryRef } from './hub/names';
import type { RetentionLimits } from './journal/retention';
import type { NumericSetting, SettingId, StrictestSetting } from './settingDefinitions';
import {
  readAnyTrue,
  readApi,
  readBoolean,
  readEntry,
  readList,
  readLowestNumber,
  readNumber,
  type WrittenValues,
} from './settingValues';
import { Disposable } from './util/dispose';

type ListSetting = 'namespaces' | 'repositories';

/** Whether a change of the configuration changes one of these settings. */
export function affectsSetting(
  change: vscode.ConfigurationChangeEvent,
  ...settings: readonly SettingId[]
): boolean {
  return settings.some((setting) => change.affectsConfiguration(`${extensionName}.${setting}`));
}

/**
 * The settings as they are now, within their bounds. Made before all who listen for changes of them, so that those find
 * the new values.
 */
export class Settings extends Disposable {
  /** The editor copies all settings for whoever asks, which takes half a millisecond, so it is cached until they change. */
  #cached: vscode.WorkspaceConfiguration | undefined;

  constructor() {
    super();
    this.register(
      vscode.workspace.onDidChangeConfiguration(() => {
        this.#cached = undefined;
      }),
    );
  }

  /** As written; `hub/http.ts` decides whether it can be used. */
  get apiUrl(): string {
    const value = this.read('apiUrl');
    return typeof value === 'string' ? value : '';
  }

  /** How images are seen and deleted; `undefined` leaves it to what the server offers. */
  get api(): ImageApiKind | undefined {
    const { used } = readApi(this.read('api'));
    return used === 'auto' ? undefined : used;
  }

  /** Whether indexes may be read from the registry, though each counts as a pull. */
  get readsIndexes(): boolean {
    return readBoolean('registry.readIndexes', this.read('registry.readIndexes')).used;
  }

  get namespaces(): readonly NamespaceName[] {
    return this.#parsed('namespaces', parseNamespaceName);
  }

  get repositories(): readonly RepositoryRef[] {
    return this.#parsed('repositories', parseRepositoryRef);
  }

  /** Days; `undefined` leaves the decision to Docker Hub. */
  get activityWindowDays(): number | undefined {
    return readNumber('activityWindowDays', this.read('activityWindowDays')).used ?? undefined;
  }

  /** Images on a page: as many as Docker Hub lists at once. */
  readonly pageSize: number = 100;

  /** Deletions have a stricter limit, and the rate limit of Docker Hub is kept in any case. */
  readonly maxConcurrentRequests: number = 8;

  get deleteBatchSize(): number {
    return this.#number('deleteBatchSize');
  }

  get requestTimeoutMs(): number {
    return this.#number('requestTimeoutSeconds') * 1000;
  }

  /** Whether references to images in text editors have hovers. */
  get showsReferenceHovers(): boolean {
    return readBoolean('references.hovers', this.read('references.hovers')).used;
  }

  /** Whether text editors have hints and quick fixes for references to images. */
  get showsReferenceHints(): boolean {
    return readBoolean('references.hints', this.read('references.hints')).used;
  }

  /** What the person and the workspace protect together: nobody can take a protection away from the other. */
  get protect(): ProtectionSetting {
    const { person, workspace } = this.written('protect');
    return parseProtectionSetting([person, ...workspace]);
  }

  /** When a name has to be typed before a deletion. A workspace can only make it stricter. */
  get typingThreshold(): TypingThreshold {
    return {
      images: readLowestNumber(this.written('confirmation.typeNameAboveImages')).used,
      isForActiveOrTagged: this.#anyTrue('confirmation.typeNameForActiveOrTagged'),
    };
  }

  /** Whether nothing is deleted until the workspace was searched for references. A workspace can only switch it on. */
  get searchesBeforeDeleting(): boolean {
    return this.#anyTrue('references.searchBeforeDeleting');
  }

  /** How long the journal of deletions is kept, and how large it may get. */
  get journalLimits(): RetentionLimits {
    return {
      keepDays: this.#number('history.keepDays'),
      maxBytes: this.#number('history.maxMegabytes') * 1_000_000,
    };
  }

  /** Leaves it to what the server offers. It is a user setting, so there is no other place to change it. */
  async resetApi(): Promise<void> {
    await this.#configuration().update(
      'api' satisfies SettingId,
      undefined,
      vscode.ConfigurationTarget.Global,
    );
  }

  async addNamespace(namespace: NamespaceName): Promise<void> {
    await this.#addTo('namespaces', namespace);
  }

  async removeNamespace(namespace: NamespaceName): Promise<void> {
    await this.#removeFrom('namespaces', namespace);
  }

  async addRepository(fullName: string): Promise<void> {
    await this.#addTo('repositories', fullName);
  }

  async removeRepository(fullName: string): Promise<void> {
    await this.#removeFrom('repositories', fullName);
  }

  /** The value in force, as it was written; it may be of any type. */
  read(setting: SettingId): unknown {
    return this.#configuration().get<unknown>(setting);
  }

  /**
   * What the person, the workspace and each of its folders have written. A default is not among them: other extensions can
   * change it.
   */
  written(setting: SettingId): WrittenValues {
    const inspected = this.#configuration().inspect<unknown>(setting);
    const folders = vscode.workspace.workspaceFolders ?? [];
    const ofFolders = folders.map(
      ({ uri }) =>
        vscode.workspace.getConfiguration(extensionName, uri).inspect<unknown>(setting)?.workspaceFolderValue,
    );
    return { person: inspected?.globalValue, workspace: [inspected?.workspaceValue, ...ofFolders] };
  }

  #configuration(): vscode.WorkspaceConfiguration {
    return (this.#cached ??= vscode.workspace.getConfiguration(extensionName));
  }

  #number(setting: Exclude<NumericSetting, 'activityWindowDays'>): number {
    return readNumber(setting, this.read(setting)).used;
  }

  #anyTrue(setting: StrictestSetting): boolean {
    return readAnyTrue(setting, this.written(setting)).used;
  }

  #parsed<T>(setting: ListSetting, parse: (text: string) => T): readonly T[] {
    const parsed: T[] = [];
    for (const entry of new Set(readList(this.read(setting)).used)) {
      try {
        parsed.push(readEntry(entry, parse));
      } catch {
        continue; // a setting problem
      }
    }
    return parsed;
  }

  async #addTo(setting: ListSetting, entry: string): Promise<void> {
    const { entries, target } = this.#writable(setting);
    if (!entries.includes(entry)) {
      await this.#configuration().update(setting, [...entries, entry], target);
    }
  }

  async #removeFrom(setting: ListSetting, entry: string): Promise<void> {
    const { entries, target } = this.#writable(setting);
    await this.#configuration().update(
      setting,
      entries.filter((other) => other !== entry),
      target,
    );
  }

  /** Where the list in force is written: the workspace's, where it has one, else the person's. */
  #writable(setting: ListSetting) {
    const inspected = this.#configuration().inspect<unknown>(setting);
    const inWorkspace = inspected?.workspaceValue !== undefined;
    return {
      entries: readList(inWorkspace ? inspected.workspaceValue : inspected?.globalValue).used,
      target: inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    };
  }
}
