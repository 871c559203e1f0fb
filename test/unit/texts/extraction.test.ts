import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import manifest from '../../../package.json';
import manifestTexts from '../../../package.nls.json';
import { findTextCalls, findUntranslated, type SourceTexts } from '../../support/texts/textCalls';
import { bundleFile, bundleText } from '../../support/texts/bundle';

/** Folders with texts. */
const translated = ['src', 'media'];
/** Folders without a text that is not translated. */
const complete = ['src'];

/** Literals that look like texts for people, and why they are not translated. */
const exceptions: readonly (readonly [file: RegExp, literal: RegExp, reason: string])[] = [
  [/^src\/sandbox\//, /./, 'the simulated server answers in English, as Docker Hub does'],
  [/^src\/hub\/registry\/registryTokens\.ts$/, /^Basic /, 'the scheme of a header is no text'],
  [
    /^src\/(extension|workspace\/goneDigests)\.ts$/,
    /^Hub Images$/,
    'the name of the extension is the same in every language',
  ],
  [/^src\/review\/reviewPanel\.ts$/, /^Dry run/, 'what the requests were for is named in the log only'],
  [/^src\/catalog\/serverContents\.ts$/, /^The list of /, 'these lists are named in the log only'],
  [/^src\/commands\/history\/exportHistory\.ts$/, /^(JSON|CSV|Markdown)$/, 'file formats have no other name'],
  [/^src\/planning\/askCriterion\.ts$/, /^pr-\*, nightly-\*$/, 'patterns are examples of what is typed'],
  [/^src\/commands\/namespace\/addNamespace\.ts$/, /^acme$/, 'a namespace is an example of what is typed'],
  [
    /^src\/commands\/repository\/addRepository\.ts$/,
    /^acme\/api$/,
    'a repository is an example of what is typed',
  ],
];

interface Source {
  readonly file: string;
  readonly content: string;
}

function sourcesIn(folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => join(folder, file).split(sep).join('/'))
      .sort()
      .map((file) => ({ file, content: readFileSync(file, 'utf8') })),
  );
}

interface FileTexts extends SourceTexts {
  readonly file: string;
}

const sources = sourcesIn(translated);

describe('texts of the extension', () => {
  let bundle = '';
  let files: readonly FileTexts[] = [];

  before(async function () {
    this.timeout(300_000); // every file is parsed twice, once of them by a parser in WebAssembly
    bundle = await bundleText();
    files = sources.map(({ file, content }) => ({ file, ...findTextCalls(file, content) }));
  });

  it('can all be extracted', () => {
    const used = new Set(files.flatMap(({ texts }) => texts));
    const extracted = JSON.parse(bundle) as Readonly<Record<string, string>>; // as `bundleText` writes it
    assert.deepEqual(Object.keys(extracted).sort(), [...used].sort());
    assert.ok(used.size > 300, String(used.size));
  });

  it('are called in a form that can be extracted and translated', () => {
    const problems = files.flatMap(({ file, problems: found }) =>
      found.map((problem) => `${file}, ${problem}`),
    );
    assert.deepEqual(problems, []);
  });

  it('are in the bundle, as `npm run texts` writes it', () => {
    assert.equal(readFileSync(bundleFile, 'utf8'), bundle);
  });

  it('are all translated', () => {
    const untranslated = sourcesIn(complete).flatMap(({ file, content }) =>
      findUntranslated(file, content)
        .filter((found) => !isException(file, found))
        .map((found) => `${file}, ${found}`),
    );
    assert.deepEqual(untranslated, []);
  });

  for (const [file, literal, reason] of exceptions) {
    it(`need an exception: ${reason}`, () => {
      const found = sourcesIn(complete)
        .filter((source) => file.test(source.file))
        .flatMap((source) => findUntranslated(source.file, source.content));
      assert.ok(found.some((one) => literal.test(one.replace(/^line \d+: /, ''))));
    });
  }
});

function isException(file: string, found: string): boolean {
  const text = found.replace(/^line \d+: /, '');
  return exceptions.some(([place, literal]) => place.test(file) && literal.test(text));
}

describe('a text that cannot be extracted or translated is found', () => {
  const head = "import * as l10n from '@vscode/l10n';\n";
  const calls: Readonly<Record<string, readonly [content: string, problem: RegExp]>> = {
    'a variable': [`${head}const f = (text: string) => l10n.t(text);`, /not a plain literal/],
    'a template': [`${head}const f = (n: number) => l10n.t(\`\${n} images\`);`, /not a plain literal/],
    'two choices': [`${head}const f = (a: boolean) => l10n.t(a ? 'One' : 'Two');`, /not a plain literal/],
    'a sum': [`${head}const f = () => l10n.t('One ' + 'two');`, /not a plain literal/],
    'a constant of the module': [`${head}const a = l10n.t('One');`, /module level/],
    'a static property': [`${head}class A { static a = l10n.t('One'); }`, /module level/],
    'a placeholder without an argument': [
      `${head}const f = () => l10n.t('{0} of {1}', 1);`,
      /\{1\} has no argument/,
    ],
    'an argument without a placeholder': [
      `${head}const f = () => l10n.t('{0}', 1, 2);`,
      /argument 1 has no placeholder/,
    ],
    'a spread argument': [`${head}const f = (a: string[]) => l10n.t('{0}', ...a);`, /spread/],
    'another import': ["import { t } from '@vscode/l10n';\nconst f = () => t('One');", /only `import/],
    'the function of the editor': [
      "import * as vscode from 'vscode';\nconst f = () => vscode.l10n.t('One');",
      /only `l10n.t`/,
    ],
  };
  for (const [what, [content, problem]] of Object.entries(calls)) {
    it(what, () => {
      const { problems } = findTextCalls('a.ts', content);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', problem);
    });
  }

  const literals: Readonly<Record<string, string>> = {
    'a sentence': "const f = () => 'Nothing was deleted';",
    'an end of a sentence': "const f = () => 'nothing was deleted.';",
    'a template': 'const f = (n: number) => `Deleted ${n} images`;',
    'a message': "void vscode.window.showInformationMessage('done');",
    'a choice in a message': "void vscode.window.showErrorMessage(a ? 'done' : b);",
    'a title of progress': "void vscode.window.withProgress({ location, title: 'reading' }, run);",
    'a placeholder': "const f = () => pickOne(items, { placeHolder: 'format' });",
    'a prompt': "const f = () => enterText({ prompt: 'name' });",
    'a label': "const item = { label: 'all' };",
    'a description': "const item = { description: 'all' };",
    'a tooltip that is assigned': "item.tooltip = 'all';",
  };
  for (const [what, content] of Object.entries(literals)) {
    it(what, () => {
      assert.equal(findUntranslated('a.ts', content).length, 1);
    });
  }

  const harmless: Readonly<Record<string, string>> = {
    'a translated text': `${head}const f = () => l10n.t('Nothing was deleted.');`,
    'a line of the log': "log.info('Nothing was deleted.');",
    'an error': "throw new RangeError('Nothing was deleted.');",
    'a comment': '// Nothing was deleted.',
    'a type': "type A = 'Nothing was deleted.';",
    'an identifier': "const kind = 'not_found';",
  };
  for (const [what, content] of Object.entries(harmless)) {
    it(`but not ${what}`, () => {
      assert.deepEqual(findUntranslated('a.ts', content), []);
      assert.deepEqual(findTextCalls('a.ts', content).problems, []);
    });
  }
});

describe('texts of the manifest', () => {
  it('are used, and none is missing', () => {
    const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(manifestTexts).sort());
  });
});
