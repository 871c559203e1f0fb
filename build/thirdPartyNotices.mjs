/** Notices for the third-party packages in the bundles: their names, authors, and license texts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @import { Metafile } from 'esbuild' */

/**
 * What the package.json of a bundled package tells about it.
 *
 * @typedef {{
 *   name: string,
 *   version: string,
 *   license?: unknown,
 *   author?: string | { name?: string },
 *   homepage?: string,
 *   repository?: string | { url?: string },
 * }} PackageManifest
 */

/** SPDX identifiers of licenses that permit distribution in an MIT-licensed extension if the notice is included. */
export const ALLOWED_LICENSES = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'ISC',
  'MIT',
];
/** Texts for packages that are published without one, `NAME@VERSION.txt`. Bound to the version: an update needs another look. */
const SUPPLIED_TEXTS = 'build/licenses';
const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const RULE = '-'.repeat(80);
const HEADING = `Third-party notices

Hub Images contains the following third-party software and fonts. They are distributed under their own licenses.
`;

/**
 * The folders of all packages that are in the outputs of these builds, sorted, each once.
 *
 * @param {readonly Metafile[]} metafiles
 * @returns {string[]}
 */
export function bundledPackages(metafiles) {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs));
  const folders = outputs.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageFolder));
  return [...new Set(folders)].sort();
}

/**
 * @param {string} input Path of a bundled file.
 * @returns {string[]} The folder of the innermost package that holds it; none for files of the repository.
 */
function packageFolder(input) {
  return /^.*\bnode_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.slice(0, 1) ?? [];
}

/**
 * The text for all packages in these folders.
 *
 * @param {readonly string[]} folders
 * @param {string} suppliedTexts The folder with texts for packages that have none.
 * @returns {string}
 * @throws {Error} A license is not on the allow-list, or a text is missing; the message names every such package.
 */
export function thirdPartyNotices(folders, suppliedTexts = SUPPLIED_TEXTS) {
  const packages = folders.map((folder) => readPackage(folder, suppliedTexts));
  const problems = packages.flatMap(problemsOf);
  if (problems.length > 0) throw new Error(`Third-party notices: ${problems.join('; ')}`);
  return [HEADING, ...packages.map(section)].join(`\n${RULE}\n\n`);
}

/**
 * @param {string} folder
 * @param {string} suppliedTexts
 */
function readPackage(folder, suppliedTexts) {
  /** @type {PackageManifest} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const supplied = join(suppliedTexts, `${manifest.name}@${manifest.version}.txt`);
  const own = readdirSync(folder).filter((name) => LICENSE_FILE.test(name));
  const files = own.sort().map((name) => join(folder, name));
  if (!own.some((name) => !/^notice/i.test(name)) && existsSync(supplied)) files.push(supplied);
  const texts = files.map((file) =>
    readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim(),
  );
  return { manifest, texts: texts.filter((text) => text !== '') };
}

/** @param {ReturnType<typeof readPackage>} one */
function problemsOf({ manifest: { name, version, license }, texts }) {
  const isAllowed = typeof license === 'string' && ALLOWED_LICENSES.includes(license);
  return [
    ...(isAllowed ? [] : [`the license of ${name}@${version} is not allowed: ${JSON.stringify(license)}`]),
    ...(texts.length > 0 ? [] : [`${name}@${version} has no license text`]),
  ];
}

/** @param {ReturnType<typeof readPackage>} one */
function section({ manifest, texts }) {
  const { name, version, license, author, homepage, repository } = manifest;
  const by = typeof author === 'string' ? author : author?.name;
  const address = homepage ?? (typeof repository === 'string' ? repository : repository?.url);
  const facts = [`${name} ${version}`, by && `by ${by}`, address, `License: ${String(license)}`];
  return `${facts.filter(Boolean).join('\n')}\n\n${texts.join('\n\n')}\n`.replaceAll('\r\n', '\n');
}
