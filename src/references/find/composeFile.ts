import { nameOf } from './folderReader';

const composeName = /^(?:docker-)?compose\b.*\.ya?ml$/i;
const yamlName = /\.ya?ml$/i;

/** Whether a file is one of Compose with variables. Their values are in another file, and so the names of images may be. */
export function isComposeWithVariables(path: string, bytes: Uint8Array): boolean {
  const name = nameOf(path);
  if (!yamlName.test(name)) return false;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return content.includes('$') && (composeName.test(name) || content.includes('services:'));
}
