// What the text of a script tells about one place in it: the function, the names that are seen from there, and the statement.
// Null where the text is no JavaScript that the parser knows, or too long to be parsed at once.
import { parse, type AnyNode, type Node } from 'acorn';

export interface Around {
  readonly function: string | null;
  /** It runs again: it is in a function. */
  readonly inFunction: boolean;
  /** Every name that is declared around the place. */
  readonly names: ReadonlySet<string>;
  /** Those of the innermost function. */
  readonly locals: readonly string[];
  /** Names that mean what is declared (let, const, class) at the place or after it: they have no value there yet. */
  readonly later: ReadonlySet<string>;
  readonly privateCode: ReadonlySet<string>;
  /** In a `with`, where reading a name may run a getter or a Proxy of the program. */
  readonly inWith: boolean;
  /** Where the innermost statement of a block begins; null: none stands in a block of its own. */
  readonly statement: number | null;
}

const mostLength = 2 * 2 ** 20;
/** Of CommonJS, and of every function. */
const always = ['require', 'module', 'exports', '__filename', '__dirname', 'arguments'];

export function around(text: string, isModule: boolean, line: number, column: number): Around | null {
  const offset = offsetOf(text, line, column);
  if (text.length > mostLength || offset === null) return null;
  const program = parsed(text, isModule);
  if (program === null) return null;
  const path = pathTo(program, offset);
  const functions = path.filter(isFunction);
  const innermost = functions.at(-1);
  const declared = path.map((node, at) => declaredBy(node, path[at - 1] ?? null));
  return {
    function: innermost === undefined ? null : nameOf(innermost, path[path.indexOf(innermost) - 1]), inFunction: innermost !== undefined,
    names: new Set([...always, ...declared.flat()]), locals: innermost === undefined ? [] : [...new Set(declared.slice(path.indexOf(innermost)).flat())],
    later: laterIn(path.slice(innermost === undefined ? 0 : path.indexOf(innermost)), offset), privateCode: new Set(path.flatMap(privateCodeOf)), inWith: path.some(({ type }) => type === 'WithStatement'), statement: statementOf(path),
  };
}

/** Line and column from 0; null past the end. */
export function offsetOf(text: string, line: number, column: number): number | null {
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  let offset = 0;
  for (let at = 0; at < line; at++) {
    if (ends.exec(text) === null) return null;
    offset = ends.lastIndex;
  }
  return offset + column;
}

function parsed(text: string, isModule: boolean): AnyNode | null {
  const options = { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true, allowSuperOutsideMethod: true } as const;
  try { return parse(text, { ...options, sourceType: isModule ? 'module' : 'script' }) as AnyNode; } catch { return null; }
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter((value): value is AnyNode => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string');
}

/** From the program to the innermost node that holds the offset. */
function pathTo(program: AnyNode, offset: number): AnyNode[] {
  const path: AnyNode[] = [];
  for (let at: AnyNode | undefined = program; at !== undefined; at = childrenOf(at).find((child) => holds(child, offset))) path.push(at);
  return path;
}

/** Where a function begins it is made, outside of it. */
const holds = (node: AnyNode, offset: number): boolean => (isFunction(node) ? node.start < offset : node.start <= offset) && offset < node.end;

type FunctionNode = AnyNode & { readonly params: AnyNode[]; readonly body: AnyNode; readonly id?: { readonly name: string } | null };
const isFunction = (node: AnyNode): node is FunctionNode => ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);

/** Names that a node brings for what is within it. */
function declaredBy(node: AnyNode, outer: AnyNode | null): string[] {
  if (isFunction(node)) return [...(node.type === 'FunctionExpression' && node.id ? [node.id.name] : []), ...node.params.flatMap(namesOf), ...hoisted(node.body)];
  switch (node.type) {
    case 'Program': return [...lexical(node.body as AnyNode[]), ...hoisted(node)];
    case 'BlockStatement': return [...lexical(node.body), ...(outer?.type === 'CatchClause' && outer.param ? namesOf(outer.param) : [])];
    case 'SwitchStatement': return lexical(node.cases.flatMap(({ consequent }) => consequent));
    case 'ForStatement': return node.init?.type === 'VariableDeclaration' ? lexical([node.init]) : [];
    case 'ForInStatement': case 'ForOfStatement': return node.left.type === 'VariableDeclaration' ? lexical([node.left]) : [];
    case 'ClassExpression': return node.id ? [node.id.name] : [];
    default: return [];
  }
}

function lexical(statements: readonly AnyNode[]): string[] {
  return statements.flatMap((node): string[] => {
    if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => namesOf(id));
    if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) return [node.id.name];
    if (node.type === 'ImportDeclaration') return node.specifiers.map(({ local }) => local.name);
    return (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') && node.declaration ? lexical([node.declaration as AnyNode]) : [];
  });
}

/** Of the scopes of one function, the outermost first; an inner one hides the outer ones. */
function laterIn(path: readonly AnyNode[], offset: number): Set<string> {
  const [later, hidden] = [new Set<string>(), new Set<string>()];
  for (let at = path.length - 1; at >= 0; at--) {
    for (const name of statementsOf(path[at]!).flatMap((statement) => laterOf(statement, offset))) if (!hidden.has(name)) later.add(name);
    for (const name of declaredBy(path[at]!, path[at - 1] ?? null)) hidden.add(name);
  }
  return later;
}

function statementsOf(node: AnyNode): readonly AnyNode[] {
  if (node.type === 'Program' || node.type === 'BlockStatement') return node.body as AnyNode[];
  return node.type === 'SwitchStatement' ? node.cases.flatMap(({ consequent }) => consequent) : [];
}

function laterOf(node: AnyNode, offset: number): string[] {
  if (node.type === 'VariableDeclaration') return node.kind === 'var' ? [] : node.declarations.flatMap(({ id, end }) => (end > offset ? namesOf(id) : []));
  if (node.type === 'ClassDeclaration') return node.id && node.start > offset ? [node.id.name] : [];
  return (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') && node.declaration ? laterOf(node.declaration as AnyNode, offset) : [];
}

/** `var` of a function or a program, wherever it stands, not within functions in it. */
function hoisted(body: AnyNode): string[] {
  const names: string[] = [];
  const waiting = childrenOf(body);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isFunction(node) || node.type === 'ClassBody') continue;
    if (node.type === 'VariableDeclaration' && node.kind === 'var') names.push(...node.declarations.flatMap(({ id }) => namesOf(id)));
    waiting.push(...childrenOf(node));
  }
  return names;
}

function namesOf(pattern: AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier': return [pattern.name];
    case 'ObjectPattern': return pattern.properties.flatMap((each) => namesOf((each.type === 'Property' ? each.value : each.argument)));
    case 'ArrayPattern': return pattern.elements.flatMap((each) => (each === null ? [] : namesOf(each)));
    case 'AssignmentPattern': return namesOf(pattern.left);
    case 'RestElement': return namesOf(pattern.argument);
    default: return [];
  }
}

function privateCodeOf(node: AnyNode): string[] {
  return node.type === 'ClassBody' ? node.body.flatMap((each) => (each.type === 'MethodDefinition' && each.key.type === 'PrivateIdentifier' ? [each.key.name] : [])) : [];
}

function nameOf(node: FunctionNode, outer: AnyNode | undefined): string | null {
  if (node.id) return node.id.name;
  if (outer?.type === 'VariableDeclarator' && outer.id.type === 'Identifier') return outer.id.name;
  if ((outer?.type === 'MethodDefinition' || outer?.type === 'Property' || outer?.type === 'PropertyDefinition') && 'name' in outer.key) return outer.key.name;
  return outer?.type === 'AssignmentExpression' && outer.left.type === 'Identifier' ? outer.left.name : null;
}

/** The innermost statement that stands in a list of statements, so that another may stand before it. */
function statementOf(path: readonly AnyNode[]): number | null {
  for (let at = path.length - 1; at > 0; at--) {
    const [node, outer] = [path[at]!, path[at - 1]!];
    if (!['BlockStatement', 'Program', 'SwitchCase', 'StaticBlock'].includes(outer.type)) continue;
    if (outer.type === 'SwitchCase' && node === (outer.test as AnyNode | null)) continue;
    return node.type === 'FunctionDeclaration' || ('directive' in node && node.directive) ? null : node.start;
  }
  return null;
}
