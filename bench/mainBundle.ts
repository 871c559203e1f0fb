import { build } from 'esbuild';
import { measureClaim } from './support/claim';

const limitBytes = 120_000;

await measureClaim(
  { title: 'what the editor reads when the extension is activated', target: 'at most 120 kB' },
  async () => {
    const { metafile } = await build({
      entryPoints: ['src/extension.ts'],
      bundle: true,
      splitting: true,
      minify: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      outdir: 'dist',
      external: ['vscode'],
      legalComments: 'none',
    });
    const main = Object.keys(metafile.outputs).find(
      (file) => metafile.outputs[file]?.entryPoint === 'src/extension.ts',
    );
    const files = new Set(main === undefined ? [] : [main]);
    for (const file of files) {
      for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
        if (kind === 'import-statement' && external !== true) files.add(path);
      }
    }
    const bytes = [...files].reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
    return { measured: `${(bytes / 1000).toFixed(0)} kB`, isMet: bytes > 0 && bytes <= limitBytes };
  },
);
