import type { HubConnection } from '../connection/hubConnection';
import { activeFromDaysAgo, activeFromOneMonthAgo } from '../hub/activity';
import type { RepositoryRef } from '../hub/names';
import type { RepositoryContents } from '../providers/repositoryContents';
import type { Services } from './services';

/** For so long the beginning of the Hub's own month is near enough: an earlier one calls more images active. */
const lifetimeMs = 5 * 60 * 1000;

/** As much of the services as tells the beginning of an activity window. */
export interface WindowServices extends Pick<Services, 'now'> {
  readonly connections: { require(): Pick<HubConnection, 'origin' | 'images' | 'imageApiKind'> };
  readonly settings: Pick<Services['settings'], 'activityWindowDays'>;
  readonly viewOptions: Pick<Services['viewOptions'], 'get'>;
  readonly tree: { contents(repository: RepositoryRef): Pick<RepositoryContents, 'summary'> | undefined };
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
  const instants = await Promise.all(
    repositories.map((repository) => activeFromOf(services, repository, signal)),
  );
  return new Date(Math.min(...instants.map((instant) => instant.getTime())));
}

async function activeFromOf(
  { connections, settings, viewOptions, tree, now }: WindowServices,
  repository: RepositoryRef,
  signal?: AbortSignal,
): Promise<Date> {
  const { origin, images, imageApiKind } = connections.require();
  const days = viewOptions.get(origin, repository).activityWindowDays ?? settings.activityWindowDays;
  if (days !== undefined) {
    return activeFromDaysAgo(days, now());
  }
  if (imageApiKind() === 'registry') {
    return activeFromOneMonthAgo(now()); // worked out here in any case, so the lists need not be read for it
  }
  const shown = tree.contents(repository)?.summary?.activeFrom;
  return shown !== undefined && isOwnMonth(shown, now())
    ? shown
    : (await images.getSummary(repository, {}, signal)).activeFrom; // the Hub's own month, as it applies it
}

/** Whether the Hub may have told it as the beginning of its own month a few minutes ago; then no request tells more. */
function isOwnMonth(activeFrom: Date, now: Date): boolean {
  const earliest = activeFromOneMonthAgo(new Date(now.getTime() - lifetimeMs));
  return activeFrom >= earliest && activeFrom <= activeFromOneMonthAgo(now);
}
