import { lastActivity } from '../activity';
import type { Inventory } from '../inventory';
import type { Image } from '../model';

/**
 * Why an image that the server calls inactive is left out of a plan nobody chose it for:
 *
 * - `unknownActivity`: neither its last push nor its last pull is known
 * - `futureActivity`: its last activity lies ahead, so one of the clocks is wrong
 * - `contradictsServer`: its own times say that it is active
 */
export type ProtectionReason = 'unknownActivity' | 'futureActivity' | 'contradictsServer';

export interface ProtectedImage {
  readonly image: Image;
  readonly reason: ProtectionReason;
}

export interface InactiveSelection {
  readonly inactive: readonly Image[];
  readonly protectedImages: readonly ProtectedImage[];
}

/** The images of a complete inventory that are inactive beyond doubt, and those left out because they are not. */
export function selectInactive(inventory: Inventory, now: Date): InactiveSelection {
  const inactive: Image[] = [];
  const protectedImages: ProtectedImage[] = [];
  for (const image of inventory.images) {
    if (image.status === 'inactive') {
      const reason = protectionReason(image, inventory.activeFrom, now);
      if (reason === undefined) {
        inactive.push(image);
      } else {
        protectedImages.push({ image, reason });
      }
    }
  }
  return { inactive, protectedImages };
}

function protectionReason(image: Image, activeFrom: Date, now: Date): ProtectionReason | undefined {
  const activity = lastActivity(image);
  if (activity === undefined) {
    return 'unknownActivity';
  }
  if (activity.at > now) {
    return 'futureActivity';
  }
  return activity.at >= activeFrom ? 'contradictsServer' : undefined;
}
