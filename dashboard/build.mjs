// Bundles the page into the folder that the service's build names. Scripts and styles only, with nothing loaded from elsewhere.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { outline } from './outline.mjs';

const out = process.argv[2] ?? 'dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  entryPoints: { page: 'src/main.ts', 'page-style': 'styles/page.css' },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  chunkNames: 'part-[hash]',
  logLevel: 'warning',
  plugins: [{
    name: 'outline',
    setup(bundler) {
      bundler.onResolve({ filter: /^outline$/ }, () => ({ path: 'outline', namespace: 'outline' }));
      bundler.onLoad({ filter: /.*/, namespace: 'outline' }, () => ({ contents: outline(), loader: 'js' }));
    },
  }],
});
copyFileSync('index.html', join(out, 'index.html'));
