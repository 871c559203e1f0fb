import * as vscode from 'vscode';
import { extensionName } from './contributions';
import { imageApiKinds, type ImageApiKind } from './hub/autoImageApi';
import type { TypingThreshold } from './hub/deletion/confirmation';
import { parseNamespaceName, parseRepositoryRef, type NamespaceName, type RepositoryRef } from './hub/names';
import type { RetentionLimits } from './journal/retention';
import { type NumericSetting, numericSettings, type SettingId } from './settingDefinitions';
import { Disposable } from './util/dispose';

/** A value that cannot be used, and what is used instead. */
export interface SettingProblem {
  readonly setting: SettingId;
  /** For the person who wrote the setting. */
  readonly message: string;
}

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
    const value = this.#read('apiUrl');
    return typeof value === 'string' ? value : '';
  }

  /** How images are seen and deleted; `undefined` leaves it to what the server offers. */
  get api(): ImageApiKind | undefined {
    const value = this.#read('api');
    return imageApiKinds.find((kind) => kind === value);
  }

  /** Whether indexes may be read from the registry, though each counts as a pull. */
  get readsIndexes(): boolean {
    return this.#read('registry.readIndexes') !== false;
  }

  get namespaces(): readonly NamespaceName[] {
    return this.#parsed('namespaces', parseNamespaceName);
  }

  get repositories(): readonly RepositoryRef[] {
    return this.#parsed('repositories', parseRepositoryRef);
  }

  /** Days; `undefined` leaves the decision to the Hub. */
  get activityWindowDays(): number | undefined {
    return this.#number('activityWindowDays') ?? undefined;
  }

  get pageSize(): number {
    return this.#number('pageSize');
  }

  get deleteBatchSize(): number {
    return this.#number('deleteBatchSize');
  }

  get maxConcurrentRequests(): number {
    return this.#number('maxConcurrentRequests');
  }

  get requestTimeoutMs(): number {
    return this.#number('requestTimeoutSeconds') * 1000;
  }

  /** Patterns of the person and of the workspace together: nobody can take a protection away from the other. */
  get protect(): readonly string[] {
    const inspected = this.#configuration().inspect<unknown>('protect');
    const lists = [inspected?.globalValue, inspected?.workspaceValue, inspected?.workspaceFolderValue];
    return lists.flatMap((list) =>
      Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [],
    );
  }

  /** When a name has to be typed before a deletion. A workspace can only make it stricter. */
  get typingThreshold(): TypingThreshold {
    const images = this.#configuration().inspect<unknown>('confirmation.typeNameAboveImages');
    const strict = this.#configuration().inspect<unknown>('confirmation.typeNameForActiveOrTagged');
    const own = [
      images?.globalValue ?? images?.defaultValue,
      images?.workspaceValue,
      images?.workspaceFolderValue,
    ];
    return {
      images: Math.min(...own.filter((value) => Number.isInteger(value)).map(Number)),
      isForActiveOrTagged:
        (strict?.globalValue ?? strict?.defaultValue) !== false ||
        strict?.workspaceValue === true ||
        strict?.workspaceFolderValue === true,
    };
  }

  /** How long the journal of deletions is kept, and how large it may get. */
  get journalLimits(): RetentionLimits {
    return {
      keepDays: this.#number('history.keepDays'),
      maxBytes: this.#number('history.maxMegabytes') * 1_000_000,
    };
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

  /** Every value that is out of bounds or cannot be read. */
  problems(): readonly SettingProblem[] {
    return [
      ...this.#boundsProblems(),
      ...this.#listProblems('namespaces', parseNamespaceName),
      ...this.#listProblems('repositories', parseRepositoryRef),
    ];
  }

  #configuration(): vscode.WorkspaceConfiguration {
    return (this.#cached ??= vscode.workspace.getConfiguration(extensionName));
  }

  #read(setting: SettingId): unknown {
    return this.#configuration().get<unknown>(setting);
  }

  /** The setting within its bounds, or its default where it is no whole number. */
  #number<Id extends NumericSetting>(setting: Id): number | (typeof numericSettings)[Id]['default'] {
    return this.#bounded(setting) ?? numericSettings[setting].default;
  }

  #bounded(setting: NumericSetting): number | undefined {
    const value = this.#read(setting);
    const { minimum, maximum } = numericSettings[setting];
    return Number.isInteger(value) ? Math.min(maximum, Math.max(minimum, Number(value))) : undefined;
  }

  #boundsProblems(): readonly SettingProblem[] {
    const problems: SettingProblem[] = [];
    for (const setting of Object.keys(numericSettings) as NumericSetting[]) {
      // keys of a literal object
      const value = this.#read(setting);
      const used = this.#bounded(setting);
      if (value !== null && value !== undefined && value !== used) {
        const { minimum, maximum } = numericSettings[setting];
        problems.push({
          setting,
          message: vscode.l10n.t(
            '"{0}" must be a whole number from {1} to {2}. {3} is used instead.',
            `${extensionName}.${setting}`,
            minimum,
            maximum,
            used ?? vscode.l10n.t('The default'),
          ),
        });
      }
    }
    return problems;
  }

  #list(setting: 'namespaces' | 'repositories'): readonly unknown[] {
    const value = this.#read(setting);
    return Array.isArray(value) ? value : [];
  }

  #parsed<T>(setting: 'namespaces' | 'repositories', parse: (text: string) => T): readonly T[] {
    const parsed: T[] = [];
    for (const entry of new Set(this.#list(setting))) {
      try {
        parsed.push(parse(String(entry)));
      } catch {
        continue; // reported by problems()
      }
    }
    return parsed;
  }

  #listProblems(
    setting: 'namespaces' | 'repositories',
    parse: (text: string) => unknown,
  ): readonly SettingProblem[] {
    const problems: SettingProblem[] = [];
    for (const entry of this.#list(setting)) {
      try {
        parse(String(entry));
      } catch (error) {
        problems.push({
          setting,
          message: vscode.l10n.t(
            '"{0}" has an entry that is left out, "{1}": {2}.',
            `${extensionName}.${setting}`,
            String(entry).slice(0, 80),
            error instanceof RangeError ? error.message : vscode.l10n.t('it cannot be read'),
          ),
        });
      }
    }
    return problems;
  }

  async #addTo(setting: 'namespaces' | 'repositories', entry: string): Promise<void> {
    const { entries, target } = this.#writable(setting);
    if (!entries.includes(entry)) {
      await this.#configuration().update(setting, [...entries, entry], target);
    }
  }

  async #removeFrom(setting: 'namespaces' | 'repositories', entry: string): Promise<void> {
    const { entries, target } = this.#writable(setting);
    await this.#configuration().update(
      setting,
      entries.filter((other) => other !== entry),
      target,
    );
  }

  /** Where the list in force is written: the workspace's, where it has one, else the person's. */
  #writable(setting: 'namespaces' | 'repositories') {
    const inspected = this.#configuration().inspect<readonly unknown[]>(setting);
    const inWorkspace = inspected?.workspaceValue !== undefined;
    return {
      entries: (inWorkspace ? inspected.workspaceValue : inspected?.globalValue) ?? [],
      target: inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    };
  }
}
