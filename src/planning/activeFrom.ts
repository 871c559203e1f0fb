import type { RepositoryContents } from '../catalog/repositoryContents';
import type { HubConnection } from '../connection/hubConnection';
import { activeFromDaysAgo, activeFromOneMonthAgo } from '../hub/activity';
import type { RepositoryRef } from '../hub/names';
import type { Services } from '../interaction/services';

/**
 * How old a start of the server's default window may be. An earlier start is safe, because it makes more images active.
 */
const defaultLifetimeMs = 5 * 60 * 1000;

/** The part of the services that determines where an activity window starts. */
export interface WindowServices extends Pick<Services, 'now'> {
  readonly connections: { require(): Pick<HubConnection, 'origin' | 'images' | 'imageApiKind'> };
  readonly settings: Pick<Services['settings'], 'activityWindowDays'>;
  readonly viewOptions: Pick<Services['viewOptions'], 'get'>;
  readonly catalog: { contents(repository: RepositoryRef): Pick<RepositoryContents, 'summary'> | undefined };
}

/** The current activity window of the repository in days. Undefined for the server's default, which is one month. */
export function windowDaysOf(
  { settings, viewOptions }: Pick<WindowServices, 'settings' | 'viewOptions'>,
  origin: string,
  repository: RepositoryRef,
): number | undefined {
  return viewOptions.get(origin, repository).activityWindowDays ?? settings.activityWindowDays;
}

/**
 * Determines the one `activeFrom` of a plan. If its repositories have different activity windows, the longest applies: it
 * makes more images active, so the dry run warns of more.
 *
 * @throws {HubError} The server's default is needed, and could not be read.
 */
export async function pinActiveFrom(
  services: WindowServices,
  repositories: readonly RepositoryRef[],
  signal?: AbortSignal,
): Promise<Date> {
  const { origin } = services.connections.require();
  const { now } = services;
  const windows = repositories.map((repository) => ({
    repository,
    days: windowDaysOf(services, origin, repository),
  }));
  const days = windows.map((window) => window.days).filter((set) => set !== undefined);
  const instants = days.length === 0 ? [] : [activeFromDaysAgo(Math.max(...days), now())];
  const unset = windows.find((window) => window.days === undefined);
  if (unset !== undefined) {
    instants.push(await defaultActiveFrom(services, unset.repository, signal)); // the same for every repository
  }
  return new Date(Math.min(...instants.map((instant) => instant.getTime())));
}

/** The `activeFrom` that the server uses if a request has none. */
async function defaultActiveFrom(
  { connections, catalog, now }: WindowServices,
  repository: RepositoryRef,
  signal?: AbortSignal,
): Promise<Date> {
  const { images, imageApiKind } = connections.require();
  if (imageApiKind() === 'registry') {
    return activeFromOneMonthAgo(now()); // computed by this extension in any case, so no list has to be read
  }
  const shown = catalog.contents(repository)?.summary?.activeFrom;
  return shown !== undefined && isRecentDefault(shown, now())
    ? shown
    : (await images.getSummary(repository, {}, signal)).activeFrom;
}

/** Whether the server may have reported this as its default a few minutes ago, so that no request is needed. */
function isRecentDefault(activeFrom: Date, now: Date): boolean {
  const earliest = activeFromOneMonthAgo(new Date(now.getTime() - defaultLifetimeMs));
  return activeFrom >= earliest && activeFrom <= activeFromOneMonthAgo(now);
}
