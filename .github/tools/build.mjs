// One type-checked ESM emit, then one CommonJS transpile per file of the same sources (safe: isolatedModules is on).
// Everything is made in memory first, so that a failing build leaves the last good dist alone.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');
process.chdir(root);

const fail = (diagnostics) => {
  const host = {
    getCanonicalFileName: (file) => file,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  };
  process.stderr.write(ts.formatDiagnosticsWithColorAndContext(diagnostics, host));
  process.exit(1);
};

const parsed = ts.getParsedCommandLineOfConfigFile(
  'tsconfig.json',
  { noEmit: false, rootDir: path.resolve('lib'), outDir: path.resolve('dist/esm') },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic]) },
);
const inLib = path.resolve('lib') + path.sep;
const files = parsed.fileNames.filter((file) => path.resolve(file).startsWith(inLib));
const stemOf = (file) => path.relative('lib', file).replace(/\.ts$/, '');

// '#fp-ts/X' stays in the ESM, where conditions choose; in declarations and CommonJS the answer is always lib/X.js.
const spellOut = (text) => text.replaceAll(/(['"])#((?:fp|io)-ts)\/([\w/]+)\1/g, "'$2/lib/$3.js'");

/** What goes into dist: path below dist, then text. */
const outputs = new Map();

const program = ts.createProgram(files, parsed.options);
const emit = program.emit(undefined, (name, text) => {
  outputs.set(path.relative('dist', name), name.endsWith('.d.ts') ? spellOut(text) : text);
});
const diagnostics = [...ts.getPreEmitDiagnostics(program), ...emit.diagnostics];
if (diagnostics.length > 0) fail(diagnostics);

// What package.json names as one plain string has no CommonJS twin: the bin, and doors that are ESM only.
const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const esmOnly = new Set(
  [...Object.values(exports), ...Object.values(bin)]
    .filter((entry) => typeof entry === 'string' && entry.startsWith('./dist/esm/'))
    .map((entry) => path.relative('dist/esm', entry).replace(/\.js$/, '')),
);
// The room behind such a door is for it alone.
const onlyForEsm = (stem) => esmOnly.has(stem.split(path.sep)[0]);

for (const file of files.filter((name) => !onlyForEsm(stemOf(name)))) {
  const stem = stemOf(file);
  const { outputText, sourceMapText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: {
      ...parsed.options,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: undefined,
      verbatimModuleSyntax: false,
      // `import WebSocket from 'ws'` means module.exports, as it does in Node's ES modules.
      esModuleInterop: true,
      declaration: false,
      declarationMap: false,
      outDir: path.resolve('dist/cjs'),
    },
  });
  // The transpiler sees one file alone and so names the source by its last part only.
  const source = path.relative(path.dirname(path.join('dist/cjs', stem)), path.join('lib', `${stem}.ts`));
  outputs.set(`cjs/${stem}.js`, spellOut(outputText));
  outputs.set(`cjs/${stem}.js.map`, JSON.stringify({ ...JSON.parse(sourceMapText), sources: [source] }));
  for (const kind of ['.d.ts', '.d.ts.map']) {
    outputs.set(`cjs/${stem}${kind}`, outputs.get(path.join('esm', `${stem}${kind}`)));
  }
}
outputs.set('cjs/package.json', '{ "type": "commonjs", "sideEffects": false }\n');

// The page of `comapi-rx demo --web`: everything in one script, made from the sources, so that it needs no dist.
const page = 'docs/examples/chat';
const { outputFiles } = await build({
  entryPoints: [`${page}/main.ts`],
  alias: { 'comapi-rx': './lib/index.ts' },
  bundle: true,
  conditions: ['es2015', 'module'],
  format: 'esm',
  legalComments: 'none',
  logLevel: 'warning',
  mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
  minify: true,
  platform: 'browser',
  target: 'es2022',
  write: false,
}).catch(() => process.exit(1));
outputs.set('web/main.js', outputFiles[0].text);
for (const name of ['index.html', 'style.css', 'icon.svg']) {
  outputs.set(`web/${name}`, readFileSync(path.join(page, name), 'utf8'));
}

rmSync('dist/.next', { recursive: true, force: true });
for (const [name, text] of outputs) {
  const out = path.join('dist/.next', name);
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, text);
  if (out.endsWith('.js') && text.startsWith('#!')) chmodSync(out, 0o755);
}
for (const kind of ['esm', 'cjs', 'web'].filter((name) => existsSync(path.join('dist/.next', name)))) {
  rmSync(path.join('dist', kind), { recursive: true, force: true });
  renameSync(path.join('dist/.next', kind), path.join('dist', kind));
}
rmSync('dist/.next', { recursive: true, force: true });
// fresh.mjs compares the sources with this stamp.
writeFileSync('dist/built', '');
process.stderr.write(`built ${String(files.length)} modules\n`);
