const linePattern = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=(.*)$/gm;

/** Reads the values of a `.env` file, without those that other variables are put into. */
export function readEnvironment(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', padded = ''] of text.replaceAll('\r', '').matchAll(linePattern)) {
    const value = padded.trim();
    const quoted = /^(["'])(.*)\1/.exec(value)?.[2];
    values.set(name, quoted ?? withoutComment(value));
  }
  return values;
}

function withoutComment(value: string): string {
  const comment = value.search(/[ \t]#/);
  return comment === -1 ? value : value.slice(0, comment).trimEnd();
}
