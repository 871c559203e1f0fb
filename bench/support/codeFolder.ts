import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CodeSize {
  readonly files: number;
  readonly megabytes: number;
  /** Names of repositories that some files refer to. */
  readonly repositories: readonly string[];
}

const filesAFolder = 15;
/** One file in so many refers to an image, in turn by name and by digest. */
const filesAReference = 250;

const line = `  const response = await client.get('/api/v2/items/' + encodeURIComponent(item.id), { headers, signal }); // see docs/api.md\n`;
const endings = ['ts', 'json', 'yaml', 'md', 'go', 'py', 'sh', 'css'];

/** Writes files as a large project has them: most are small, a few large, and almost none refers to an image. */
export function writeCodeFolder(folder: string, { files, megabytes, repositories }: CodeSize): void {
  const text = Buffer.from(line.repeat(20_000));
  const mean = (megabytes * 1_000_000) / files;
  for (let number = 0; number < files; number += 1) {
    const inFolder = join(folder, `part${number % 20}`, `module${Math.floor(number / filesAFolder)}`);
    mkdirSync(inFolder, { recursive: true });
    const content = Buffer.concat([
      text.subarray(0, sizeOf(number, mean)),
      Buffer.from(`\n${reference(number, repositories)}`),
    ]);
    writeFileSync(join(inFolder, `file${number}.${endings[number % endings.length] ?? ''}`), content);
  }
  writeFileSync(join(folder, 'deployments.yaml'), deployments(repositories));
}

/** 100 kB in one file that is parsed, as tools write it: one document for each deployment. */
function deployments(repositories: readonly string[]): string {
  const documents = Array.from({ length: 250 }, (_, number) => {
    const repository = repositories[number % repositories.length] ?? '';
    return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${number}
  labels:
    app: service-${number}
    tier: backend
spec:
  replicas: 3
  selector:
    matchLabels:
      app: service-${number}
  template:
    metadata:
      labels:
        app: service-${number}
    spec:
      containers:
        - name: main
          image: ${repository}:1.${number}
          ports:
            - containerPort: 8080
`;
  });
  return documents.join('---\n');
}

/** Of ten files, nine have half of the mean size, and one has 5.5 times of it. */
function sizeOf(number: number, mean: number): number {
  return Math.floor(number % 10 === 0 ? mean * 5.5 : mean / 2);
}

function reference(number: number, repositories: readonly string[]): string {
  if (number % filesAReference !== 0) return '';
  const turn = number / filesAReference;
  const repository = repositories[turn % repositories.length] ?? '';
  return turn % 2 === 0
    ? `image: ${repository}:1.${turn}\n`
    : `pinned: sha256:${createHash('sha256').update(repository).digest('hex')}\n`;
}
