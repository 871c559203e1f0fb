import { hostname } from 'node:os';
import { demoWorld, type SandboxRepository } from '../../../src/sandbox/index';
import { literally } from './rows';

/** What no translation of ours changes: names, commands, keys, units, and times, which `Intl` words in English for an unknown language. */
const fixed = [
  'Hub Images',
  'hub\\.docker\\.com',
  '127\\.0\\.0\\.1:\\d+',
  'hubImages\\.[\\w.]+',
  'docker (pull|push)',
  'sha256:[0-9a-f]+…?',
  '[0-9a-f]{12,64}',
  'application/[\\w.+-]+',
  '(linux|unknown|windows)/\\w+(/v\\d)?',
  '(is_active|current_tag|collateral|referenced|child_manifest|not_found)',
  '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\w*',
  '(AM|PM|UTC|GMT[+-]?\\d*)',
  '(bytes?|byte|kB|MB|GB|TB)',
  '\\d+ (second|minute|hour|day|week|month|year)s? ago',
  'https?://\\S+',
  '\\d{8}T\\d+Z-[0-9a-f]+', // a run of the journal, and where that is
  literally(hostname()),
  '/\\S+/deletions',
  'workspace(?= [^\\x00-\\x7f])', // the name of the open folder, in a sentence
  'Actions for', // what the editor calls the buttons of a row
  "\\(Press 'Enter' to confirm or 'Escape' to cancel\\)",
  '(Ctrl|Control|Shift|Alt)\\+\\S+|Del|Delete|F\\d+|Escape',
];

const namespaces = ['acme', 'demo', 'free', 'reader'];

/** What is shown as it is: what never is translated, and what the samples of the sandbox are called. */
const untranslated = new RegExp(
  [...sampleNames().map(literally), ...fixed]
    .sort((one, other) => other.length - one.length)
    .map((word) => `(?<![A-Za-z])(?:${word})(?![A-Za-z])`)
    .join('|'),
  'g',
);

function sampleNames(): readonly string[] {
  const world = demoWorld(new Date());
  return namespaces.flatMap((name) => {
    const { fullName = '', repositories = [] } = world.findNamespace(name) ?? {};
    return [name, fullName, ...[...repositories.values()].flatMap(namesIn)];
  });
}

function namesIn({ name, description, manifests }: SandboxRepository): readonly string[] {
  const tags = [...manifests].flatMap(({ tagHistory }) => tagHistory);
  return [name, description, ...tags].filter((word) => /[A-Za-z]/.test(word));
}

/** Those of the texts that have an English word, or another one that no translation has made. */
export function englishIn(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => /[A-Za-z]{2}/.test(text.replace(untranslated, ''))))];
}
