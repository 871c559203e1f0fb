import type { Answer } from '../../answer';
import { describeReferrer } from '../../manifestDocument';
import { ociIndexType } from '../../mediaTypes';
import type { Call, Services } from '../../route';
import { granted } from './grants';
import { routeNotFound } from './registryError';

/** Manifests whose subject is the digest, whether or not that is there. */
export function listReferrers(call: Call, services: Services): Answer {
  if (!services.hasReferrers) {
    return routeNotFound;
  }
  const repository = granted(call, services, 'pull');
  const wanted = call.query['artifactType'];
  const manifests = [...repository.referrersOf(call.params['digest'] ?? '')]
    .flatMap((digest) => repository.get(digest) ?? [])
    .filter(({ artifactType }) => wanted === undefined || artifactType === wanted)
    .map(describeReferrer);
  return {
    status: 200,
    headers: {
      'content-type': ociIndexType,
      ...(wanted !== undefined && { 'oci-filters-applied': 'artifactType' }),
    },
    body: { schemaVersion: 2, mediaType: ociIndexType, manifests },
  };
}
