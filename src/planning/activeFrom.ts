import type { RepositoryContents } from '../catalog/repositoryContents';
import type { HubConnection } from '../connection/hubConnection';
import { activeFromDaysAgo, activeFromOneMonthAgo } from '../hub/activity';
import type { RepositoryRef } from '../hub/names';
import type { Services } from '../interaction/services';

/** For so long the beginning of the Hub's own month is near enough: an earlier one calls more images active. */
const lifetimeMs = 5 * 60 * 1000;

/** As much of the services as tells the beginning of an activity window. */
export interface WindowServices extends Pick<Services, 'now'> {
  readonly connections: { require(): Pick<HubConnection, 'origin' | 'images' | 'imageApiKind'> };
  readonly settings: Pick<Services['settings'], 'activityWindowDays'>;
  readonly viewOptions: Pick<Services['viewOptions'], 'get'>;
  readonly tree: { contents(repository: RepositoryRef): Pick<RepositoryContents, 'summary'> | undefined };
}

/** Days of the repository's activity window, as it is set now; `undefined`: the Hub's own month. */
export function windowDaysOf(
  { settings, viewOptions }: Pick<WindowServices, 'settings' | 'viewOptions'>,
  origin: string,
  repository: RepositoryRef,
): number | undefined {
  return viewOptions.get(origin, repository).activityWindowDays ?? settings.activityWindowDays;
}

/**
 * The one instant a plan is made against. Where its repositories have different activity windows, the longest decides:
 * it calls more images active and so warns of more.
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
  const days = windows.map((window) => window.days).filter((own) => own !== undefined);
  const instants = days.length === 0 ? [] : [activeFromDaysAgo(Math.max(...days), now())];
  const unset = windows.find((window) => window.days === undefined);
  if (unset !== undefined) {
    instants.push(await ownMonthOf(services, unset.repository, signal)); // the same for every repository
  }
  return new Date(Math.min(...instants.map((instant) => instant.getTime())));
}

/** Where the Hub's own month begins, as the Hub applies it. */
async function ownMonthOf(
  { connections, tree, now }: WindowServices,
  repository: RepositoryRef,
  signal?: AbortSignal,
): Promise<Date> {
  const { images, imageApiKind } = connections.require();
  if (imageApiKind() === 'registry') {
    return activeFromOneMonthAgo(now()); // worked out here in any case, so the lists need not be read for it
  }
  const shown = tree.contents(repository)?.summary?.activeFrom;
  return shown !== undefined && isOwnMonth(shown, now())
    ? shown
    : (await images.getSummary(repository, {}, signal)).activeFrom;
}

/** Whether the Hub may have told it as the beginning of its own month a few minutes ago; then no request tells more. */
function isOwnMonth(activeFrom: Date, now: Date): boolean {
  const earliest = activeFromOneMonthAgo(new Date(now.getTime() - lifetimeMs));
  return activeFrom >= earliest && activeFrom <= activeFromOneMonthAgo(now);
}
