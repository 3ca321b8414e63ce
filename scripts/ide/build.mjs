// Builds api/static from ide.jsx: `npm ci && npm run build` in this folder, by hand, when a version in package.json
// moves. The result is committed, so that neither an installation nor an office without network needs npm.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', '..', 'api', 'static');

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { ide: 'ide.jsx' },
  outdir: target,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2020'],
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
});

// The reader's own fonts are used (ide.css), so the embedded ones go.
const sheet = join(target, 'ide.css');
await writeFile(sheet, (await readFile(sheet, 'utf8')).replace(/@font-face\{[^}]*\}/g, ''));

// Every package that went into the bundle, with its licence's own words.
const packages = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const match = input.match(/^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (match) packages.add(match[0].replace(/\/$/, ''));
}
let notices = 'The IDE in this folder is a bundle of the packages below, under the licences that follow.\n';
for (const folder of [...packages].sort()) {
  const about = JSON.parse(await readFile(join(here, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(here, folder))).find((name) => /^licen[cs]e/i.test(name));
  const words = file ? await readFile(join(here, folder, file), 'utf8') : `License: ${about.license}\n`;
  notices += `\n${'='.repeat(80)}\n${about.name} ${about.version} (${about.license})\n\n${words.trim()}\n`;
}
await writeFile(join(target, 'LICENSES.txt'), notices);
