/**
 * Builds every bundle of the repository.
 *
 *   node esbuild.mjs                  the extension: dist/extension.js, dist/chunks/, dist/webviews/
 *   node esbuild.mjs --production     the same, minified, with the limits on size
 *   node esbuild.mjs --watch          the same, again after every change
 *   node esbuild.mjs --tests          the extension and all groups of tests and tools, to out/
 *   node esbuild.mjs --tests=unit,e2e only these groups (unit, registry, host, webview, e2e, bench, tools); --out=DIR to another folder
 *   node esbuild.mjs --tests=unit FILE…  only these test files of the group
 */
import { build, context } from 'esbuild';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledPackages, thirdPartyNotices } from './build/thirdPartyNotices.mjs';

/** @import { BuildOptions, BuildResult, Metafile } from 'esbuild' */

/** What the editor loads when the extension is activated. */
const MAIN_BUNDLE = 'dist/extension.js';
/** The main bundle is read whenever a window opens; what it may weigh in production. */
const MAIN_BUNDLE_LIMIT_BYTES = 120_000;
/** What is read when it is needed: the sandbox, the webviews, the registry, whatever makes plans, and what sends requests. */
const READ_LATER =
  /(^|\/)(test|media\/(webview|review|overview|namespaceOverview)|src\/(references|workspace\/(search|referenceResults|referenceFeatures|imageLists)|sandbox|review|connection\/createConnection|auth\/signIn(Input)?|interaction\/pickers|overview\/overviewPanel|namespaceOverview\/namespaceOverviewPanel|providers\/treeItems|hub\/deletion\/deletionFlow|hub\/registry\/registryClient)|node_modules\/(dockerfile-ast|ignore|jsonc-parser|yaml|node-fetch|uplot|lit|d3-hierarchy))([/.]|$)/;
const NOTICES = 'dist/ThirdPartyNotices.txt';
const GROUPS = ['unit', 'registry', 'host', 'webview', 'e2e', 'bench', 'tools'];

const { values: options, positionals: onlyFiles } = parseArgs({
  args: process.argv
    .slice(2)
    .map((argument) => (argument === '--tests' ? `--tests=${GROUPS.join(',')}` : argument)),
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    tests: { type: 'string' },
    out: { type: 'string', default: 'out' },
  },
  allowPositionals: true,
});

const isEveryGroup = options.tests === GROUPS.join(',');
const groups = options.tests?.split(',') ?? [];
const outFolder = options.out;

/** @type {{ devDependencies: Record<string, string> }} */
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** @type {BuildOptions} */
const common = {
  bundle: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.yaml': 'text' },
  // as ES modules: their builds for Node load with "require", which a bundle of ES modules cannot
  alias: {
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    yaml: './node_modules/yaml/browser/index.js', // not among the exports of the package
  },
};

/** @type {BuildOptions} */
const product = { ...common, minify: options.production, sourcemap: options.production ? false : 'linked' };

/**
 * Modules that share their common parts: what is imported dynamically (the review, the sandbox) is read when it is used,
 * and classes stay the same on both sides. The oldest supported editor takes modules in its extension host.
 *
 * @type {BuildOptions}
 */
const extension = {
  ...product,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  splitting: true,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['vscode'],
  // its build for Node requires "fs" while it loads, which a bundle of ES modules cannot; nothing is read from files here
  alias: { ...common.alias, '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
};

/**
 * The pages, in one folder because they share a font.
 *
 * @type {BuildOptions}
 */
const webviews = {
  ...product,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: Object.fromEntries(
    ['review', 'overview', 'namespaceOverview'].map((name) => [name, `media/${name}/main.ts`]),
  ),
  outdir: 'dist/webviews',
  assetNames: '[name]',
  loader: { ...common.loader, '.ttf': 'file' },
};

/**
 * Development dependencies are found in node_modules when a test runs; the others are bundled, as in the extension.
 *
 * @type {BuildOptions}
 */
const test = {
  ...common,
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  sourcesContent: false,
  external: Object.keys(manifest.devDependencies),
};

/**
 * Bundles of ES modules that share their common parts. CommonJS packages inside ask for `require`.
 *
 * @type {BuildOptions}
 */
const testModules = {
  ...test,
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** Several targets of the tests: vscode is an external of the host tests only, so elsewhere its import fails the build.
 *
 * @type {Record<string, () => BuildOptions[]>}
 */
const testGroups = {
  unit: () => [
    {
      ...testModules,
      entryPoints: testFiles('unit'),
      outbase: 'test/unit',
      outdir: `${outFolder}/test/unit`,
    },
  ],
  registry: () => [
    {
      ...testModules,
      entryPoints: testFiles('registry'),
      outbase: 'test/registry',
      outdir: `${outFolder}/test/registry`,
    },
  ],
  e2e: () => [
    { ...testModules, entryPoints: testFiles('e2e'), outbase: 'test/e2e', outdir: `${outFolder}/test/e2e` },
  ],
  webview: () => [
    {
      ...testModules,
      entryPoints: testFiles('webview'),
      outbase: 'test/webview',
      outdir: `${outFolder}/test/webview`,
    },
  ],
  host: () => [
    {
      ...test,
      format: 'cjs',
      stdin: {
        contents: hostSuite(),
        resolveDir: resolve('test/host'),
        sourcefile: 'suite.ts',
        loader: 'ts',
      },
      outfile: `${outFolder}/test/host/suite.cjs`,
      external: [...(test.external ?? []), 'vscode'],
    },
    // what is to be tested of the network depends on how the extension is bundled
    {
      ...extension,
      entryPoints: { networkProbe: 'test/host/support/networkProbe.ts' },
      outdir: `${outFolder}/test/host/probe`,
    },
  ],
  bench: () => [
    {
      ...testModules,
      entryPoints: [
        ...filesUnder('bench', '.ts').filter(isDirectlyIn('bench')),
        'bench/support/serverProcess.ts',
      ],
      outbase: 'bench',
      outdir: `${outFolder}/bench`,
    },
    {
      ...test,
      format: 'cjs',
      entryPoints: { 'observer/extension': 'bench/observer/extension.ts' },
      outdir: `${outFolder}/bench`,
      outExtension: { '.js': '.cjs' },
      external: [...(test.external ?? []), 'vscode'],
    },
    {
      ...extension,
      minify: true,
      sourcemap: false,
      entryPoints: { extension: 'bench/measured/extension.ts' },
      outdir: `${outFolder}/bench/measured/dist`,
    },
  ],
  tools: () => [
    {
      ...testModules,
      entryPoints: filesUnder('test/run', '.ts').filter(isDirectlyIn('test/run')),
      outdir: `${outFolder}/tools`,
    },
    {
      ...test,
      format: 'cjs',
      entryPoints: {
        'companion/extension': 'test/workbench/companion/extension.ts',
        fileLogger: 'test/workbench/fileLogger.ts',
      },
      outdir: `${outFolder}/tools`,
      outExtension: { '.js': '.cjs' },
      external: [...(test.external ?? []), 'vscode'],
    },
  ],
};

await main();

async function main() {
  const builds = groups.flatMap((group) => {
    const targets = testGroups[group];
    if (targets === undefined)
      throw new Error(`No such group of tests: ${group}. There are: ${GROUPS.join(', ')}`);
    return targets();
  });
  const shipped = groups.length === 0 || isEveryGroup ? [extension, webviews] : [];
  builds.unshift(...shipped);
  // chunks are named for their content, so those of an earlier build would stay
  if (builds.includes(extension))
    rmSync(options.production ? 'dist' : 'dist/chunks', { recursive: true, force: true });
  if (options.watch) return watch(builds);
  try {
    const results = await Promise.all(builds.filter(hasEntries).map((one) => build(one)));
    for (const { metafile } of results) checkMainBundle(metafile);
    if (shipped.length > 0) writeNotices(results.slice(0, shipped.length));
  } catch (error) {
    // esbuild has already printed what is wrong with the sources.
    if (!(error instanceof Error && 'errors' in error))
      console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** @param {BuildOptions[]} builds */
async function watch(builds) {
  for (const one of builds.filter(hasEntries)) {
    const watched = await context({ ...one, logLevel: 'info' });
    await watched.watch();
  }
}

/** @param {BuildOptions} one */
function hasEntries({ entryPoints }) {
  return !Array.isArray(entryPoints) || entryPoints.length > 0;
}

/**
 * @param {readonly BuildResult[]} results All that is shipped.
 * @throws {Error} What may not be shipped as it is.
 */
function writeNotices(results) {
  const folders = bundledPackages(results.flatMap(({ metafile }) => metafile ?? []));
  writeFileSync(NOTICES, thirdPartyNotices(folders));
}

/** @param {Metafile | undefined} metafile */
function checkMainBundle(metafile) {
  if (metafile?.outputs[MAIN_BUNDLE] === undefined) return;
  const files = readAtOnce(metafile, MAIN_BUNDLE);
  const inputs = files.flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}));
  const strangers = inputs.filter((input) => READ_LATER.test(input));
  if (strangers.length > 0) throw new Error(`${MAIN_BUNDLE} must not contain ${strangers.join(', ')}`);
  if (!options.production) return;
  const bytes = files.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
  console.log(`${MAIN_BUNDLE} with what it imports: ${bytes} of at most ${MAIN_BUNDLE_LIMIT_BYTES} bytes`);
  if (bytes > MAIN_BUNDLE_LIMIT_BYTES) throw new Error(`${MAIN_BUNDLE} is too large`);
}

/**
 * The file and every chunk it imports statically, each once.
 *
 * @param {Metafile} metafile
 * @param {string} file
 * @returns {string[]}
 */
function readAtOnce(metafile, file) {
  const found = new Set([file]);
  for (const known of found) {
    for (const { path, kind, external } of metafile.outputs[known]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) found.add(path);
    }
  }
  return [...found];
}

/** @param {string} group */
function testFiles(group) {
  const found = filesUnder(`test/${group}`, '.test.ts');
  if (onlyFiles.length === 0) return found;
  const wanted = onlyFiles.map((file) => relative('.', file).split(sep).join('/'));
  return found.filter((file) => wanted.some((name) => file === name || file.startsWith(`${name}/`)));
}

/** One module that imports the test files inside `describe` of nothing: mocha's globals exist only once `run` was called. */
function hostSuite() {
  const imports = testFiles('host').map(
    (file) => `() => require(${JSON.stringify(`./${relative('test/host', file)}`)})`,
  );
  return `import { runFiles } from './index';\nexport const run = () => runFiles([${imports.join(', ')}]);\n`;
}

/**
 * @param {string} folder
 * @param {string} ending
 */
function filesUnder(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file).split(sep).join('/'))
    .filter((file) => file.endsWith(ending))
    .sort();
}

/** @param {string} folder */
function isDirectlyIn(folder) {
  /** @param {string} file */
  return (file) => !file.slice(folder.length + 1).includes('/');
}
