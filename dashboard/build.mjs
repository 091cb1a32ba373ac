// Bundles the page into the folder that the service's build names. Scripts and styles only, with nothing loaded from elsewhere.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { outline, rings } from './outline.mjs';

const out = process.argv[2] ?? 'dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// A classic script, which the browser runs before it paints.
await build({ entryPoints: { 'page-theme': 'src/first.ts' }, outdir: out, bundle: true, format: 'iife', target: 'es2022', minify: true, charset: 'utf8', logLevel: 'warning' });
const { metafile } = await build({
  entryPoints: { page: 'src/main.ts', 'page-style': 'styles/page.css' },
  outdir: out,
  bundle: true,
  splitting: true,
  metafile: true,
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

// What the page always needs is asked for beside its first script, not one after the other: the parts it imports and the panels' own.
const outputs = Object.entries(metafile.outputs);
const file = source => outputs.find(([, output]) => output.entryPoint === source)[0];
const needed = from => metafile.outputs[from].imports.filter(each => each.kind === 'import-statement').flatMap(each => [each.path, ...needed(each.path)]);
const early = new Set([...needed(file('src/main.ts')), file('src/rest.ts'), ...needed(file('src/rest.ts'))]);
early.delete(file('src/main.ts'));
const links = [...early].map(path => `<link rel="modulepreload" href="/dashboard/${basename(path)}">`);
writeFileSync(join(out, 'index.html'), readFileSync('index.html', 'utf8').replace('{{Parts}}', links.join('\n  ')));

// Scripts and styles never change while the service runs: pressed here once as small as they get, not at each request in haste.
for (const name of readdirSync(out).filter(name => /\.(js|css)$/.test(name))) {
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
  rmSync(join(out, name));
}

// The briefing's map is drawn by the service, from the same outline.
mkdirSync(join(out, 'picture'));
writeFileSync(join(out, 'picture', 'land.txt'), rings().map(ring => ring.join(' ')).join('\n'));
