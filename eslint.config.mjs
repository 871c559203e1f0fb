import { readdirSync } from 'node:fs';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

/** How deep a layer's folders may nest: the way out of a folder is as many `../` as the file lies deep in it. */
const DEPTH = 4;

/**
 * @typedef {object} Forbidden
 * @property {string} regex Matches the specifier of an import.
 * @property {string} message
 * @property {boolean} [allowTypeImports]
 */

/** @type {Forbidden} */
const vscode = { regex: '^vscode$', message: 'This folder runs without an editor.' };
/** @type {Forbidden} */
const nodeFetch = { regex: '^node-fetch$', message: 'Only src/hub/http sends requests.' };
/** @type {Forbidden} */
const sandbox = {
  regex: '^(\\.\\./|\\./)+sandbox(/index|$)',
  message: 'The sandbox is a bundle of its own: load it with import() when it is used.',
  allowTypeImports: true,
};

const secretStorage = {
  selector: "MemberExpression[property.name='secrets'], ObjectPattern > Property[key.name='secrets']",
  message: 'Only src/auth uses SecretStorage.',
};
const quickInput = {
  selector: 'CallExpression > MemberExpression[property.name=/^(show|create)(QuickPick|InputBox)$/]',
  message: 'Only src/util/quickInput.ts opens pickers: they must stay open without the focus.',
};
const reviewedRequest = {
  selector: "TSAsExpression > TSTypeReference[typeName.name='ReviewedRequest']",
  message: 'Only src/hub/deletion/reviewedPlan.ts makes a request that may delete.',
};
const untypedCommand = {
  selector:
    "CallExpression[callee.property.name='executeCommand'] > Literal[value=/^hubImages[.]/], AssignmentExpression[left.property.name='command'] > Literal[value=/^hubImages[.]/]",
  message: "Check the id of a command of ours: 'hubImages.…' satisfies CommandId.",
};
const habits = [
  { selector: ':not(TSModuleBlock) > ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector:
      ":matches(PropertyDefinition, MethodDefinition[kind!='constructor'], TSParameterProperty)[accessibility='private']",
    message: 'Private members begin with #.',
  },
  { selector: 'TSEnumDeclaration', message: 'A union of strings says it better.' },
];

/**
 * The files of a layer, which import nothing outside its folder.
 *
 * @param {string} folder
 * @param {Forbidden[]} forbidden
 */
function standsApart(folder, ...forbidden) {
  return Array.from({ length: DEPTH }, (_, depth) => ({
    files: [`${folder}/${'*/'.repeat(depth)}*.ts`],
    rules: forbidImports(...forbidden, {
      regex: `^(\\./)?(\\.\\./){${String(depth + 1)}}`,
      message: `${folder} imports nothing from its siblings.`,
    }),
  }));
}

/**
 * The files of a layer, which know only these neighbours in src.
 *
 * @param {string} folder
 * @param {string[]} neighbours
 */
function knowsOnly(folder, ...neighbours) {
  return {
    files: [`${folder}/**/*.ts`],
    rules: forbidImports(nodeFetch, sandbox, strangers(folder, ...neighbours)),
  };
}

/**
 * Imports of everything in src but these neighbours.
 *
 * @param {string} folder
 * @param {string[]} neighbours
 * @returns {Forbidden}
 */
function strangers(folder, ...neighbours) {
  const others = readdirSync('src')
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => !neighbours.includes(name) && `src/${name}` !== folder && name !== 'sandbox');
  return {
    regex: `^(\\.\\./)+(${others.join('|')})(/|$)`,
    message: `${folder} knows only ${neighbours.join(', ')}.`,
  };
}

/**
 * @param {Forbidden[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
function forbidImports(...patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] };
}

/**
 * Forbids the files of src what only others of them may do.
 *
 * @param {{ selector: string, message: string }[]} own What these files may do.
 * @returns {import('eslint').Linter.RulesRecord}
 */
function sourceSyntax(...own) {
  const restricted = [reviewedRequest, secretStorage, quickInput, untypedCommand];
  return { 'no-restricted-syntax': ['error', ...habits, ...restricted.filter((one) => !own.includes(one))] };
}

/** @param {string} folder In media: code of a page, or what all of them share. */
function webviewCode(folder) {
  return {
    files: [`media/${folder}/**/*.ts`],
    rules: forbidImports(
      { regex: '^(vscode$|node:)', message: 'This code runs in a webview.' },
      {
        regex: `^(\\.\\./)+(?!\\.\\./|webview/|src/${folder}/protocol$|src/util/inertText$)`,
        message: 'Only the protocol, what makes text inert and media/webview are shared.',
      },
    ),
  };
}

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'artifacts/', '.vscode-test/']),
  typescript.configs.strictTypeChecked,
  typescript.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-constant-binary-expression': 'error',
      'no-empty': 'error',
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-unused-private-class-members': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'require-atomic-updates': 'error',
      'no-restricted-syntax': ['error', ...habits],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: sourceSyntax(),
  },
  {
    files: ['src/hub/deletion/reviewedPlan.ts'],
    rules: sourceSyntax(reviewedRequest),
  },
  {
    files: ['src/auth/**/*.ts', 'src/extension.ts'], // the entry hands the storage on
    rules: sourceSyntax(secretStorage),
  },
  {
    files: ['src/util/quickInput.ts'],
    rules: sourceSyntax(quickInput),
  },
  {
    files: ['src/**/*.ts', 'media/**/*.ts'],
    ignores: ['src/sandbox/cli.ts'], // a program of its own
    rules: { 'no-console': 'error', ...forbidImports(nodeFetch, sandbox) },
  },

  // Imports point one way: extension → commands → providers, review, overview, auth, connection, history → webview, journal, util → hub.
  knowsOnly('src/util', 'hub', 'contributions'),
  knowsOnly('src/auth', 'hub', 'util', 'contributions', 'settings'),
  knowsOnly('src/catalog', 'hub', 'util'),
  knowsOnly('src/providers', 'catalog', 'hub', 'util', 'contributions', 'settings', 'connection', 'auth'),
  knowsOnly('src/webview', 'util'),
  knowsOnly('src/review', 'webview', 'hub', 'util', 'contributions', 'settings', 'connection', 'auth'),
  knowsOnly('src/overview', 'webview', 'hub', 'util', 'contributions', 'connection'),
  knowsOnly('src/connection', 'hub', 'util', 'contributions', 'settings', 'auth'),
  knowsOnly('src/history', 'hub', 'util', 'contributions', 'settings', 'connection', 'journal'),
  {
    files: ['src/journal/**/*.ts'],
    rules: forbidImports(vscode, nodeFetch, sandbox, strangers('src/journal', 'hub', 'util')),
  },
  {
    files: ['src/{review,overview}/protocol*.ts', 'src/webview/messageParts.ts'],
    rules: forbidImports({
      regex: '^(?!valibot$|\\./protocol\\w*$|\\.\\./webview/messageParts$)',
      message: 'Both sides of the webview share this file: it stands alone.',
    }),
  },
  standsApart('src/hub', vscode, nodeFetch),
  {
    files: ['src/hub/http/*.ts'],
    rules: forbidImports(vscode, {
      regex: '^(\\./)?(\\.\\./){2}',
      message: 'src/hub imports nothing from its siblings.',
    }),
  },
  standsApart('src/sandbox', vscode, nodeFetch),
  ...['webview', 'review', 'overview'].map(webviewCode),

  // A comment types a value here, which the rule does not see.
  {
    files: ['**/*.mjs'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
