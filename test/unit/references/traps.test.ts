import assert from 'node:assert/strict';
import { described, resolved } from '../../support/references/resolved';

const hex = 'a'.repeat(64);
const workflow = '.github/workflows/ci.yml';

/** A file, and what is found in it. */
type Case = readonly [title: string, path: string, text: string, expected: readonly string[]];

const neverReferences: readonly Case[] = [
  [
    'paths',
    'a.sh',
    'cat ./acme/web ../acme/web /acme/web ~/acme/web src/acme/web acme/web/ acme/web/sub',
    [],
  ],
  ['paths of Windows', 'a.ps1', 'dir C:\\acme/web', []],
  [
    'URLs',
    'a.sh',
    'curl https://hub.docker.com/r/acme/web https://x.io/?i=acme/web git@github.com:acme/web.git s3://acme/web',
    [],
  ],
  ['pages of Docker Hub', 'a.txt', 'hub.docker.com/r/acme/web', []],
  ['scopes of npm', 'a.ts', "import '@acme/web'; import x from '@acme/web/sub';", []],
  ['mounts of volumes', 'a.sh', 'docker run -v acme/web:/data -p acme/web:80:80 redis', []],
  ['capitals', 'a.txt', 'Acme/web:1 acme/Web:1', []],
  ['longer names', 'a.txt', 'acmes/web:1 my-acme/web:1 x.acme/web:1 éacme/web:1 acme/webé', []],
  [
    'other registries',
    'a.txt',
    `ghcr.io/acme/web:1 localhost/acme/web REG/acme/web:1 reg:5000/acme/web@sha256:${hex}`,
    [],
  ],
  ['another registry in a variable', 'a.sh', 'docker pull ${REG:-ghcr.io}/acme/web:1', []],
  ['hosts with variables', 'a.sh', 'docker pull $ACCOUNT.dkr.ecr.aws/acme/web:1 $HOST:5000/acme/web:1', []],
  [
    'repositories on GitHub',
    workflow,
    "if: github.repository == 'acme/web'\nwith:\n  repository: acme/web\n",
    [],
  ],
  [
    'actions',
    workflow,
    'steps:\n  - uses: acme/web@v1\n  - uses: acme/web/.github/workflows/x.yml@main\n',
    [],
  ],
  ['issues on GitHub', 'a.ts', '// see acme/web#12\n', []],
  ['packages of Composer', 'composer.json', '{ "name": "acme/web", "require": { "acme/web": "^1.0" } }', []],
  [
    'repositories of npm packages',
    'package.json',
    '{ "repository": "acme/web", "dependencies": { "x": "acme/web#v1" } }',
    [],
  ],
  ['orbs', '.circleci/config.yml', 'orbs:\n  web: acme/web@1.2.3\n', []],
  ['stages', 'Dockerfile', 'FROM alpine AS acme\nFROM acme\nCOPY --from=acme /a /b\n', []],
  ['names that a variable goes on with', 'a.sh', 'docker pull acme/web-$X acme/$X acme/$X:1', []],
  ['longer runs of hexadecimal digits', 'a.txt', `${hex}a\n${hex}${hex}\nx${hex}\n${'A'.repeat(64)}`, []],
  [
    'digests of images elsewhere',
    'a.txt',
    `ghcr.io/acme/web@sha256:${hex} other/web:1@sha256:${hex} web@sha256:${hex}`,
    [],
  ],
];

const dockerfiles: readonly Case[] = [
  [
    'names of stages',
    'Dockerfile',
    'FROM acme/a:1 AS Base\nFROM base\nCOPY --from=0 a b\nCOPY --from=base a b\n',
    ['1 exact acme/a:1'],
  ],
  [
    'an ARG after FROM',
    'Dockerfile',
    'FROM alpine\nARG TOOL=acme/tool:1\nENV X=acme/x:2\n',
    ['2 exact acme/tool:1 by default', '3 exact acme/x:2'],
  ],
  [
    'a name in pieces',
    'Dockerfile',
    'ARG NS=acme\nARG TAG=1.10\nFROM ${NS}/web:${TAG}\n',
    ['3 exact acme/web:1.10 by default'],
  ],
  [
    'a name and a tag in two ARGs',
    'Dockerfile',
    'ARG I=acme/web\nARG T=2\nFROM $I:${T}\n',
    ['1 exact acme/web:2 by default'],
  ],
  [
    'an ARG in an ARG',
    'Dockerfile',
    'ARG T=2\nARG I="acme/web:$T"\nARG B=$I\nFROM $B\n',
    ['2 exact acme/web:2 by default'],
  ],
  ['an ARG for another registry', 'Dockerfile', 'ARG I=acme/web\nFROM ghcr.io/$I\n', []],
  ['a registry without a default', 'Dockerfile', 'ARG REG\nFROM $REG/acme/web:1\n', ['2 nameOnly acme/web']],
  [
    'the default of a registry',
    'Dockerfile',
    'ARG REG=docker.io\nFROM $REG/acme/web:1\n',
    ['2 exact acme/web:1 by default'],
  ],
  [
    'several stages of one ARG',
    'Dockerfile',
    'ARG B=acme/web:1\nFROM $B AS a\nFROM $B\n',
    ['1 exact acme/web:1 by default'],
  ],
  ['continued lines', 'Dockerfile', 'FROM \\\n  acme/web:1 \\\n  AS x\n', ['2 exact acme/web:1']],
  ['triggers', 'Dockerfile', 'FROM alpine\nONBUILD COPY --from=acme/web:1 a b\n', ['2 exact acme/web:1']],
  [
    'comments',
    'Dockerfile',
    '# FROM acme/web:1\nFROM alpine\nRUN a \\\n # acme/web:2\n b\n',
    ['1 documentation acme/web:1', '4 documentation acme/web:2'],
  ],
  [
    'commands',
    'Dockerfile',
    'FROM alpine\nRUN docker push acme/web && docker run acme/db\n',
    ['2 produced acme/web:latest', '2 exact acme/db:latest'],
  ],
];

const yamlFiles: readonly Case[] = [
  [
    'tags that look like numbers',
    'kustomization.yaml',
    'images:\n- name: acme/web\n  newTag: 1.10\n',
    ['2 exact acme/web:1.10'],
  ],
  [
    'a digest beside a tag',
    'values.yaml',
    `image:\n  repository: acme/web\n  tag: 1\n  digest: sha256:${hex}\n`,
    ['2 exact acme/web:1@sha256:aa'],
  ],
  [
    'a new name on another registry',
    'kustomization.yaml',
    'images:\n- name: acme/web\n  newName: ghcr.io/acme/web\n  newTag: v1\n',
    [],
  ],
  [
    'a namespace in the registry',
    'values.yaml',
    'registry: docker.io/acme\nrepository: web\ntag: 1.0\n',
    ['2 exact acme/web:1.0'],
  ],
  [
    'another registry beside the repository',
    'values.yaml',
    'registry: ghcr.io\nrepository: acme/web\ntag: 1.0\n',
    [],
  ],
  [
    'no tag in values',
    'values.yaml',
    'image:\n  repository: acme/web\n  tag: null\n',
    ['2 nameOnly acme/web'],
  ],
  ['a tag beside a name', 'values.yaml', 'image: acme/web\nimageTag: 2.0\n', ['1 exact acme/web:2.0']],
  [
    'a merged repository',
    'values.yaml',
    'a: &a\n  repository: acme/web\n  tag: 1\nb:\n  <<: *a\n  tag: 2\n',
    ['2 exact acme/web:1', '2 exact acme/web:2'],
  ],
  [
    'charts',
    'Chart.yaml',
    'dependencies:\n- name: web\n  version: 1.2.3\n  repository: oci://registry-1.docker.io/acme\n',
    ['4 exact acme/web:1.2.3'],
  ],
  [
    'ranges of charts',
    'Chart.yaml',
    'dependencies:\n- name: web\n  version: ~1.2\n  repository: oci://registry-1.docker.io/acme\n',
    ['4 nameOnly acme/web'],
  ],
  [
    'comments',
    'a.yaml',
    'a: 1 # acme/web:1\n# renovate: image=acme/db\n',
    ['1 documentation acme/web:1', '2 tooling acme/db'],
  ],
  [
    'scripts',
    workflow,
    'run: |\n  docker build -t acme/web \\\n    .\n  docker push acme/web\n  docker run acme/db\n',
    ['2 produced acme/web:latest', '4 produced acme/web:latest', '5 exact acme/db:latest'],
  ],
  [
    'tags of build-push-action',
    workflow,
    'steps:\n- uses: docker/build-push-action@v6\n  with:\n    tags: |\n      acme/web:1\n      acme/web:${{ github.sha }}\n    cache-from: type=registry,ref=acme/web:cache\n',
    ['5 produced acme/web:1', '6 produced acme/web', '7 exact acme/web:cache'],
  ],
  [
    'images of metadata-action',
    workflow,
    'steps:\n- uses: docker/metadata-action@v5\n  with:\n    images: |\n      acme/web\n',
    ['5 produced acme/web'],
  ],
  [
    'tags of Compose',
    'compose.yaml',
    'services:\n  web:\n    build:\n      tags: ["acme/web:1"]\n',
    ['4 produced acme/web:1'],
  ],
  [
    'expressions of CloudFormation',
    'a.yaml',
    'Image: !Join [":", [acme/web, !Ref Tag]]\nOther:\n  Image: !Sub "acme/web:${Tag}"\n',
    ['1 nameOnly acme/web', '3 nameOnly acme/web'],
  ],
  ['keys', 'a.yaml', 'acme/web: 1.2\n? acme/db:3\n: x\n', ['1 nameOnly acme/web', '2 exact acme/db:3']],
  [
    'several documents',
    'a.yaml',
    'image: acme/a\n---\nimage: acme/b\n...\n---\nimage: acme/c:1\n',
    ['1 nameOnly acme/a', '3 nameOnly acme/b', '6 exact acme/c:1'],
  ],
  [
    'pipes of Bitbucket',
    'bitbucket-pipelines.yml',
    '- pipe: acme/web:1.0\n- pipe: docker://acme/web:1.0\n',
    ['2 exact acme/web:1.0'],
  ],
  ['Dependabot', '.github/dependabot.yml', 'ignore:\n- dependency-name: acme/web\n', ['2 tooling acme/web']],
];

const others: readonly Case[] = [
  [
    'settings of the extension',
    '.vscode/settings.json',
    '{ "hubImages.protect": ["acme/web:1.*", "acme/db:2"], "x.image": "acme/web:1" }',
    ['1 tooling acme/web', '1 tooling acme/db:2', '1 exact acme/web:1'],
  ],
  [
    'scripts of npm',
    'package.json',
    '{ "scripts": { "b": "docker build -t acme/web .", "r": "docker run acme/web:2" } }',
    ['1 produced acme/web:latest', '1 exact acme/web:2'],
  ],
  [
    'defaults of dev containers',
    'devcontainer.json',
    '{ "image": "acme/web:${localEnv:TAG:3}" } // acme/db:1',
    ['1 exact acme/web:3 by default', '1 documentation acme/db:1'],
  ],
  [
    'variables of Terraform',
    'a.tf',
    'variable "image" {\n  default = "acme/web:1"\n}\n/* acme/web:2 */\n',
    ['2 exact acme/web:1 by default', '4 documentation acme/web:2'],
  ],
  [
    'images that Terraform pushes',
    'a.tf',
    'resource "docker_registry_image" "x" {\n  name = "acme/web:1"\n}\n',
    ['2 produced acme/web:1'],
  ],
  [
    'calls in Terraform',
    'a.tf',
    'image = join(":", ["acme/web", var.tag])\nimage = format("%s:1", "acme/web")\n',
    ['1 nameOnly acme/web', '2 nameOnly acme/web'],
  ],
  [
    'tags of Bake on one line',
    'docker-bake.hcl',
    'target "x" { tags = ["acme/web:1", "acme/web:${T}"] }\n',
    ['1 produced acme/web:1', '1 produced acme/web'],
  ],
  [
    'both images of docker tag',
    'a.sh',
    'docker tag acme/web:1 acme/web:2\ndocker image tag $A acme/web:3',
    ['1 exact acme/web:1', '1 produced acme/web:2', '2 produced acme/web:3'],
  ],
  [
    'options of docker',
    'a.sh',
    'docker --context x run -t acme/web; docker pull -q acme/db',
    ['1 exact acme/web:latest', '1 exact acme/db:latest'],
  ],
  [
    'copies between registries',
    'a.sh',
    'crane cp acme/a acme/b\nskopeo copy docker://acme/a:1 docker://acme/b:1',
    ['1 exact acme/a:latest', '1 produced acme/b:latest', '2 exact acme/a:1', '2 produced acme/b:1'],
  ],
  [
    'new tags of an index',
    'a.sh',
    'docker buildx imagetools create -t acme/web:2 acme/web:1',
    ['1 produced acme/web:2', '1 exact acme/web:1'],
  ],
  [
    'the target of kaniko',
    'a.sh',
    'executor --destination=acme/web:1 --context .',
    ['1 produced acme/web:1'],
  ],
  [
    'commands as lists',
    'a.py',
    "run(['docker', 'push', 'acme/web'])\n# docker push acme/web\n",
    ['1 produced acme/web:latest', '2 documentation acme/web'],
  ],
  [
    'defaults in shells',
    'a.sh',
    'docker run "acme/web:${TAG:-1.10}"\nX=${IMAGE:-acme/web:2}',
    ['1 exact acme/web:1.10 by default', '2 exact acme/web:2 by default'],
  ],
  [
    'defaults in Make',
    'Makefile',
    'IMAGE ?= acme/web:1\nOTHER := acme/web:2\n',
    ['1 exact acme/web:1 by default', '2 exact acme/web:2'],
  ],
  [
    'hosts of Docker Hub',
    'a.txt',
    'docker.io/acme/a:1 index.docker.io/acme/b:1 registry-1.docker.io/acme/c:1 registry.hub.docker.com/acme/d:1',
    ['1 exact acme/a:1', '1 exact acme/b:1', '1 exact acme/c:1', '1 exact acme/d:1'],
  ],
  [
    'strings that are put together',
    'a.ts',
    'a = "acme/web:" + tag;\nb = `acme/web:${tag}`;\nc = "acme/web:1." + minor;\nd = registry + "/acme/web:1";',
    ['1 nameOnly acme/web', '2 nameOnly acme/web', '3 nameOnly acme/web', '4 nameOnly acme/web'],
  ],
  ['strings of PHP', 'a.php', "$a = 'acme/web:1.' . $minor;", ['1 nameOnly acme/web']],
  [
    'comments of programs',
    'a.go',
    'x := "acme/web:1" // acme/web:2\n/* acme/web:3\n acme/web:4 */\ny := "http://x" + "acme/web:5"',
    [
      '1 exact acme/web:1',
      '1 documentation acme/web:2',
      '2 documentation acme/web:3',
      '3 documentation acme/web:4',
      '4 exact acme/web:5',
    ],
  ],
  [
    'a digest of an unknown registry',
    'a.sh',
    `docker pull $REG/acme/web@sha256:${hex}`,
    ['1 exact acme/web@sha256:aa'],
  ],
  ['a digest of an unknown image', 'a.sh', `docker pull $IMAGE@sha256:${hex}`, ['1 exact @sha256:aa']],
  ['a tag and a digest', 'a.txt', `acme/web:1@sha256:${hex}`, ['1 exact acme/web:1@sha256:aa']],
  [
    'bare digests',
    'images.lock',
    `${hex}\n"sha256:${hex}"\nx=${hex};`,
    ['1 exact @sha256:aa', '2 exact @sha256:aa', '3 exact @sha256:aa'],
  ],
  ['bare digests in documentation', 'README.md', `sha256:${hex}`, ['1 documentation @sha256:aa']],
  [
    'settings of a runner',
    'config.toml',
    'image = "acme/web" # acme/db\n',
    ['1 nameOnly acme/web', '1 documentation acme/db'],
  ],
  ['units of Podman', 'web.container', 'Image=docker.io/acme/web\n', ['1 exact acme/web:latest']],
  [
    'elements of XML',
    'pom.xml',
    '<image><name>acme/web:1</name></image><!-- acme/web:2 -->',
    ['1 exact acme/web:1', '1 documentation acme/web:2'],
  ],
];

describe('references', () => {
  for (const [group, cases] of Object.entries({ neverReferences, dockerfiles, yamlFiles, others })) {
    describe(group, () => {
      for (const [title, path, text, expected] of cases) {
        it(title, async () => {
          assert.deepEqual((await resolved(path, text)).map(described), expected);
        });
      }
    });
  }
});
