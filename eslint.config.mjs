import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

// Which file may import which is written down in .dependency-cruiser.mjs.

const secretStorage = {
  selector: "MemberExpression[property.name='secrets'], ObjectPattern > Property[key.name='secrets']",
  message: 'Only src/auth uses SecretStorage.',
};
const quickInput = {
  selector: 'CallExpression > MemberExpression[property.name=/^(show|create)(QuickPick|InputBox)$/]',
  message: 'Only src/util/quickInput.ts opens pickers: they must stay open without the focus.',
};
const errorMessage = {
  selector: "MemberExpression[property.name='showErrorMessage']",
  message: 'Only src/util/showError.ts shows error messages.',
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
 * Forbids the files of src what only others of them may do.
 *
 * @param {{ selector: string, message: string }[]} own What these files may do.
 * @returns {import('eslint').Linter.RulesRecord}
 */
function sourceSyntax(...own) {
  const restricted = [reviewedRequest, secretStorage, quickInput, errorMessage, untypedCommand];
  return { 'no-restricted-syntax': ['error', ...habits, ...restricted.filter((one) => !own.includes(one))] };
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
    files: ['src/util/showError.ts'],
    rules: sourceSyntax(errorMessage),
  },
  {
    files: ['src/**/*.ts', 'media/**/*.ts'],
    ignores: ['src/sandbox/cli.ts'], // a program of its own
    rules: { 'no-console': 'error' },
  },

  // A comment types a value here, which the rule does not see.
  {
    files: ['**/*.mjs'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
