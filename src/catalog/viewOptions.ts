import { activityWindowLimits } from '../hub/activity';
import { type ImagesOrdering, imagesOrderings } from '../hub/imageApi';
import type { ActivityStatus } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import {
  defaultRepositoriesView,
  isSameRepositoriesView,
  parseRepositoriesView,
  type RepositoriesView,
} from './repositoriesView';

/** Which images of one repository are requested and shown, and how. */
export interface ImagesView {
  /** `undefined` shows all. */
  readonly status: ActivityStatus | undefined;
  readonly ordering: ImagesOrdering;
  /** Days; `undefined` uses the setting. */
  readonly activityWindowDays: number | undefined;
}

export const defaultImagesView: ImagesView = {
  status: undefined,
  ordering: '-last_activity',
  activityWindowDays: undefined,
};

/** The part of the editor's `Memento` that is used here. */
export interface KeyValueStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A change of one repository's view. */
export interface ImagesViewChange {
  readonly origin: string;
  readonly repository: RepositoryRef;
  readonly previous: ImagesView;
  readonly current: ImagesView;
}

const keyPrefix = 'imagesView:';
const repositoriesKeyPrefix = 'repositoriesView:';
const statuses: readonly unknown[] = ['active', 'inactive'] satisfies readonly ActivityStatus[];

/**
 * The views that the user chose, of the repositories of a server and of the images of a repository. They are stored across
 * windows and sessions.
 */
export class ViewOptions {
  readonly #store: KeyValueStore;
  readonly #isSandbox: (origin: string) => boolean;
  readonly #listeners = new Set<(change: ImagesViewChange) => void>();
  readonly #repositoriesListeners = new Set<(origin: string) => void>();

  /** @param isSandbox Whether a server is the sandbox, whose port changes whenever it starts. */
  constructor(store: KeyValueStore, isSandbox: (origin: string) => boolean = () => false) {
    this.#store = store;
    this.#isSandbox = isSandbox;
  }

  get(origin: string, repository: RepositoryRef): ImagesView {
    return parseImagesView(this.#store.get(this.#keyOf(origin, repository)));
  }

  /** Stores the change and notifies the listeners. The default view takes no place in the store. */
  async update(origin: string, repository: RepositoryRef, change: Partial<ImagesView>): Promise<void> {
    const previous = this.get(origin, repository);
    const current = parseImagesView({ ...previous, ...change });
    if (isSameView(previous, current)) {
      return;
    }
    await this.#store.update(
      this.#keyOf(origin, repository),
      isSameView(current, defaultImagesView) ? undefined : current,
    );
    for (const listener of this.#listeners) {
      listener({ origin, repository, previous, current });
    }
  }

  onDidChange(listener: (change: ImagesViewChange) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** How the repositories of a server are shown. */
  repositories(origin: string): RepositoriesView {
    return parseRepositoriesView(this.#store.get(`${repositoriesKeyPrefix}${this.#serverOf(origin)}`));
  }

  /** Stores the view and notifies the listeners. The default view takes no place in the store. */
  async updateRepositories(origin: string, view: RepositoriesView): Promise<void> {
    if (isSameRepositoriesView(view, this.repositories(origin))) {
      return;
    }
    await this.#store.update(
      `${repositoriesKeyPrefix}${this.#serverOf(origin)}`,
      isSameRepositoriesView(view, defaultRepositoriesView) ? undefined : view,
    );
    for (const listener of this.#repositoriesListeners) {
      listener(origin);
    }
  }

  /** @param listener Receives the server whose repositories are shown in another way. */
  onDidChangeRepositories(listener: (origin: string) => void): { dispose(): void } {
    this.#repositoriesListeners.add(listener);
    return { dispose: () => void this.#repositoriesListeners.delete(listener) };
  }

  #keyOf(origin: string, repository: RepositoryRef): string {
    return `${keyPrefix}${this.#serverOf(origin)} ${formatRepository(repository)}`;
  }

  #serverOf(origin: string): string {
    return this.#isSandbox(origin) ? 'sandbox' : origin;
  }
}

/** Replaces each invalid value by its default: an earlier version may have stored it, or the store may be damaged. */
function parseImagesView(stored: unknown): ImagesView {
  if (stored === undefined) {
    return defaultImagesView;
  }
  const { status, ordering, activityWindowDays }: Partial<Record<keyof ImagesView, unknown>> =
    typeof stored === 'object' && stored !== null ? stored : {};
  return {
    status: statuses.includes(status) ? (status as ActivityStatus) : undefined, // just found among them
    ordering: imagesOrderings.find((known) => known === ordering) ?? defaultImagesView.ordering,
    activityWindowDays: isWindow(activityWindowDays) ? activityWindowDays : undefined,
  };
}

function isWindow(days: unknown): days is number {
  const { minimumDays, maximumDays } = activityWindowLimits;
  return Number.isInteger(days) && Number(days) >= minimumDays && Number(days) <= maximumDays;
}

function isSameView(a: ImagesView, b: ImagesView): boolean {
  return a.status === b.status && a.ordering === b.ordering && a.activityWindowDays === b.activityWindowDays;
}
