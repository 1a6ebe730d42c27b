// Compiles a program that names everything behind each door, as its author does who has installed what the package
// asks for and nothing else, and who has every declaration checked: `skipLibCheck` is off.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../../..');
const doors = ['comapi-rx', 'comapi-rx/node', 'comapi-rx/server', 'comapi-rx/testing', 'comapi-rx/worker'];

/** An application somewhere else, where nothing of this repository is found by looking upwards. */
const home = mkdtempSync(path.join(tmpdir(), 'comapi-rx-types-'));
try {
  const modules = path.join(home, 'node_modules');
  mkdirSync(path.join(modules, 'comapi-rx'), { recursive: true });
  for (const part of ['package.json', 'dist/esm', 'dist/cjs'])
    cpSync(path.join(root, part), path.join(modules, 'comapi-rx', part), { recursive: true });
  for (const peer of ['rxjs', 'io-ts', 'fp-ts'])
    symlinkSync(path.join(root, 'node_modules', peer), path.join(modules, peer), 'junction');

  const programs = ['app.mts', 'app.cts'].map((name) => {
    const file = path.join(home, name);
    const lines = doors.map((door, index) => `import * as door${String(index)} from '${door}';`);
    const used = doors.map((_, index) => `door${String(index)}`).join(', ');
    writeFileSync(file, `${lines.join('\n')}\nexport const doors = [${used}];\n`);
    return file;
  });
  const program = ts.createProgram(programs, {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    preserveSymlinks: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  });
  const complaints = ts.getPreEmitDiagnostics(program);
  if (complaints.length > 0) {
    process.stderr.write(
      ts.formatDiagnostics(complaints, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => home,
        getNewLine: () => '\n',
      }),
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(home, { recursive: true });
}
process.stdout.write('closed\n');
