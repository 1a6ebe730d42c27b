// Every example that people read is compiled against the built package and then really run.
//
// Taken are the ```ts fences of README.md, of docs/**/*.md and of the doc comments in lib. In each `assert` is there,
// strict, as if imported. A fence marked ```ts no-run is only compiled. An example in lib may show a private room
// ('./orderedBy.js' or 'lib/stream/orderedBy'); those in the docs know only what `exports` names. What can be called and
// is behind a door must have one.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { withoutExample } from './withoutExample.mjs';

const root = path.resolve(import.meta.dirname, '../..');
process.chdir(root);

const outDir = path.join(root, 'dist/examples');
const timeoutMs = 20_000;
const atOnce = 4;

// ---- finding them

const below = (folder, extension) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(extension) && !name.includes('node_modules'))
        .map((name) => path.join(folder, name).replaceAll(path.sep, '/'))
        .sort()
    : [];

/** Blanks whatever is not in a doc comment, and the stars that lead its lines, so that lines and columns stay. */
const commentsOf = (text) => {
  let kept = '';
  let end = 0;
  const blank = (part) => part.replaceAll(/[^\n]/g, ' ');
  for (const { 0: comment, index } of text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)) {
    kept += blank(text.slice(end, index)) + comment.replaceAll(/^[ \t]*(\/\*)?\*(?!\/)/gm, blank);
    end = index + comment.length;
  }
  return kept + blank(text.slice(end));
};

/** The ```ts fences of a text, each with the line it starts on (from 0) and its body in place. */
const fencesOf = (text) => {
  const found = [];
  let open;
  for (const [line, content] of text.split('\n').entries()) {
    const [, ticks, words] = /^\s*(`{3,})([^`]*)$/.exec(content) ?? [];
    if (open === undefined) {
      if (ticks !== undefined) open = { ticks, line, words: words.trim().split(/\s+/), body: [] };
    } else if (ticks !== undefined && ticks.length >= open.ticks.length && words.trim() === '') {
      if (open.words[0] === 'ts') found.push(open);
      open = undefined;
    } else {
      open.body.push(content);
    }
  }
  return found;
};

/** Points what an example in lib says about its neighbours at the built files. */
const pointedAtDist = (code, source) =>
  code.replaceAll(/(\bfrom\s+|\bimport\s*\(?\s*)'(\.{1,2}\/[^']+|lib\/[^']+)'/g, (_all, lead, asked) => {
    const file = asked.startsWith('lib/')
      ? asked.slice('lib/'.length)
      : path.join(path.dirname(path.relative('lib', source)), asked);
    return `${lead}'../esm/${file.replaceAll(path.sep, '/').replace(/\.js$/, '')}.js'`;
  });

const exampleOf =
  (source) =>
  ({ line, words, body }) => {
    const own = body.join('\n');
    const code = source.startsWith('lib/') ? pointedAtDist(own, source) : own;
    const lead = /\bimport (\* as )?assert\b/.test(own) ? '' : "import assert from 'node:assert/strict';";
    return {
      source,
      line: line + 1,
      runs: !words.includes('no-run'),
      file: path.join(outDir, `${source.replaceAll(/[^\w.]/g, '-')}-${String(line + 1)}.ts`),
      // As many empty lines as stand before it in its source: every line number is true in both.
      text: `${'\n'.repeat(line)}${lead}\n${code}\nexport {};\n`,
    };
  };

const sources = [
  ...['README.md'].filter((name) => existsSync(name)),
  ...below('docs', '.md'),
  ...below('lib', '.ts'),
];
const examples = sources.flatMap((source) => {
  const text = readFileSync(source, 'utf8');
  return fencesOf(source.endsWith('.ts') ? commentsOf(text) : text).map(exampleOf(source));
});

// ---- compiling them, all at once

rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });
for (const { file, text } of examples) writeFileSync(file, text);

const { compilerOptions } = ts.readConfigFile('tsconfig.json', ts.sys.readFile).config;
const { options } = ts.convertCompilerOptionsFromJson(
  {
    ...compilerOptions,
    // By its name, the package as it is built.
    paths: {},
    noEmit: false,
    declaration: false,
    declarationMap: false,
    // Angular's components, which are only compiled.
    experimentalDecorators: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    // Sentences in a page need not keep what the library's own sources promise each other.
    noPropertyAccessFromIndexSignature: false,
  },
  root,
);
const byFile = new Map(examples.map((example) => [example.file, example]));
const program = ts.createProgram([...byFile.keys()], options);
const { diagnostics: emitted } = program.emit(undefined, (name, text) => {
  if (!name.startsWith(outDir + path.sep)) return;
  if (!name.endsWith('.map')) return writeFileSync(name, text);
  // Stack traces then name the page, not the file made of it.
  const page = path.relative(outDir, byFile.get(name.replace(/\.js\.map$/, '.ts')).source);
  writeFileSync(name, JSON.stringify({ ...JSON.parse(text), sources: [page] }));
});

const failures = withoutExample();
for (const { file, start, messageText } of [...ts.getPreEmitDiagnostics(program), ...emitted]) {
  const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
  const where =
    file === undefined
      ? ''
      : `${byFile.get(path.normalize(file.fileName))?.source ?? file.fileName}:${String(line)} `;
  failures.push(`${where}${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

// ---- running them

const run = ({ source, line, file }) =>
  new Promise((resolve) => {
    const args = ['--enable-source-maps', '--no-warnings', file.replace(/\.ts$/, '.js')];
    execFile(
      process.execPath,
      args,
      { timeout: timeoutMs, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (error === null) return resolve();
        const why = error.killed
          ? `did not end in ${String(timeoutMs)} ms`
          : `ended with code ${String(error.code)}`;
        const page = path.join(root, source);
        const at = [...stderr.matchAll(/([^\s()]+):(\d+):\d+\)?$/gm)].find(([, name]) => name.endsWith(page));
        failures.push(`${source}:${at?.[2] ?? String(line)} ${why}\n${stdout}${stderr}`);
        resolve();
      },
    );
  });

const waiting = failures.length > 0 ? [] : examples.filter(({ runs }) => runs);
const total = waiting.length;
const lane = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
};
await Promise.all(Array.from({ length: atOnce }, lane));

// ---- telling

if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\nexamples: ${String(failures.length)} failed\n`);
  process.exit(1);
}
for (const source of sources) {
  const own = examples.filter((example) => example.source === source);
  const ran = own.filter(({ runs }) => runs).length;
  if (own.length > 0)
    process.stdout.write(`${source}: ${String(ran)} ran, ${String(own.length - ran)} only compiled\n`);
}
process.stdout.write(`examples: ${String(total)} ran, ${String(examples.length - total)} only compiled\n`);
