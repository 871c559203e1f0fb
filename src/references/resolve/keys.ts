import type { Usage } from './structure';

/** Capitals are those of variables, whose values are put together with others. */
const variablePattern = /^[A-Z0-9_]+$/;
const usePattern = /image(?:name|ref|uri)?$|^(?:container|newname|driver-opts|driver_opts|reference|box)$/i;
const producedPattern = /^(?:cache[-_]?to|image_templates|destinations?|pushimage)$/i;

/** Returns what the value of a key does with an image; `undefined` if the key does not tell. */
export function keyUsage(key: string): Usage | undefined {
  if (producedPattern.test(key)) return 'produced';
  return !variablePattern.test(key) && usePattern.test(key) ? 'use' : undefined;
}

const linePattern = /(?:^|[\s,{])["']?([A-Za-z_][\w.-]{0,80})["']?\s{0,20}[:=]\s{0,20}["']?$/;

/** As {@link keyUsage}, of a key as in `image = …` or `image: …` that stands directly before a value. */
export function usageBefore(
  text: string,
  lineStart: number,
  start: number,
  isUnit: boolean,
): Usage | undefined {
  const key = linePattern.exec(text.slice(Math.max(lineStart, start - 140), start))?.[1];
  const usage = key === undefined ? undefined : keyUsage(key);
  // only parsers tell whether a tag stands beside it
  return usage === 'use' && !isUnit ? 'named' : usage;
}
