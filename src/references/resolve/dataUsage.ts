import { type DataMap, scalarAt } from './dataNode';
import { fileName } from './format';
import { keyUsage } from './keys';
import type { Usage } from './structure';

/** Where a value stands in its document. */
export interface Place {
  /** Of the value, or of the list that it is in. */
  readonly key: string;
  readonly parent: Place | undefined;
  /** The map with the key. */
  readonly map: DataMap | undefined;
  /** Path of the file. */
  readonly file: string;
  readonly isItem?: boolean;
  /** Whether it is in a list that a tag makes something else of. */
  readonly isTagged?: boolean;
  readonly isKey?: boolean;
}

/**
 * Returns what the value at a place does with the image that it names.
 *
 * @param value `undefined` for a key.
 */
export function dataUsage(place: Place, value: string | undefined): Usage {
  if (hasAncestor(place, ({ key }) => key.startsWith('hubImages.') || isRenovateOfPackage(key, place)))
    return 'tooling';
  if (isPackageManifest(place)) return hasAncestor(place, ({ key }) => key === 'scripts') ? 'text' : 'tagged';
  if (place.isKey === true) return 'text';
  return workflowUsage(place, value) ?? producedUsage(place) ?? usedUsage(place, value) ?? 'text';
}

/** Of GitHub Actions, whose repositories are those on GitHub, and whose actions are written like images. */
function workflowUsage(place: Place, value: string | undefined): Usage | undefined {
  if (!isWorkflow(place)) return undefined;
  const { key, parent } = place;
  if (key === 'uses') return value?.startsWith('docker://') === true ? 'use' : 'none';
  const action =
    parent?.key === 'with' && parent.map !== undefined ? (scalarAt(parent.map, 'uses')?.value ?? '') : '';
  if (/(?:build-push|bake)-action@/.test(action)) {
    if (/^(?:tags|cache-to|outputs)$/.test(key)) return 'produced';
    return key === 'set' ? 'text' : undefined;
  }
  if (action.includes('metadata-action@') && key === 'images') return 'producedName';
  if (/^(?:if|repository|repo)$/.test(key) || value?.includes('github.repository') === true) return 'tagged';
  return undefined;
}

function producedUsage({ key, parent, isKey }: Place): Usage | undefined {
  if (isKey === true) return undefined;
  // of Compose, and of Bake as JSON
  if (key === 'tags' && (parent?.key === 'build' || parent?.parent?.key === 'target')) return 'produced';
  if (key === 'output' && parent?.parent?.key === 'target') return 'produced';
  return keyUsage(key) === 'produced' ? 'produced' : undefined;
}

function usedUsage(place: Place, value: string | undefined): Usage | undefined {
  const { key, parent, map, isItem, isTagged } = place;
  if (isTagged === true) return undefined;
  if (keyUsage(key) === 'use') return isReadByDocker(place) ? 'use' : 'named';
  if (key === 'images' && isItem === true) return 'named';
  if (key === 'services' && isItem === true) return 'use';
  // of Bitbucket, where it names one of their repositories
  if (key === 'pipe' && value?.startsWith('docker://') !== true) return 'none';
  if (
    key === 'name' &&
    parent !== undefined &&
    (parent.key === 'image' || (parent.key === 'services' && parent.isItem === true))
  )
    return isReadByDocker(place) ? 'use' : 'named';
  if (key !== 'value' && key !== 'default') return undefined;
  const name = map && scalarAt(map, 'name');
  return name !== undefined && keyUsage(name.value) === 'use' ? 'named' : undefined;
}

/** Files in which Docker gets the value as it is. */
const dockerFilePattern =
  /(?:^|\/)(?:(?:docker-)?compose\b[^/]*\.ya?ml|\.?devcontainer\.json|\.gitlab-ci[^/]*\.ya?ml|\.(?:circleci|woodpecker|buildkite|gitlab)\/.*|\.(?:drone|woodpecker|travis)\.ya?ml|bitbucket-pipelines\.yml|azure-pipelines[^/]*\.ya?ml|cloudbuild[^/]*\.(?:ya?ml|json)|[^/]*\.nomad(?:\.json)?)$/;
const tagPattern = /(?:tag|version|digest|sha)$/i;

/** Whether the value gets to Docker as it is, so that `latest` is meant without a tag, and no tag is put behind it. */
function isReadByDocker(place: Place): boolean {
  const { key, parent, map, file } = place;
  if ([...(map?.entries ?? []), ...(map?.merged ?? [])].some(({ key: other }) => tagPattern.test(other)))
    return false;
  if (isWorkflow(place) || dockerFilePattern.test(file)) return true;
  if (key === 'reference') return parent?.key === 'image';
  if (key !== 'image') return false;
  const isContainer =
    /^(?:containers|initContainers|ephemeralContainers)$/.test(parent?.key ?? '') && parent?.isItem === true;
  return isContainer || parent?.parent?.key === 'services';
}

function isWorkflow({ file }: Place): boolean {
  return (
    /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\//.test(file) ||
    /^action\.ya?ml$/.test(fileName(file))
  );
}

/** Those of npm and Composer, whose packages and repositories are written like images. */
function isPackageManifest({ file }: Place): boolean {
  return /^(?:package(?:-lock)?|composer)\.json$|^composer\.lock$/.test(fileName(file));
}

function isRenovateOfPackage(key: string, place: Place): boolean {
  return key === 'renovate' && isPackageManifest(place);
}

function hasAncestor(place: Place, test: (place: Place) => boolean): boolean {
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) if (test(at)) return true;
  return false;
}
