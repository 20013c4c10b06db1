/**
 * Lets a program say where it is: before each statement the number of its line is stored. An interrupted program has no
 * error to ask, and the engine's own stack names the last call, not the loop.
 */
import type * as TypeScript from 'typescript-6'

/** The module that holds the mark. */
export const markModuleName = 'firedrill:line'
export const markModule = 'export const at = globalThis.__firedrillLine;\ndelete globalThis.__firedrillLine;'
/** Name of the mark in a compiled file; put before its first line, on that line. */
const markName = '__firedrillAt'
export const markImport = `import { at as ${markName} } from '${markModuleName}'; `
/** A mark is `file * linesPerFile + line`. */
export const linesPerFile = 100_000

/** Puts marks into the file with this number. */
export function lineMarks(ts: typeof TypeScript, fileNumber: number): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory } = ts
  return (context) => (file) => {
    const markOf = (node: TypeScript.Node): TypeScript.Expression => {
      const { line } = ts.getLineAndCharacterOfPosition(file, node.getStart(file))
      const place = factory.createElementAccessExpression(factory.createIdentifier(markName), 0)
      return factory.createAssignment(place, factory.createNumericLiteral(fileNumber * linesPerFile + line + 1))
    }
    // The engine names the last place that it noted, which for a property of undefined is the mark before it: marks map to
    // the line that they stand for.
    const isSilent = (node: TypeScript.Statement): boolean =>
      ts.isImportDeclaration(node) ||
      ts.isExportDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression))
    const marked = (statements: readonly TypeScript.Statement[]): TypeScript.Statement[] =>
      statements.flatMap((statement) => {
        const visited = ts.visitNode(statement, visit, ts.isStatement)
        return isSilent(statement) ? [visited] : [ts.setSourceMapRange(factory.createExpressionStatement(markOf(statement)), statement), visited]
      })
    const asBlock = (body: TypeScript.Statement): TypeScript.Statement => (ts.isBlock(body) ? ts.visitNode(body, visit, ts.isBlock) : factory.createBlock(marked([body])))
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (ts.isBlock(node)) return factory.updateBlock(node, marked(node.statements))
      if (ts.isCaseClause(node)) return factory.updateCaseClause(node, ts.visitNode(node.expression, visit, ts.isExpression), marked(node.statements))
      if (ts.isDefaultClause(node)) return factory.updateDefaultClause(node, marked(node.statements))
      if (ts.isWhileStatement(node)) return factory.updateWhileStatement(node, ts.visitNode(node.expression, visit, ts.isExpression), asBlock(node.statement))
      if (ts.isDoStatement(node)) return factory.updateDoStatement(node, asBlock(node.statement), ts.visitNode(node.expression, visit, ts.isExpression))
      if (ts.isForStatement(node)) {
        const initializer = ts.visitNode(node.initializer, visit, ts.isForInitializer)
        return factory.updateForStatement(node, initializer, ts.visitNode(node.condition, visit, ts.isExpression), ts.visitNode(node.incrementor, visit, ts.isExpression), asBlock(node.statement))
      }
      if (ts.isForOfStatement(node)) {
        return factory.updateForOfStatement(node, node.awaitModifier, ts.visitNode(node.initializer, visit, ts.isForInitializer), ts.visitNode(node.expression, visit, ts.isExpression), asBlock(node.statement))
      }
      if (ts.isForInStatement(node)) {
        return factory.updateForInStatement(node, ts.visitNode(node.initializer, visit, ts.isForInitializer), ts.visitNode(node.expression, visit, ts.isExpression), asBlock(node.statement))
      }
      if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
        const visited = ts.visitEachChild(node, visit, context)
        if (ts.isBlock(visited.body)) return visited
        const body = factory.createParenthesizedExpression(factory.createComma(markOf(node.body), visited.body))
        return factory.updateArrowFunction(visited, visited.modifiers, visited.typeParameters, visited.parameters, visited.type, visited.equalsGreaterThanToken, body)
      }
      return ts.visitEachChild(node, visit, context)
    }
    return factory.updateSourceFile(file, marked(file.statements))
  }
}
