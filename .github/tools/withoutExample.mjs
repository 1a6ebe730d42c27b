// What is behind the doors and can be called, and has no example in its doc comment.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const parsed = (file) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, /* setParentNodes */ true);

/** The values that a door hands out: their names inside, and the files that own them. */
const valuesOf = (door) =>
  parsed(door).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || !statement.moduleSpecifier) return [];
    const file = path.join(path.dirname(door), statement.moduleSpecifier.text.replace(/\.js$/, '.ts'));
    return statement.exportClause.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ name, propertyName = name }) => ({ door, file, name: propertyName.text }));
  });

const isCallable = (value) => value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));

/** The statement that declares a function or a class of this name, if it is one. */
const callableIn = (file, name) =>
  parsed(file).statements.find((statement) => {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return statement.name?.text === name;
    if (!ts.isVariableStatement(statement)) return false;
    return statement.declarationList.declarations.some(
      (declared) => declared.name.getText() === name && isCallable(declared.initializer),
    );
  });

/** One line for each, with where it stands. */
export const withoutExample = () =>
  readdirSync('lib')
    .filter((name) => name.endsWith('.ts') && name !== 'cli.ts')
    .flatMap((name) => valuesOf(path.join('lib', name)))
    .flatMap(({ door, file, name }) => {
      const statement = callableIn(file, name);
      if (statement === undefined) return [];
      const hasExample = ts
        .getJSDocTags(statement)
        .some(({ tagName, comment }) => tagName.text === 'example' && String(comment).includes('```ts'));
      return hasExample ? [] : [`${file}: ${name}, which ${door} hands out, has no @example`];
    });
