/** Bits of what a byte can be part of. */
export const inHexadecimal = 1;
/** Begins and ends the name of a namespace. */
export const inNameEnds = 2;
/** Stands in such a name. */
export const inName = 4;
/** Stands in the name of a variable. */
export const inVariable = 8;

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

const classes = new Uint8Array(256);
for (const [bit, characters] of [
  [inHexadecimal, `${digits}abcdef`],
  [inNameEnds, `${digits}${lowercase}`],
  [inName, `${digits}${lowercase}._-`],
  [inVariable, `${digits}${lowercase}${lowercase.toUpperCase()}_`],
] as const) {
  for (const byte of new TextEncoder().encode(characters)) classes[byte] = (classes[byte] ?? 0) | bit;
}

/** Whether the byte at an index has a class; outside of the bytes there is none. */
export function isIn(bit: number, bytes: Uint8Array, index: number): boolean {
  return ((classes[bytes[index] ?? 0] ?? 0) & bit) !== 0;
}
