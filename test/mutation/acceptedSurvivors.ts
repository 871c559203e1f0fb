import type { AcceptedSurvivors } from './survivors';

/** Changes that no test can notice, each with the reason. A run fails for other survivors, and for entries without one. */
export const acceptedSurvivors: readonly AcceptedSurvivors[] = [];
