import type { ImageRefusal } from '../deletionAnswer';
import type { ImageKey } from '../deletionRequest';
import type { AcceptanceKind } from '../findings';
import type { ReviewChange } from './reviewChanges';

/** An image that the server kept while it removed others. */
export interface RefusedImage {
  readonly key: ImageKey;
  readonly refusal: ImageRefusal;
}

/** What last happened to a deletion, as facts; the caller finds the words. */
export type FlowEvent =
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked' }
  /** A check that nobody asked for, or the one right before the deletion, found differences. */
  | { readonly kind: 'changed'; readonly changes: readonly ReviewChange[] }
  | { readonly kind: 'checkCancelled' }
  | { readonly kind: 'checkFailed'; readonly error: unknown }
  | {
      readonly kind: 'accepted';
      readonly isAccepted: boolean;
      readonly acceptance: AcceptanceKind;
      readonly images: number;
    }
  | { readonly kind: 'removed'; readonly images: number }
  | { readonly kind: 'confirming' }
  | { readonly kind: 'declined' }
  /** The last check before the deletion. */
  | { readonly kind: 'rechecking' }
  | { readonly kind: 'deleting' }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'refused' }
  /** The evidence could not be written: before the first request, or during the deletion. */
  | { readonly kind: 'notWritten'; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly error: unknown }
  /**
   * Something is left. Missing refusals: not because the server has refused single images. Unanswered: images of whose
   * deletion no answer came, or none that says what became of them.
   */
  | {
      readonly kind: 'stopped';
      readonly refusals?: readonly RefusedImage[];
      readonly unanswered?: number;
    }
  | { readonly kind: 'finished' };
