// By which names a value was read: what a secret's name leads to is that secret, whatever the expression makes of it. What only compares or measures
// (`===`, `.length`, `startsWith`) tells nothing of it and has no origin. Properties of an object that the expression makes have origins of their own.
import type { AnyNode, CallExpression, Expression, MemberExpression, PrivateIdentifier, Property, SpreadElement, Super } from 'acorn';
import type { Origin } from '../../contract.ts';

type Part = Expression | PrivateIdentifier | SpreadElement | Super;

/** Of results that are true or false, or a count. */
const onlyTells: ReadonlySet<string> = new Set(['endsWith', 'includes', 'indexOf', 'lastIndexOf', 'startsWith', 'every', 'some', 'findIndex', 'has', 'hasOwnProperty']);
const onlyTellsStatic = /^(?:Boolean|isNaN|isFinite|Array\.isArray|Object\.hasOwn|Date\.now|Number\.(?:is\w+))$/;
const compares = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);
const counts = new Set(['length', 'size', 'byteLength']);

/** Of an expression that was found to read only. */
export function originOf(node: Expression): Origin {
  if (node.type === 'ParenthesizedExpression') return originOf(node.expression);
  const parts = node.type === 'ObjectExpression' ? partsOf(node.properties) : null;
  return parts === null ? { names: [...new Set(namesIn(node))], parts: null } : { names: [], parts };
}

/** Null: what a property is called is only known when it is read. */
function partsOf(properties: readonly (Property | SpreadElement)[]): Record<string, Origin> | null {
  const parts = Object.create(null) as Record<string, Origin>;
  for (const each of properties) {
    const name = each.type === 'Property' ? keyOf(each.key, each.computed) : null;
    if (name === null || each.type !== 'Property') return null;
    parts[name] = originOf(each.value);
  }
  return parts;
}

function namesIn(node: Part): string[] {
  switch (node.type) {
    case 'Identifier': case 'PrivateIdentifier': return [node.name];
    case 'ParenthesizedExpression': case 'ChainExpression': return namesIn(node.expression);
    case 'MemberExpression': return ofMember(node);
    case 'CallExpression': return ofCall(node);
    case 'UnaryExpression': return ['!', 'typeof', 'void'].includes(node.operator) ? [] : namesIn(node.argument);
    case 'BinaryExpression': return compares.has(node.operator) ? [] : [...namesIn(node.left), ...namesIn(node.right)];
    case 'LogicalExpression': return [...namesIn(node.left), ...namesIn(node.right)];
    case 'ConditionalExpression': return [...namesIn(node.consequent), ...namesIn(node.alternate)];
    case 'TemplateLiteral': return node.expressions.flatMap(namesIn);
    case 'ArrayExpression': return node.elements.flatMap((each) => (each === null ? [] : namesIn(each)));
    case 'ObjectExpression': return node.properties.flatMap((each) => (each.type === 'Property' ? [keyOf(each.key, each.computed) ?? [], namesIn(each.value)].flat() : []));
    case 'ArrowFunctionExpression': return node.body.type === 'BlockStatement' ? [] : namesIn(node.body);
    default: return [];
  }
}

function ofMember({ object, property, computed }: MemberExpression): string[] {
  const key = keyOf(property, computed);
  if (key !== null && counts.has(key)) return [];
  return [...namesIn(object), ...(key === null ? namesIn(property) : [key])];
}

/** A text that is given may be a key: `headers.get('authorization')`. */
function ofCall({ callee, arguments: given }: CallExpression): string[] {
  const names = given.flatMap((each) => { const text = each.type === 'SpreadElement' ? null : constant(each); return text === null ? namesIn(each) : [text]; });
  if (callee.type !== 'MemberExpression') return onlyTellsStatic.test(shown(callee)) ? [] : names;
  const method = keyOf(callee.property, callee.computed) ?? '';
  return onlyTells.has(method) || onlyTellsStatic.test(shown(callee)) ? [] : [...namesIn(callee.object), ...names];
}

const shown = (node: AnyNode): string => (node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' && node.property.type === 'Identifier' && !node.computed ? `${shown(node.object)}.${node.property.name}` : '');

const keyOf = (key: Expression | PrivateIdentifier, computed: boolean): string | null =>
  (!computed && (key.type === 'Identifier' || key.type === 'PrivateIdentifier') ? key.name : key.type === 'PrivateIdentifier' ? key.name : constant(key));

/** Texts put together are one; null: only the process knows. */
function constant(node: Expression | PrivateIdentifier): string | null {
  if (node.type === 'Literal') return String(node.value);
  if (node.type === 'ParenthesizedExpression') return constant(node.expression);
  if (node.type === 'TemplateLiteral') return node.expressions.length === 0 ? node.quasis.map(({ value }) => value.cooked ?? '').join('') : null;
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return null;
  const [left, right] = [constant(node.left), constant(node.right)];
  return left === null || right === null ? null : left + right;
}
