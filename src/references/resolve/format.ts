import type { CommentStyle } from './comments';

/** How a file is read. */
export interface Format {
  readonly parser?: 'dockerfile' | 'yaml' | 'json' | 'hcl';
  readonly comments?: CommentStyle;
  /** Set if a whole file is for people, or for a tool. */
  readonly usage?: 'documentation' | 'tooling';
  /** Set if `image = …` or `image: …` names an image that is used: in settings, but not in programs. */
  readonly hasKeys?: 'unit' | 'other';
}

const documentation: Format = { usage: 'documentation' };
const tooling: Format = { usage: 'tooling' };
const dockerfile: Format = { parser: 'dockerfile', comments: 'hash' };
const yaml: Format = { parser: 'yaml', comments: 'hash', hasKeys: 'other' };
const json: Format = { parser: 'json', comments: 'slash', hasKeys: 'other' };
const hcl: Format = { parser: 'hcl', comments: 'hashAndSlash', hasKeys: 'other' };
const settings: Format = { comments: 'semicolon', hasKeys: 'other' };
const unit: Format = { ...settings, hasKeys: 'unit' };
const toml: Format = { comments: 'hash', hasKeys: 'other' };
const program: Format = { comments: 'slash' };
const script: Format = { comments: 'hash' };

/** By the ending of the name. */
const endings: Readonly<Record<string, Format>> = {
  ...byEnding(documentation, 'md mdx markdown rst adoc asciidoc asc textile org wiki'),
  ...byEnding(dockerfile, 'dockerfile containerfile'),
  ...byEnding(yaml, 'yaml yml'),
  ...byEnding(json, 'json jsonc json5 code-workspace'),
  ...byEnding(hcl, 'hcl tf tfvars nomad tofu'),
  ...byEnding(settings, 'ini cfg conf service properties'),
  ...byEnding(unit, 'container image'),
  ...byEnding(toml, 'toml'),
  ...byEnding(
    program,
    'ts tsx mts cts js jsx mjs cjs go java kt kts scala groovy gradle cs rs c cc cpp h hpp swift php dart jsonnet libsonnet cue zig bicep',
  ),
  ...byEnding(script, 'sh bash zsh fish ps1 py rb pl mk make r jl ex exs nix star bzl bazel env'),
  ...byEnding({ comments: 'dash' }, 'sql lua hs'),
  ...byEnding({ comments: 'markup' }, 'xml html htm svg vue'),
};

const names: readonly (readonly [RegExp, Format])[] = [
  [/^\.?renovate(?:rc)?(?:\.json5?)?$|^renovate-config\.(?:json5?|js)$|^dependabot\.ya?ml$/, tooling],
  [
    /^(?:change(?:s|log)|history|news|readme|contributing|authors|license|notice)(?:[.-](?:txt|[a-z]{2}|[a-z]{2}[-_][a-z]{2}))?$/i,
    documentation,
  ],
  [/^(?:dockerfile|containerfile)(?:\..*)?$/i, dockerfile],
  [/^kustomization$/i, yaml],
  [/^(?:makefile|gnumakefile|justfile|vagrantfile|tiltfile|procfile|rakefile)(?:\..*)?$/i, script],
  [/^jenkinsfile(?:\..*)?$/i, program],
  [/^\.env(?:\..*)?$|^.*\.env$/, script],
];

/** Comments at the beginning of words; `#` is common also where no ending tells the language. */
const other: Format = { comments: 'hash' };

/** Returns how to read a file with this name. */
export function formatOf(path: string): Format {
  const name = fileName(path);
  // a file such as README.ts is a program
  const ending = endings[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
  const named = names.find(([pattern]) => pattern.test(name))?.[1];
  return named === documentation ? (ending ?? named) : (named ?? ending ?? other);
}

/** Returns the last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function byEnding(format: Format, list: string): Record<string, Format> {
  return Object.fromEntries(list.split(' ').map((ending) => [ending, format]));
}
