/** What was measured, held against what is claimed. */
export interface Verdict {
  /** A few words with ratios and counts; times of one machine mean little on another. */
  readonly measured: string;
  readonly isMet: boolean;
}

export interface Claim {
  readonly title: string;
  readonly target: string;
}

export type Report = Claim & Verdict;

/** Marks the line by which a measurement tells its parent what came of it. */
export const reportMark = '@claim ';

/** Measures one claim in this process, which is its own so that nothing else has a share in its time and memory. */
export async function measureClaim(claim: Claim, measure: () => Promise<Verdict>): Promise<void> {
  report(claim, await measure());
}

/** Where several claims are about the same work, which takes its time: that is done once. */
export function report(claim: Claim, verdict: Verdict): void {
  const whole: Report = { ...claim, ...verdict };
  console.log(`${reportMark}${JSON.stringify(whole)}`);
}
