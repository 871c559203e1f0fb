import ts from 'typescript';

/** What a source file says to people. */
export interface SourceTexts {
  /** First arguments of `l10n.t`. */
  readonly texts: readonly string[];
  /** Calls that cannot be translated, and texts that are not translated; each begins with `line N: `. */
  readonly problems: readonly string[];
}

/** Arguments and properties that a person reads. */
const messageFunctions = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'showError'];
const shownProperties = [
  'title',
  'placeHolder',
  'placeholder',
  'prompt',
  'tooltip',
  'description',
  'label',
  'detail',
  'validationMessage',
];
/** Calls whose arguments are for the log. */
const logCall = /(^|[.#])log[.](trace|debug|info|warn|error)$|^(countRequests|runAction)$/;

/** Finds the calls of `l10n.t` as TypeScript reads them, and what is wrong with them. */
export function findTextCalls(file: string, content: string): SourceTexts {
  const source = parse(file, content);
  const texts: string[] = [];
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && isL10nModule(node.moduleSpecifier) && !isNamespaceImport(node)) {
      problems.push(at(source, node, "only `import * as l10n from '@vscode/l10n'` is extracted"));
    }
    if (ts.isCallExpression(node) && isTranslation(node)) {
      const [first, ...args] = node.arguments;
      if (node.expression.getText() !== 'l10n.t') {
        problems.push(at(source, node, 'only `l10n.t` is extracted'));
      }
      if (first === undefined || !ts.isStringLiteral(first)) {
        problems.push(at(source, node, 'the first argument is not a plain literal'));
      } else {
        texts.push(first.text);
        problems.push(...argumentProblems(first.text, args).map((problem) => at(source, node, problem)));
      }
      if (isEvaluatedAtOnce(node)) {
        problems.push(at(source, node, 'evaluated at module level, before the language is known'));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { texts, problems };
}

/** Finds literals that look like text for people and are not translated. */
export function findUntranslated(file: string, content: string): readonly string[] {
  const source = parse(file, content);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isNotForPeople(node)) {
      return;
    }
    if (isLiteral(node) && isText(node)) {
      found.push(at(source, node, textOf(node)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function parse(file: string, content: string): ts.SourceFile {
  return ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
}

function at(source: ts.SourceFile, node: ts.Node, what: string): string {
  return `line ${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`;
}

function isL10nModule(module: ts.Expression): boolean {
  return ts.isStringLiteral(module) && module.text === '@vscode/l10n';
}

function isNamespaceImport({ importClause }: ts.ImportDeclaration): boolean {
  const bindings = importClause?.namedBindings;
  return bindings !== undefined && ts.isNamespaceImport(bindings) && bindings.name.text === 'l10n';
}

function isTranslation({ expression }: ts.CallExpression): boolean {
  return /(^|[.])l10n[.]t$/.test(expression.getText());
}

/** Whether the call runs when its module is loaded. A function that is only defined there does not. */
function isEvaluatedAtOnce(node: ts.Node): boolean {
  for (let parent = node.parent; !ts.isSourceFile(parent); parent = parent.parent) {
    if (ts.isFunctionLike(parent)) {
      return false;
    }
    if (ts.isPropertyDeclaration(parent)) {
      return parent.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
    }
  }
  return true;
}

function argumentProblems(text: string, args: readonly ts.Expression[]): readonly string[] {
  if (args.some((argument) => ts.isSpreadElement(argument))) {
    return ['a spread argument cannot be compared with the placeholders'];
  }
  const used = new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index)));
  return [
    ...[...used].filter((index) => index >= args.length).map((index) => `{${index}} has no argument`),
    ...args.flatMap((_, index) => (used.has(index) ? [] : [`argument ${index} has no placeholder`])),
  ];
}

/** Whether nothing inside is shown: translated already, for the log, an error that others word, or no value at all. */
function isNotForPeople(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    const name = node.expression.getText();
    return isTranslation(node) || logCall.test(name) || node.expression.kind === ts.SyntaxKind.SuperKeyword;
  }
  return (
    (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeNode(node)
  );
}

type Literal = ts.StringLiteralLike | ts.TemplateExpression;

function isLiteral(node: ts.Node): node is Literal {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** With a word in the place of each expression. */
function textOf(node: Literal): string {
  return ts.isStringLiteralLike(node)
    ? node.text
    : [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('xx');
}

function isText(node: Literal): boolean {
  const text = textOf(node);
  const isSentence = /[A-Za-z]{2,},? [A-Za-z]{2,}/.test(text) && (/^[A-Z]/.test(text) || /[.]$/.test(text));
  return isSentence || (isShown(node) && /[A-Za-z]{2,}/.test(text));
}

/** Whether it is, itself or as one of two choices, what a message or a part of the editor shows. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent)) {
    return isShown(parent);
  }
  if (ts.isCallExpression(parent)) {
    return messageFunctions.some((name) => new RegExp(`(^|[.])${name}$`).test(parent.expression.getText()));
  }
  if (ts.isPropertyAssignment(parent)) {
    return parent.initializer === node && shownProperties.includes(parent.name.getText());
  }
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(parent.left) &&
    shownProperties.includes(parent.left.name.text)
  );
}
