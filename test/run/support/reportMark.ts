import { format } from 'node:util';
import type Mocha from 'mocha';

/** Name of the variable with what is to stand before every line of a report, where others write to the same output. */
export const REPORT_MARK = 'HUB_IMAGES_REPORT_MARK';

export function markReport({ reporters }: typeof Mocha, mark = process.env[REPORT_MARK]): void {
  if (mark === undefined) return;
  reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(mark + line);
  };
}
