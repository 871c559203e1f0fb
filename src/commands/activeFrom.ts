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
  const instants = await Promise.all(
    repositories.map((repository) => activeFromOf(services, repository, signal)),
  );
  return new Date(Math.min(...instants.map((instant) => instant.getTime())));
}

async function activeFromOf(
  { connections, settings, viewOptions, now }: Services,
  repository: RepositoryRef,
  signal?: AbortSignal,
): Promise<Date> {
  const { origin, images } = connections.require();
  const days = viewOptions.get(origin, repository).activityWindowDays ?? settings.activityWindowDays;
  if (days !== undefined) {
    return activeFromDaysAgo(days, now());
  }
  return (await images.getSummary(repository, {}, signal)).activeFrom; // the Hub's own month, as it applies it
}
