import { includes } from './access';
import type { SandboxRepository } from './repository';
import { formatTime } from './time';
import type { Role } from './role';

/** A repository as the listing shows it. */
export function showRepository(repository: SandboxRepository) {
  const lastUpdated = repository.lastUpdated;
  return {
    name: repository.name,
    namespace: repository.namespace,
    repository_type: repository.size > 0 ? 'image' : null,
    status: 1,
    status_description: 'active',
    description: repository.description,
    is_private: repository.isPrivate,
    star_count: 0,
    pull_count: repository.pullCount,
    last_updated: lastUpdated === undefined ? null : formatTime(lastUpdated, 6),
    last_modified: lastUpdated === undefined ? null : formatTime(lastUpdated, 6),
    date_registered: formatTime(repository.registeredAt ?? new Date(0), 6),
    affiliation: '',
    media_types: ['application/vnd.oci.image.manifest.v1+json'],
    content_types: ['image'],
    categories: [],
    storage_size: repository.sizeBytes,
  };
}

/** A repository as its own route shows it, to a caller of that role. */
export function showDetails(repository: SandboxRepository, role: Role) {
  return {
    ...showRepository(repository),
    user: repository.namespace,
    is_automated: false,
    collaborator_count: 0,
    hub_user: repository.namespace,
    has_starred: false,
    full_description: repository.description,
    source: null,
    permissions: { read: true, write: includes(role, 'write'), admin: includes(role, 'admin') },
    immutable_tags_settings: {
      enabled: repository.immutableTags.length > 0,
      rules: repository.immutableTags,
    },
  };
}
