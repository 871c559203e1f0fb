import type { Image } from '../hub/model';

/** What an image is, as far as it is known. An ordinary image, or one whose kind no source reports, is an `image`. */
export type ImageKind = 'image' | 'index' | 'platform' | 'attestation' | 'signature' | 'artifact';

/** What may stand in the place of the kind because it decides whether the image can be deleted. */
type ImageState = 'protected' | 'disputed' | 'unreadable' | 'unknown';

/** Ids of codicons. */
const icons: Readonly<Record<ImageKind | ImageState, string>> = {
  image: 'package',
  index: 'layers',
  platform: 'circuit-board',
  attestation: 'verified',
  signature: 'key',
  artifact: 'file-binary',
  protected: 'shield',
  disputed: 'git-compare',
  unreadable: 'warning',
  unknown: 'question',
};

/**
 * The kind of an image that is listed by itself. What signs or describes another image is listed so only if that image is
 * not known, so it may be any artifact.
 */
export function imageKind({ role }: Pick<Image, 'role'>): ImageKind {
  return role === 'signature' ? 'artifact' : (role ?? 'image');
}

/** The kind of an image that belongs to another one. */
export function partKind({ role, platform }: Pick<Image, 'role' | 'platform'>): ImageKind {
  return role ?? (platform === undefined ? 'image' : 'platform');
}

/** The id of the codicon of an image that is listed by itself. What keeps it from being deleted comes first. */
export function imageIcon(image: Pick<Image, 'role' | 'doubt' | 'status'>, isProtected: boolean): string {
  return icons[isProtected ? 'protected' : (doubtState(image) ?? stateBesideKind(image) ?? imageKind(image))];
}

/** The id of the codicon of a part. Whether it may be deleted is decided with the image that it belongs to. */
export function partIcon(image: Pick<Image, 'role' | 'platform' | 'doubt'>): string {
  return icons[image.doubt === 'disputed' ? 'disputed' : partKind(image)];
}

function doubtState({ doubt }: Pick<Image, 'doubt'>): ImageState | undefined {
  return doubt === 'undetermined' ? 'unknown' : doubt;
}

/** That something is no image says more than that its activity is unknown, which the badge shows as well. */
function stateBesideKind(image: Pick<Image, 'role' | 'status'>): ImageState | undefined {
  const isImage = ['image', 'index'].includes(imageKind(image));
  return isImage && image.status === 'unknown' ? 'unknown' : undefined;
}
