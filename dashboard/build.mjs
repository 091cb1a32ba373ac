// Bundles the page into the folder that the service's build names. Scripts and styles only, with nothing loaded from elsewhere.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { outline, rings } from './outline.mjs';

const out = process.argv[2] ?? 'dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// A classic script, which the browser runs before it paints.
await build({ entryPoints: { 'page-theme': 'src/first.ts' }, outdir: out, bundle: true, format: 'iife', target: 'es2022', minify: true, charset: 'utf8', logLevel: 'warning' });
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

// The briefing's map is drawn by the service, from the same outline.
mkdirSync(join(out, 'picture'));
writeFileSync(join(out, 'picture', 'land.txt'), rings().map(ring => ring.join(' ')).join('\n'));
