import type { ReferenceKind } from '../../../src/hub/codeReferences';

/** An image as it is written. */
export interface PrintedImage {
  /** A scheme or a host before the name, such as `docker.io/`; usually empty. */
  readonly host: string;
  /** `namespace/name`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** A way in which files refer to images. */
export interface ReferenceForm {
  readonly title: string;
  readonly path: string;
  /** Prints a file with one reference. */
  readonly print: (image: PrintedImage) => string;
  /** Where the reference stands, from 1. */
  readonly line: number;
  /** With a tag or digest. */
  readonly kind: ReferenceKind;
  /** With neither; `undefined` if that cannot be written. */
  readonly untagged?: ReferenceKind;
  /** A variable in place of the tag, in the language of the file, and what it leads to. */
  readonly variable?: { readonly tag: string; readonly kind: ReferenceKind; readonly resolved?: string };
  /** Whether a tag and a digest stand as one text with the name. */
  readonly isSplit?: true;
  /** Set if the line states only what applies by default. */
  readonly isDefault?: true;
  /** Files of the same folder. */
  readonly siblings?: Readonly<Record<string, string>>;
}

/** The reference as one text. */
export function printed({ host, repository, tag, digest }: PrintedImage): string {
  return `${host}${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** All forms, by their number and with their variants. */
export const referenceForms: readonly ReferenceForm[] = [
  {
    title: '1 FROM of a Dockerfile',
    path: 'Dockerfile',
    print: (image) =>
      `# base\nFROM --platform=$BUILDPLATFORM ${printed(image)} AS base\nFROM base\nCOPY --from=base /a /b\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '1 FROM of a Containerfile',
    path: 'images/Containerfile',
    print: (image) => `FROM ${printed(image)}\n`,
    line: 1,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '$TAG', kind: 'nameOnly' },
  },
  {
    title: '1 FROM of web.Dockerfile',
    path: 'web.Dockerfile',
    print: (image) => `FROM alpine AS web\nFROM ${printed(image)}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '$TAG', kind: 'nameOnly' },
  },
  {
    title: '2 FROM with the default of an ARG',
    path: 'Dockerfile.prod',
    print: (image) => `ARG TAG=4.2\nFROM ${printed(image)}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'exact', resolved: '4.2' },
  },
  {
    title: '2 FROM with a default of its own',
    path: 'Dockerfile',
    print: (image) => `ARG TAG\nFROM ${printed(image)}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG:-4.2}', kind: 'exact', resolved: '4.2' },
  },
  {
    title: '3 ARG that FROM uses',
    path: 'Dockerfile',
    print: (image) => `ARG BASE=${printed(image)}\nFROM $BASE\n`,
    line: 1,
    kind: 'exact',
    untagged: 'exact',
    isDefault: true,
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '4 COPY --from',
    path: 'Dockerfile',
    print: (image) => `FROM alpine\nCOPY --chown=1:1 --from=${printed(image)} /a /b\nCOPY --from=0 /a /b\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '4 RUN --mount',
    path: 'Dockerfile',
    print: (image) =>
      `FROM alpine\nRUN --mount=type=cache,target=/c \\\n  --mount=type=bind,from=${printed(image)},target=/b \\\n  ls\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '5 syntax of a Dockerfile',
    path: 'Dockerfile',
    print: (image) => `# syntax=${printed(image)}\nFROM alpine\n`,
    line: 1,
    kind: 'exact',
    untagged: 'exact',
  },
  {
    title: '6 service of Compose',
    path: 'compose.yaml',
    print: (image) => `services:\n  web:\n    image: ${printed(image)} # the site\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'exact', resolved: '4.2' },
    siblings: { '.env': 'TAG=4.2\n' },
  },
  {
    title: '7 anchor of YAML',
    path: 'compose.yaml',
    print: (image) =>
      `x-web: &web "${printed(image)}"\nservices:\n  one: { image: *web }\n  two:\n    image: *web\n`,
    line: 1,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '7 merge key of YAML',
    path: 'compose.yaml',
    print: (image) =>
      `x-base: &base\n  image: ${printed(image)}\nservices:\n  web:\n    <<: *base\n    restart: always\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '8 default of a variable of Compose',
    path: 'docker-compose.prod.yml',
    print: (image) => `services:\n  web:\n    image: \${IMAGE:-${printed(image)}}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    isDefault: true,
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '8 value of .env',
    path: '.env',
    print: (image) => `# what runs\nIMAGE=${printed(image)}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '9 build argument of Compose',
    path: 'compose.yml',
    print: (image) => `services:\n  web:\n    build:\n      args:\n        BASE_IMAGE: ${printed(image)}\n`,
    line: 5,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '10 container of Kubernetes',
    path: 'deploy/prod.yaml',
    print: (image) =>
      `kind: Namespace\n---\nkind: Pod\nspec:\n  initContainers:\n    - name: web\n      image: "${printed(image)}"\n      imagePullPolicy: Always\n`,
    line: 7,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '$(TAG)', kind: 'nameOnly' },
  },
  {
    title: '10 image volume of Kubernetes',
    path: 'deploy/volume.yml',
    print: (image) => `volumes:\n  - name: data\n    image:\n      reference: '${printed(image)}'\n`,
    line: 4,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '11 container image of an operator',
    path: 'bundle/operator.clusterserviceversion.yaml',
    print: (image) => `metadata:\n  annotations:\n    containerImage: ${printed(image)}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '{{TAG}}', kind: 'nameOnly' },
  },
  {
    title: '11 related image of an operator',
    path: 'bundle/manager.yaml',
    print: (image) => `env:\n  - name: RELATED_IMAGE_WEB\n    value: ${printed(image)}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '12 new tag of Kustomize',
    path: 'kustomization.yaml',
    print: ({ host, repository, tag, digest }) =>
      `images:\n  - name: ${host}${repository}\n${tag === undefined ? '' : `    newTag: "${tag}"\n`}${digest === undefined ? '' : `    digest: ${digest}\n`}`,
    line: 2,
    kind: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
    isSplit: true,
  },
  {
    title: '12 new name of Kustomize',
    path: 'overlays/prod/kustomization.yml',
    print: ({ host, repository, tag, digest }) =>
      `images:\n- name: web\n  newName: ${host}${repository}\n${tag === undefined ? '' : `  newTag: '${tag}'\n`}${digest === undefined ? '' : `  digest: ${digest}\n`}`,
    line: 3,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
    isSplit: true,
  },
  {
    title: '13 values of Helm',
    path: 'chart/values.yaml',
    print: ({ host, repository, tag, digest }) =>
      `web:\n  image:\n    registry: ${host === '' ? '""' : host.slice(0, -1)}\n    repository: ${repository}\n    tag: ${tag === undefined ? '' : `'${tag}'`}\n    digest: ${digest ?? '""'}\n`,
    line: 4,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
    isSplit: true,
  },
  {
    title: '13 values of Helm as JSON',
    path: 'chart/values.json',
    print: ({ host, repository, ...image }) =>
      JSON.stringify({ image: { repository: host + repository, ...image } }, undefined, 2),
    line: 3,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
    isSplit: true,
  },
  {
    title: '14 template of Helm',
    path: 'chart/templates/deployment.yaml',
    print: (image) =>
      `{{- if .Values.on }}\nspec:\n  image: "${printed(image)}"\n  name: {{ include "web.name" . }}\n{{- end }}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '{{ .Values.tag | default "x" }}', kind: 'nameOnly' },
  },
  {
    title: '15 container of GitHub Actions',
    path: '.github/workflows/test.yml',
    print: (image) => `jobs:\n  test:\n    container: ${printed(image)}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${{ matrix.tag }}', kind: 'nameOnly' },
  },
  {
    title: '15 service of GitHub Actions',
    path: '.github/workflows/test.yml',
    print: (image) => `jobs:\n  test:\n    services:\n      db:\n        image: '${printed(image)}'\n`,
    line: 5,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${{ matrix.tag }}', kind: 'nameOnly' },
  },
  {
    title: '15 action in an image',
    path: '.github/workflows/test.yml',
    print: (image) =>
      `jobs:\n  test:\n    steps:\n      - uses: docker://${printed(image)}\n      - uses: acme/web@v1\n`,
    line: 4,
    kind: 'exact',
    untagged: 'exact',
  },
  {
    title: '15 options of a driver in GitHub Actions',
    path: '.github/workflows/test.yml',
    print: (image) =>
      `steps:\n  - uses: docker/setup-buildx-action@v3\n    with:\n      driver-opts: |\n        network=host\n        image=${printed(image)}\n`,
    line: 6,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${{ env.TAG }}', kind: 'nameOnly' },
  },
  {
    title: '16 image of GitLab CI',
    path: '.gitlab-ci.yml',
    print: (image) => `test:\n  image: ${printed(image)}\n  script: make\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '$CI_COMMIT_TAG', kind: 'nameOnly' },
  },
  {
    title: '16 image of GitLab CI as a map',
    path: '.gitlab-ci.yml',
    print: (image) => `test:\n  image:\n    name: ${printed(image)}\n    entrypoint: [""]\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '$TAG', kind: 'nameOnly' },
  },
  {
    title: '16 services of GitLab CI',
    path: '.gitlab-ci.yml',
    print: (image) => `test:\n  services:\n    - redis\n    - ${printed(image)}\n`,
    line: 4,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '$TAG', kind: 'nameOnly' },
  },
  {
    title: '16 executor of CircleCI',
    path: '.circleci/config.yml',
    print: (image) =>
      `orbs:\n  web: acme/web@1.2\njobs:\n  test:\n    docker:\n      - image: ${printed(image)}\n`,
    line: 6,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '<< parameters.tag >>', kind: 'nameOnly' },
  },
  {
    title: '17 development container',
    path: '.devcontainer/devcontainer.json',
    print: (image) => `{\n  // what we work in\n  "image": "${printed(image)}",\n}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${localEnv:TAG}', kind: 'nameOnly' },
  },
  {
    title: '18 tags of Bake',
    path: 'docker-bake.hcl',
    print: (image) => `target "web" {\n  tags = [\n    "other/x:1",\n    "${printed(image)}",\n  ]\n}\n`,
    line: 4,
    kind: 'produced',
    untagged: 'produced',
    variable: { tag: '${TAG}', kind: 'produced' },
  },
  {
    title: '18 context of Bake',
    path: 'docker-bake.hcl',
    print: (image) =>
      `target "web" {\n  contexts = {\n    base = "docker-image://${printed(image)}"\n  }\n}\n`,
    line: 3,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${TAG}', kind: 'nameOnly' },
  },
  {
    title: '18 tags of Bake as JSON',
    path: 'docker-bake.json',
    print: (image) => `{ "target": { "web": {\n  "tags": ["${printed(image)}"]\n} } }\n`,
    line: 2,
    kind: 'produced',
    untagged: 'produced',
    variable: { tag: '${TAG}', kind: 'produced' },
  },
  {
    title: '19 image of Nomad',
    path: 'web.nomad.hcl',
    print: (image) =>
      `task "web" {\n  driver = "docker"\n  config {\n    image = "${printed(image)}"\n  }\n}\n`,
    line: 4,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${var.tag}', kind: 'nameOnly' },
  },
  {
    title: '19 image of Terraform',
    path: 'infra/main.tf',
    print: (image) => `resource "docker_image" "web" {\n  name = "${printed(image)}"\n}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '${var.tag}', kind: 'nameOnly' },
  },
  {
    title: '20 constant of Go',
    path: 'pkg/images.go',
    print: (image) => `package images\n\nconst web = "${printed(image)}"\n`,
    line: 3,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '%s', kind: 'nameOnly' },
  },
  {
    title: '20 constant of TypeScript',
    path: 'src/images.ts',
    print: (image) => `export const web = \`${printed(image)}\`;\n`,
    line: 1,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '${tag}', kind: 'nameOnly' },
  },
  {
    title: '20 constant of Python',
    path: 'images.py',
    print: (image) => `WEB = f'${printed(image)}'\n`,
    line: 1,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '{tag}', kind: 'nameOnly' },
  },
  {
    title: '20 field of Jsonnet',
    path: 'web.jsonnet',
    print: (image) => `{\n  image: '${printed(image)}',\n}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: "' + tag, x: '", kind: 'nameOnly' },
  },
  {
    title: '20 field of CUE',
    path: 'web.cue',
    print: (image) => `web: image: "${printed(image)}"\n`,
    line: 1,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '\\(tag)', kind: 'nameOnly' },
  },
  {
    title: '21 docker run in a shell',
    path: 'run.sh',
    print: (image) => `#!/bin/sh\ndocker run --rm \\\n  -v "$PWD:/src" \\\n  ${printed(image)} make\n`,
    line: 4,
    kind: 'exact',
    untagged: 'exact',
    variable: { tag: '"$TAG"', kind: 'nameOnly' },
  },
  {
    title: '21 docker push in a shell',
    path: 'push.sh',
    print: (image) => `docker login\ndocker push ${printed(image)}\n`,
    line: 2,
    kind: 'produced',
    untagged: 'produced',
    variable: { tag: '$TAG', kind: 'produced' },
  },
  {
    title: '21 docker build in Make',
    path: 'Makefile',
    print: (image) => `build:\n\t@$(DOCKER) buildx build --push \\\n\t\t--tag ${printed(image)} .\n`,
    line: 3,
    kind: 'produced',
    untagged: 'produced',
    variable: { tag: '$(TAG)', kind: 'produced' },
  },
  {
    title: '21 docker tag in Make',
    path: 'Makefile',
    print: (image) => `tag:\n\tdocker tag web:dev ${printed(image)}\n`,
    line: 2,
    kind: 'produced',
    untagged: 'produced',
    variable: { tag: '$(TAG)', kind: 'produced' },
  },
  {
    title: '22 Markdown',
    path: 'docs/guide.md',
    print: (image) => `# Guide\n\n    docker run ${printed(image)}\n`,
    line: 3,
    kind: 'documentation',
    untagged: 'documentation',
    variable: { tag: '<tag>', kind: 'documentation' },
  },
  {
    title: '22 changelog',
    path: 'CHANGELOG',
    print: (image) => `1.0: now on ${printed(image)}.\n`,
    line: 1,
    kind: 'documentation',
    untagged: 'documentation',
    variable: { tag: '*', kind: 'documentation' },
  },
  {
    title: '23 settings of Renovate',
    path: '.github/renovate.json',
    print: (image) => `{ "packageRules": [\n  { "matchPackageNames": ["${printed(image)}"] }\n] }\n`,
    line: 2,
    kind: 'tooling',
    untagged: 'tooling',
    variable: { tag: '*', kind: 'tooling' },
  },
  {
    title: '23 comment for Renovate',
    path: 'versions.sh',
    print: (image) => `# renovate: datasource=docker depName=${printed(image)}\nVERSION=1\n`,
    line: 1,
    kind: 'tooling',
    untagged: 'tooling',
    variable: { tag: '$TAG', kind: 'tooling' },
  },
  {
    title: '24 list of images',
    path: 'images.txt',
    print: (image) => `other/x:1\n${printed(image)}\n`,
    line: 2,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '$TAG', kind: 'nameOnly' },
  },
  {
    title: '24 lock file',
    path: 'images.lock',
    print: (image) => `web = ["${printed(image)}"]\n`,
    line: 1,
    kind: 'exact',
    untagged: 'nameOnly',
    variable: { tag: '$TAG', kind: 'nameOnly' },
  },
];
