/**
 * What every run has to keep to:
 *
 * - `approved`: only images and tags are deleted that were displayed and accepted
 * - `platforms`: no index that stays loses a platform
 * - `attachments`: no image that stays loses a signature, SBOM or attestation
 * - `outcomes`: what is recorded of an image is true, or `unconfirmed`
 * - `sending`: nothing is sent twice, and nothing after a failure
 * - `looking`: looking at a repository reads no manifest
 * - `checked`: everything was looked at again right before
 * - `display`: what is asked about is what is shown
 * - `journal`: the journal alone tells what happened
 * - `ends`: whatever a server does, there is an end
 * - `inventory`: bulk selections have no image whose times are unknown or recent
 */
export const rules = [
  'approved',
  'platforms',
  'attachments',
  'outcomes',
  'sending',
  'looking',
  'checked',
  'display',
  'journal',
  'ends',
  'inventory',
] as const;
export type Rule = (typeof rules)[number];

/** A rule that was broken, and how. */
export interface Violation {
  readonly rule: Rule;
  readonly text: string;
}

/** Takes down a violation. */
export type Violate = (rule: Rule, text: string) => void;
