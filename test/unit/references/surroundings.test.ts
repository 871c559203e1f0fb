import { type Case, checkCases } from '../../support/references/cases';

const hex = 'a'.repeat(64);

const heredocs: readonly Case[] = [
  [
    'a URL in a heredoc',
    'a.tf',
    'user_data = <<EOF\ndocker run -e URL=https://foo acme/web:1\nEOF\n# acme/web:2\n',
    ['2 exact acme/web:1', '4 documentation acme/web:2'],
  ],
  [
    'a glob in a heredoc',
    'a.tf',
    'x = <<-RUN\n  cp /etc/* /tmp # "\n  docker run acme/web\n  RUN\ny = "acme/db:1" // acme/db:2\nz = "*/"\n',
    ['3 exact acme/web:latest', '5 exact acme/db:1', '5 documentation acme/db:2'],
  ],
  [
    'a heredoc that does not end',
    'a.tf',
    'x = <<EOF\n /* \n docker run acme/web:1\n',
    ['3 exact acme/web:1'],
  ],
  ['a comment that does not end', 'a.tf', '/*\nx = "acme/web:1"\n', ['2 exact acme/web:1']],
  ['globs and paths', 'a.tf', 'x = foo/* + "acme/web:1"\ny = "*/"\n', ['1 exact acme/web:1']],
  ['globs in programs', 'a.go', 'cp /etc/* /tmp; docker run acme/web:1 */\n', ['1 exact acme/web:1']],
];

const environments: readonly Case[] = [
  [
    'values of values of .env',
    'compose.yaml',
    'services:\n  web:\n    image: ${WEB_IMAGE}\n',
    ['3 exact acme/web:1.2 by default'],
    { '.env': 'REGISTRY=docker.io/acme\nWEB_IMAGE="${REGISTRY}/web:1.2"\n' },
  ],
  [
    'values in single quotation marks',
    'compose.yaml',
    'services:\n  web:\n    image: acme/web:${TAG}\n',
    [],
    { '.env': "A=1\nTAG='${A}'\n" },
  ],
  [
    'values that double with each line',
    'compose.yaml',
    'services:\n  web:\n    image: acme/web:${T60}\n',
    ['3 nameOnly acme/web by default'],
    { '.env': `T0=1\n${Array.from({ length: 60 }, (_, n) => `T${n + 1}=$T${n}$T${n}\n`).join('')}` },
  ],
];

const prefixes: readonly Case[] = [
  [
    'of tools',
    'a.sh',
    'grype registry:acme/web:1.0\nsyft docker:acme/web:1.0\nx docker-daemon:acme/web:1\nx ostree-image-signed:docker://docker.io/acme/os:1\n',
    ['1 exact acme/web:1.0', '2 exact acme/web:1.0', '3 exact acme/web:1', '4 exact acme/os:1'],
  ],
  [
    'of values and keys',
    'a.yaml',
    'image: docker:acme/web:1\nx: image:acme/web:2\n',
    ['1 exact acme/web:1', '2 exact acme/web:2'],
  ],
  ['before a digest', 'a.txt', `registry:acme/web@sha256:${hex}`, ['1 exact acme/web@sha256:aa']],
  ['that are hosts', 'a.txt', 'reg:5000/acme/web:1 a:reg:5000/acme/web:1 x.io:acme/web', []],
  ['of what is on GitHub', 'a.txt', 'github:acme/web gh:acme/web gitlab:acme/web', []],
];

const commands: readonly Case[] = [
  [
    'options with values before copies',
    'a.sh',
    'skopeo copy --authfile a.json docker://docker.io/acme/web:2 docker://reg/web:2\ncrane copy --platform linux/amd64 acme/web:1 reg.io/web:1\nskopeo sync --src docker --dest dir acme/web:3 /media\n',
    ['1 exact acme/web:2', '2 exact acme/web:1', '3 exact acme/web:3'],
  ],
  [
    'targets of copies',
    'a.sh',
    'crane cp --platform x acme/a:1 acme/b:1 2>/dev/null; docker tag --x y acme/c:1 acme/d:1 && docker tag acme/e\n',
    [
      '1 exact acme/a:1',
      '1 produced acme/b:1',
      '1 exact acme/c:1',
      '1 produced acme/d:1',
      '1 exact acme/e:latest',
    ],
  ],
  [
    'options of pack',
    'a.sh',
    'pack build --builder acme/builder:1 acme/app -t acme/app:2\npack build --publish acme/app:3 --run-image acme/run:1\n',
    [
      '1 exact acme/builder:1',
      '1 produced acme/app:latest',
      '1 produced acme/app:2',
      '2 produced acme/app:3',
      '2 exact acme/run:1',
    ],
  ],
];

const unvisited: readonly Case[] = [
  [
    'maps that are merged where they stand',
    'a.yaml',
    'a:\n  <<: &base\n    image: acme/web:1\nb:\n  <<: { image: acme/db:1 } # acme/x\n',
    ['3 exact acme/web:1', '5 exact acme/db:1', '5 documentation acme/x'],
  ],
  ['sets', 'a.yaml', 'a: !!set {acme/web:1, acme/db}\n', ['1 exact acme/web:1', '1 nameOnly acme/db']],
  [
    'complex keys',
    'a.yaml',
    'a: [? acme/q:4]\n? [acme/r:1, acme/s:1]\n: x # renovate: acme/t:1\n',
    ['1 exact acme/q:4', '2 exact acme/r:1', '2 exact acme/s:1', '3 tooling acme/t:1'],
  ],
  [
    'texts that look like comments',
    'a.yaml',
    'a: |\n  # docker push acme/web:1\nb: "# acme/db:1"\nc: >\n# acme/x:1\n',
    ['2 produced acme/web:1', '3 exact acme/db:1', '5 documentation acme/x:1'],
  ],
  [
    'images that are built and used',
    'compose.yaml',
    'services:\n  web:\n    build:\n      tags: [&img acme/web:1]\n    image: *img\n',
    ['4 exact acme/web:1'],
  ],
];

describe('what stands around references', () => {
  for (const [group, cases] of Object.entries({ heredocs, environments, prefixes, commands, unvisited })) {
    describe(group, () => {
      checkCases(cases);
    });
  }
});
