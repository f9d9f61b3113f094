// What a person may ask a running process: JavaScript that only reads. V8 offers no side-effect check without a pause, so none is trusted: the text is
// parsed, everything that could write, call a program's function or wait is refused here, and what is left is rewritten so that reading a
// property, comparing and calling go through the reader in the target (`in-target/reader.ts`), which runs no getter, no Proxy trap, no
// conversion by the program's own methods, and gives up after a bounded amount of work.
import { parse, type ArrowFunctionExpression, type AnyNode, type CallExpression, type Expression, type MemberExpression, type PrivateIdentifier, type Property, type SpreadElement, type Super } from 'acorn';
import { failure, ok, type Failure, type Result } from '../../../../base/index.ts';
import type { Origin } from '../../contract.ts';
import { originOf } from './origin.ts';
import { binary, methods, refusals, staticCalls, wholeKeyLists } from './language.ts';

/** The reader's name within an expression. */
const hookName = '$weir';

/** What is known of the place: the names declared around it, and private names that are accessors or methods; null: they are not known. */
export interface Scope { readonly names: ReadonlySet<string>; readonly privateCode: ReadonlySet<string> | null }
/** Of a text that Weir cannot parse: each name may be an accessor of the globals, and is asked for before it is read. */
export const unknownScope: Scope = { names: new Set(), privateCode: null };
export interface Checked { readonly text: string; readonly origin: Origin; /** An arrow function of the reader. */ readonly code: string; /** Names that are not declared around the place. */ readonly globals: readonly string[] }

/** Errors: `probe.syntax`, `probe.side-effect`. `scope` null: a first look at the text, before a place is known; its code is not for running. */
export function checkExpression(text: string, scope: Scope | null): Result<Checked> {
  const parsed = parsedExpression(text);
  if (!parsed.ok) return parsed;
  try {
    const rewriter = new Rewriter(text, scope);
    return ok({ text, origin: originOf(parsed.value), code: `${hookName}=>(${rewriter.any(parsed.value)})`, globals: [...rewriter.globals] });
  } catch (refused) {
    if (refused instanceof Refused) return { ok: false, error: refused.failure };
    throw refused;
  }
}

/** Positions in it are one more than in the text. */
function parsedExpression(text: string): Result<Expression> {
  try {
    const { body: [first, ...more] } = parse(`(${text}\n)`, { ecmaVersion: 'latest', sourceType: 'script', checkPrivateFields: false, allowSuperOutsideMethod: true });
    if (first?.type !== 'ExpressionStatement' || more.length > 0) return failure('probe.syntax', `"${text}" is not one expression.`, 'Write one JavaScript expression, such as user.name or moves + 1.');
    return ok(first.expression);
  } catch (failed) {
    return failure('probe.syntax', `"${text}" is no JavaScript expression: ${(failed as Error).message.replace(/ \(\d+:\d+\)$/, '')}.`, 'Write one JavaScript expression, such as user.name or moves + 1.');
  }
}

class Refused extends Error {
  readonly failure: Failure;
  constructor(text: string, reason: string, help: string) { super(reason); this.failure = { code: 'probe.side-effect', message: `"${text}" is refused: ${reason}.`, help }; }
}

const onlyReads = 'A probe only reads: names, properties, comparisons, arithmetic and a list of pure built-in calls (Math.max, text.slice, list.length …).';

class Rewriter {
  readonly #text: string;
  readonly #scope: Scope | null;
  /** Names of arrow functions' parameters. */
  readonly #own = new Set<string>();
  readonly globals = new Set<string>();

  constructor(text: string, scope: Scope | null) { this.#text = text; this.#scope = scope; }

  any(node: Expression | PrivateIdentifier | SpreadElement | Super): string {
    switch (node.type) {
      case 'Literal': return node.regex == null ? node.raw ?? 'null' : this.#refuse('a regular expression may take for ever, and remembers where it was', 'Use includes, startsWith or endsWith.');
      case 'Identifier': return this.#name(node.name);
      case 'ThisExpression': return 'this';
      case 'ParenthesizedExpression': return this.any(node.expression);
      case 'MemberExpression': return this.#member(node);
      case 'ChainExpression': return `${hookName}.chain(${this.any(node.expression)})`;
      case 'CallExpression': return this.#call(node);
      case 'UnaryExpression': return this.#unary(node.operator, node.argument);
      case 'BinaryExpression': return this.#binary(node.operator, node.left, node.right);
      case 'LogicalExpression': return `(${this.any(node.left)}${node.operator}${this.any(node.right)})`;
      case 'ConditionalExpression': return `(${this.any(node.test)}?${this.any(node.consequent)}:${this.any(node.alternate)})`;
      case 'TemplateLiteral': return `${hookName}.text(${JSON.stringify(node.quasis.map(({ value }) => value.cooked ?? ''))},[${node.expressions.map((each) => this.any(each)).join()}])`;
      case 'ArrayExpression': return `[${node.elements.map((each) => (each === null ? 'undefined' : this.any(each))).join()}]`;
      case 'ObjectExpression': return `${hookName}.object([${node.properties.map((each) => this.#property(each)).join()}])`;
      default: return this.#refuse(refusals[node.type] ?? `${node.type} is not among what a probe may do`, node.type === 'SequenceExpression' ? 'Give them as separate expressions.' : onlyReads);
    }
  }

  #refuse(reason: string, help = onlyReads): never { throw new Refused(this.#text, reason, help); }

  #name(name: string): string {
    if (name === hookName) this.#refuse(`${hookName} is Weir's own name here`);
    if (['undefined', 'NaN', 'Infinity'].includes(name)) return name;
    if (this.#scope === null || this.#own.has(name) || this.#scope.names.has(name)) return name;
    this.globals.add(name);
    return `${hookName}.global(${JSON.stringify(name)},()=>${name})`;
  }

  #member({ object, property, computed, optional }: MemberExpression): string {
    if (object.type === 'Super') this.#refuse('super may run a getter', 'Use this.');
    if (property.type === 'PrivateIdentifier') return this.#private(this.any(object), property.name, optional);
    return `${hookName}.get(${this.any(object)},${this.#key(property, computed)}${optional ? ',true' : ''})`;
  }

  #private(object: string, name: string, optional: boolean): string {
    if (optional) this.#refuse('a private field cannot be read by ?. here', `Write this.#${name}.`);
    if (this.#scope !== null && this.#scope.privateCode?.has(name) !== false) this.#refuse(`#${name} is not known to be a field, and may run a getter`);
    return `(${object}).#${name}`;
  }

  #key(property: Expression | PrivateIdentifier, computed: boolean): string {
    return !computed && property.type === 'Identifier' ? JSON.stringify(property.name) : this.any(property);
  }

  #call({ callee, arguments: given, optional }: CallExpression): string {
    const name = this.#staticName(callee);
    if (name !== null) return `${hookName}.static(${JSON.stringify(name)},[${given.map((each) => this.any(each)).join()}])`;
    if (wholeKeyLists.has(this.#shown(callee))) this.#refuse(`${this.#shown(callee)} lists all keys, and a program may hold millions of them`, 'Give the object itself, which shows its first keys, or name the key that you want.');
    if (callee.type !== 'MemberExpression' || callee.object.type === 'Super' || callee.computed || callee.property.type !== 'Identifier' || !methods.has(callee.property.name) || optional) {
      this.#refuse(`it calls ${this.#shown(callee)}, which may change something`);
    }
    const values = given.map((each) => (each.type === 'ArrowFunctionExpression' ? this.#arrow(each) : this.any(each)));
    return `${hookName}.call(${this.any(callee.object)},${JSON.stringify(callee.property.name)},[${values.join()}]${callee.optional ? ',true' : ''})`;
  }

  /** `Object.keys`, when `Object` is not a name of the program. */
  #staticName(callee: Expression | Super): string | null {
    const name = this.#shown(callee);
    const root = name.split('.')[0] ?? '';
    return staticCalls.has(name) && this.#scope?.names.has(root) !== true && !this.#own.has(root) ? name : null;
  }

  #shown({ start, end }: AnyNode): string { return this.#text.slice(start - 1, end - 1); }

  #arrow(node: ArrowFunctionExpression): string {
    const { params, body, async: waits } = node;
    if (waits || body.type === 'BlockStatement') this.#refuse('a function with a body of statements may do anything', 'Write an arrow function of one expression: item => item.id.');
    const names = params.map((each) => (each.type === 'Identifier' && each.name !== hookName ? each.name : this.#refuse('parameters of an arrow function are plain names here')));
    const added = names.filter((name) => !this.#own.has(name));
    for (const name of added) this.#own.add(name);
    const code = `(${names.join()})=>(${this.any(body)})`;
    for (const name of added) this.#own.delete(name);
    return code;
  }

  #unary(operator: string, argument: Expression): string {
    if (operator === 'delete') this.#refuse('delete changes something');
    const value = this.any(argument);
    return ['!', 'typeof', 'void'].includes(operator) ? `(${operator} ${value})` : `${hookName}.unary(${JSON.stringify(operator)},${value})`;
  }

  #binary(operator: string, left: Expression | PrivateIdentifier, right: Expression): string {
    if (left.type === 'PrivateIdentifier') this.#refuse('a private name cannot be asked for by in here');
    if (operator === '===' || operator === '!==') return `(${this.any(left)}${operator}${this.any(right)})`;
    if (!binary.has(operator)) this.#refuse(`the operator ${operator} is not among what a probe may do`);
    return `${hookName}.binary(${JSON.stringify(operator)},${this.any(left)},${this.any(right)})`;
  }

  #property(node: Property | SpreadElement): string {
    if (node.type !== 'Property' || node.kind !== 'init' || node.method) this.#refuse('an object may only have plain properties here');
    return `[${this.#key(node.key, node.computed)},${this.any(node.value)}]`;
  }
}
