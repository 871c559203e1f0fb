import { activeFromDaysAgo } from '../hub/activity';
import type { RepositoryRef } from '../hub/names';
import type { Services } from './services';

/**
 * The one instant a plan is made against. Where its repositories have different activity windows, the longest decides:
 * it calls more images active and so warns of more.
 */
export async function pinActiveFrom(
  services: Services,
  repositories: readonly RepositoryRef[],
  signal?: AbortSignal,
): Promise<Date> {
  const { origin, images } = services.connections.require();
  const { settings, viewOptions, now } = services;
  const windows = repositories.map((repository) => ({
    repository,
    days: viewOptions.get(origin, repository).activityWindowDays ?? settings.activityWindowDays,
  }));
  const days = windows.map((window) => window.days).filter((own) => own !== undefined);
  const instants = days.length === 0 ? [] : [activeFromDaysAgo(Math.max(...days), now())];
  const unset = windows.find((window) => window.days === undefined);
  if (unset !== undefined) {
    const { activeFrom } = await images.getSummary(unset.repository, {}, signal);
    instants.push(activeFrom); // the Hub's own month, as it applies it: the same for every repository
  }
  return new Date(Math.min(...instants.map((instant) => instant.getTime())));
}
