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

const tagsElsewhere: readonly Case[] = [
  [
    'the version of an image',
    'values.yaml',
    'image: {name: acme/web, version: "1.0"}\n',
    ['1 exact acme/web:1.0'],
  ],
  [
    'the version of something else',
    'a.yaml',
    'spec:\n  image: acme/web\n  version: "1.0"\ndb:\n  repository: acme/db\n  version: "2"\n',
    ['2 nameOnly acme/web', '5 nameOnly acme/db'],
  ],
  ['variables of Ansible', 'vars.yml', 'web_image: acme/web\nweb_image_tag: 1\n', ['1 nameOnly acme/web']],
  [
    'variables of modules',
    'a.tf',
    'module "a" {\n  image = "acme/web"\n  tag = "1"\n  container_image = "acme/db"\n}\n',
    ['2 nameOnly acme/web', '4 nameOnly acme/db'],
  ],
  ['TOML', 'a.toml', 'image = "acme/web"\ntag = "1"\n', ['1 nameOnly acme/web']],
  ['INI', 'a.ini', 'docker_image = acme/web\ndocker_tag = 1\n', ['1 nameOnly acme/web']],
  [
    'JSON',
    'a.json',
    '{ "a": { "imageName": "acme/web", "imageTag": "1" },\n"dockerImage": "acme/db", "dockerTag": "1" }',
    ['1 nameOnly acme/web', '2 nameOnly acme/db'],
  ],
  ['templates', 'a.yaml', 'image: acme/web\ntag: {{ .E }}\n{{ end }}', ['1 nameOnly acme/web']],
  [
    'a container with a version beside it',
    'compose.yaml',
    'services:\n  a: { image: acme/web, x-version: 1 }\n  b: { image: acme/db }\n',
    ['2 nameOnly acme/web', '3 exact acme/db:latest'],
  ],
  [
    'a commit beside a tag',
    'values.yaml',
    'repository: acme/web\ntag: "1.0"\nsha: abc1234\n',
    ['1 exact acme/web:1.0'],
  ],
];

const filesForPeople: readonly Case[] = [
  ['news-api.yaml.tmpl', 'news-api.yaml.tmpl', 'x: acme/web:1', ['1 exact acme/web:1']],
  ['history-service.tpl', 'history-service.tpl', 'x: acme/web:1', ['1 exact acme/web:1']],
  ['LICENSE-server.j2', 'LICENSE-server.j2', 'x: acme/web:1', ['1 exact acme/web:1']],
  ['README.zh_CN', 'README.zh_CN', 'x: acme/web:1', ['1 documentation acme/web:1']],
  ['Changes.txt', 'Changes.txt', 'x: acme/web:1', ['1 documentation acme/web:1']],
];

const namespacesInVariables: readonly Case[] = [
  ['in a shell', 'a.sh', 'OWNER=acme; docker run $OWNER/web:1\n', ['1 nameOnly acme/web']],
  ['in Make', 'Makefile', 'ORG := acme\nx:\n\tdocker push $(ORG)/web:1\n', ['3 produced acme/web']],
  [
    'in a workflow',
    '.github/workflows/ci.yml',
    'env:\n  ORG: acme\njobs:\n  a:\n    container: ${{ env.ORG }}/web:1\n',
    ['5 nameOnly acme/web'],
  ],
  [
    'by default',
    'a.sh',
    'docker run ${ORG:-acme}/web:1\ndocker run ${R:-docker.io/acme}/db:${T:-2}\n',
    ['1 exact acme/web:1 by default', '2 exact acme/db:2 by default'],
  ],
  [
    'elsewhere',
    'a.sh',
    'X=acme\ndocker run ghcr.io/$X/web:1 https://$X/web:1; cd $X/web; docker run ${X:-other}/web:1\n',
    [],
  ],
  ['without the namespace', 'a.sh', 'X=acme2 my-acme\ndocker run $X/web:1\n', []],
];

const characters: readonly Case[] = [
  [
    'line ends in strings',
    'a.go',
    `x = "x\\nacme/web:1\\nacme/db:2\\tdocker.io/acme/q:3"\ny = "\\r${hex}"\n`,
    ['1 exact acme/web:1', '1 exact acme/db:2', '1 exact acme/q:3', '2 exact @sha256:aa'],
  ],
  [
    'options that look like comments',
    'a.sql',
    'x --image acme/web:1\n-- acme/db:1\n',
    ['1 exact acme/web:1', '2 documentation acme/db:1'],
  ],
  [
    'marks within values of units',
    'web.service',
    'ExecStart=sh -c "a" ; docker run acme/web:1 # x\n ; acme/db:1\n# acme/db:2\n',
    ['1 exact acme/web:1', '2 documentation acme/db:1', '3 documentation acme/db:2'],
  ],
  [
    'a digest behind a name in a variable',
    'Dockerfile',
    `ARG NS=acme\nFROM \${NS}/z@sha256:${hex}\n`,
    ['2 exact acme/z@sha256:aa by default'],
  ],
];

describe('what stands around references', () => {
  for (const [group, cases] of Object.entries({
    heredocs,
    environments,
    prefixes,
    commands,
    unvisited,
    tagsElsewhere,
    filesForPeople,
    namespacesInVariables,
    characters,
  })) {
    describe(group, () => {
      checkCases(cases);
    });
  }
});
