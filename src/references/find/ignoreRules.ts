import ignore, { type Ignore } from 'ignore';

/** Files that say what is not searched, as in ripgrep; what `.ignore` says comes before anything in `.gitignore`. */
export const ignoreFiles = { git: '.gitignore', plain: '.ignore' } as const;

/** Texts of the ignore files of a folder. */
export interface IgnoreTexts {
  readonly git: string | undefined;
  readonly plain: string | undefined;
  /** Whether it is the root of a Git repository: what `.gitignore` says further up is of another one. */
  readonly isRepository: boolean;
}

/** As on Linux, everywhere: it ignores less. */
const options = { ignoreCase: false, allowRelativePaths: true };
/** A tester remembers whatever it was asked, so it is replaced after so many questions. */
const testsEach = 5000;

/** One ignore file. */
class Rules {
  readonly folder: string;
  #tester: Ignore;
  #tests = 0;

  constructor(folder: string, text: string) {
    this.folder = folder;
    this.#tester = ignore(options).add(text);
  }

  /** @returns `undefined`: no rule concerns the path; `false`: one includes it again. */
  test(path: string, isFolder: boolean): boolean | undefined {
    this.#tests += 1;
    if (this.#tests % testsEach === 0) this.#tester = ignore(options).add(this.#tester);
    const inFolder = this.folder === '' ? path : path.slice(this.folder.length + 1);
    const { ignored, unignored } = this.#tester.test(isFolder ? `${inFolder}/` : inFolder);
    return ignored || unignored ? ignored : undefined;
  }
}

/** The ignore files that apply in a folder. */
export class IgnoreRules {
  static readonly none = new IgnoreRules([], []);

  /** Those of the innermost folder first, in each list. */
  readonly #plain: readonly Rules[];
  readonly #git: readonly Rules[];

  private constructor(plain: readonly Rules[], git: readonly Rules[]) {
    this.#plain = plain;
    this.#git = git;
  }

  /**
   * Whether an entry of the folder is ignored.
   *
   * @param path Relative to the root, as are all paths here.
   */
  ignores(path: string, isFolder: boolean): boolean {
    return this.#decide(path, isFolder) ?? false;
  }

  /** The rules in a folder within this one, which is not ignored. */
  within(folder: string, { git, plain, isRepository }: IgnoreTexts): IgnoreRules {
    const kept = this.#withoutOverruled(folder);
    const outer = isRepository ? [] : kept.#git;
    if (git === undefined && plain === undefined && outer === this.#git && kept === this) return this;
    return new IgnoreRules([...rulesOf(folder, plain), ...kept.#plain], [...rulesOf(folder, git), ...outer]);
  }

  #decide(path: string, isFolder: boolean): boolean | undefined {
    return decide(this.#plain, path, isFolder) ?? decide(this.#git, path, isFolder);
  }

  /** Rules that ignore a folder, and with it all that is in it, no longer apply where others have included it again. */
  #withoutOverruled(folder: string): IgnoreRules {
    if (folder === '' || this.#decide(folder, true) !== false) return this;
    const applies = (rules: Rules) => rules.test(folder, true) !== true;
    return new IgnoreRules(this.#plain.filter(applies), this.#git.filter(applies));
  }
}

function rulesOf(folder: string, text: string | undefined): readonly Rules[] {
  return text === undefined ? [] : [new Rules(folder, text)];
}

/** What the innermost rules that concern the path say. */
function decide(files: readonly Rules[], path: string, isFolder: boolean): boolean | undefined {
  for (const rules of files) {
    const decision = rules.test(path, isFolder);
    if (decision !== undefined) return decision;
  }
  return undefined;
}
