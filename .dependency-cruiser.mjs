/**
 * Which file may import which, written down once. `npm run lint` holds the code to it; imports of types count like any other.
 *
 * @import { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser'
 */

/**
 * Files and folders of src, each with those that it may import: only such as stand below it.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const layers = {
  'extension.ts': [
    'commands',
    'workspace',
    'providers',
    'catalog',
    'history',
    'connection',
    'auth',
    'settingProblems.ts',
    'settings.ts',
    'contributions.ts',
    'texts',
    'util',
  ],
  commands: [
    'planning',
    'interaction',
    'workspace',
    'namespaceOverview',
    'overview',
    'providers',
    'catalog',
    'history',
    'auth',
    'webview',
    'contributions.ts',
    'texts',
    'util',
    'hub',
  ],
  planning: [
    'interaction',
    'workspace',
    'review',
    'catalog',
    'connection',
    'webview',
    'settingMessages.ts',
    'contributions.ts',
    'texts',
    'util',
    'hub',
  ],
  interaction: [
    'workspace',
    'overview',
    'providers',
    'catalog',
    'history',
    'connection',
    'settings.ts',
    'contributions.ts',
    'texts',
    'util',
    'hub',
  ],
  review: ['webview', 'contributions.ts', 'texts', 'util', 'hub'],
  namespaceOverview: [
    'overview',
    'catalog',
    'connection',
    'webview',
    'contributions.ts',
    'texts',
    'util',
    'hub',
  ],
  overview: ['catalog', 'connection', 'webview', 'contributions.ts', 'texts', 'util', 'hub'],
  providers: ['catalog', 'connection', 'settings.ts', 'contributions.ts', 'texts', 'util', 'hub'],
  workspace: [
    'references',
    'catalog',
    'connection',
    'settings.ts',
    'contributions.ts',
    'texts',
    'util',
    'hub',
  ],
  catalog: ['connection', 'settings.ts', 'texts', 'util', 'hub'],
  history: ['connection', 'settings.ts', 'journal', 'contributions.ts', 'texts', 'util', 'hub'],
  connection: ['sandbox', 'auth', 'settings.ts', 'contributions.ts', 'texts', 'util', 'hub'],
  auth: ['texts', 'util', 'hub'],
  webview: ['texts', 'util'],
  'settingProblems.ts': ['settingChecks.ts', 'contributions.ts', 'util'],
  'settingChecks.ts': [
    'settingMessages.ts',
    'settingValues.ts',
    'settingDefinitions.ts',
    'texts',
    'util',
    'hub',
  ],
  'settings.ts': ['journal', 'settingValues.ts', 'settingDefinitions.ts', 'contributions.ts', 'util', 'hub'],
  'settingMessages.ts': ['settingDefinitions.ts', 'contributions.ts', 'texts', 'util', 'hub'],
  'settingValues.ts': ['settingDefinitions.ts', 'hub'],
  references: ['util', 'hub'],
  journal: ['util', 'hub'],
  texts: ['util', 'hub'],
  util: ['hub'],
  'contributions.ts': [],
  'settingDefinitions.ts': [],
  hub: [],
  sandbox: [],
};

/**
 * Folders of src/hub, in the same way. What lies in src/hub itself is the domain, which all of them know.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const hubLayers = {
  registry: ['listing', 'session', 'http'],
  management: ['listing', 'http'],
  deletion: ['listing'],
  listing: ['http'],
  session: ['http'],
  http: [],
  overview: [],
};

/** The port and what it speaks of know none of its users. */
const port = '^src/hub/(imageApi|deletionRequest|deletionAnswer|findings)[.]ts$';
/** Code that both sides of a webview share stands alone. */
const protocols = '^src/((review|overview|namespaceOverview)/protocol[A-Za-z]*|webview/messageParts)[.]ts$';
/** Loaded with import() when it is used: it is a bundle of its own. */
const onDemand = 'The sandbox and node-fetch are read when they are used, never when a window opens.';

/** @type {IRegularForbiddenRuleType[]} */
const rules = [
  forbid('no-cycle', 'Files that import each other can only be understood together.', {
    to: { circular: true },
  }),
  forbid('known-to-these-rules', 'Give a new file or folder of src its place among the layers first.', {
    from: { path: '^src/', pathNot: under('src', Object.keys(layers)) },
    to: {},
  }),
  ...Object.entries(layers).map(([name, below]) =>
    forbid(`layer-${name}`, `src/${name} imports only ${['itself', ...below].join(', ')}.`, {
      from: { path: under('src', [name]) },
      to: { path: '^src/', pathNot: under('src', [name, ...below]) },
    }),
  ),
  ...Object.entries(hubLayers).map(([name, below]) =>
    forbid(`hub-${name}`, `src/hub/${name} imports only the domain and ${below.join(', ') || 'itself'}.`, {
      from: { path: under('src/hub', [name]) },
      to: { path: '^src/hub/.*/', pathNot: under('src/hub', [name, ...below]) },
    }),
  ),
  forbid('hub-port', 'The port and what it speaks of know none of its users.', {
    from: { path: port },
    to: { path: '^src/hub/.*/' },
  }),
  forbid('sandbox-on-demand', onDemand, {
    from: { path: '^(src|media)/', pathNot: '^src/sandbox/' },
    to: { path: '^src/sandbox/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
  }),
  forbid('fetch-on-demand', `Only src/hub/http sends requests. ${onDemand}`, {
    from: { path: '^(src|media)/' },
    to: { path: 'node-fetch', dependencyTypesNot: ['dynamic-import', 'type-only'] },
  }),
  forbid('fetch-in-http-only', 'Only src/hub/http sends requests.', {
    from: { path: '^(src|media)/', pathNot: '^src/hub/http/' },
    to: { path: 'node-fetch' },
  }),
  forbid('without-editor', 'This code runs without an editor.', {
    from: { path: ['^src/(hub|sandbox|journal|references|texts)/', '/texts([.]ts|/)', protocols, '^media/'] },
    to: { path: '^(vscode$|node_modules/@types/vscode/)' },
  }),
  forbid('protocols-alone', 'Both sides of a webview share this file: it stands alone.', {
    from: { path: protocols },
    to: { pathNot: [protocols, 'node_modules/valibot/'] },
  }),
  forbid('pages-without-node', 'This code runs in a webview.', {
    from: { path: '^media/' },
    to: { dependencyTypes: ['core'] },
  }),
  ...['review', 'overview', 'namespaceOverview', 'webview'].map((page) =>
    forbid(
      `page-${page}`,
      'A page shares the protocol, media/webview, what makes text harmless and the texts of src/texts with the rest.',
      {
        from: { path: `^media/${page}/` },
        to: {
          path: '^(src|media)/',
          pathNot: [
            `^media/(${page}|webview)/`,
            `^src/(${page}/protocol|webview/messageParts)[.]ts$`,
            '^src/(util/sanitizeText|texts/(formats|language|outcomes|sizes|summary))[.]ts$',
          ],
        },
      },
    ),
  ),
];

/** @type {IConfiguration} */
export default {
  forbidden: rules,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // imports of types, too
    doNotFollow: { path: 'node_modules' },
  },
};

/**
 * @param {string} name
 * @param {string} comment What the rule is for; shown where it is broken.
 * @param {{ from?: IRegularForbiddenRuleType['from'], to: IRegularForbiddenRuleType['to'] }} rule
 * @returns {IRegularForbiddenRuleType}
 */
function forbid(name, comment, { from = {}, to }) {
  return { name, comment, severity: 'error', from, to };
}

/**
 * @param {string} folder
 * @param {readonly string[]} names Of files, with their ending, and of folders in it.
 * @returns {string} Matches the paths of those files and all that is in those folders.
 */
function under(folder, names) {
  const ends = names.map((name) => (name.endsWith('.ts') ? `${name.replace('.', '[.]')}$` : `${name}/`));
  return `^${folder}/(${ends.join('|')})`;
}
