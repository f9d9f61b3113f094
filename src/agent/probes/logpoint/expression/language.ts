// The part of JavaScript that a probe may use, as names; what they do is in `in-target/reader.ts`, by the built-in functions themselves.

/** Calls by full name. */
export const staticCalls: ReadonlySet<string> = new Set([
  'Object.hasOwn', 'Array.isArray', 'JSON.stringify', 'String', 'Number', 'Boolean', 'parseInt', 'parseFloat', 'isNaN', 'isFinite',
  'Number.isInteger', 'Number.isSafeInteger', 'Number.isFinite', 'Number.isNaN', 'Number.parseInt', 'Number.parseFloat', 'Date.now',
  ...['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'sqrt', 'cbrt', 'log', 'log2', 'log10', 'exp', 'pow', 'min', 'max', 'hypot'].map((name) => `Math.${name}`),
]);

/** V8 lists all keys or none, and does not say beforehand how many there are. */
export const wholeKeyLists: ReadonlySet<string> = new Set(['Object.keys', 'Object.values', 'Object.entries']);

/** Methods of texts, numbers, arrays, maps, sets and dates; on anything else they are not called. */
export const methods: ReadonlySet<string> = new Set([
  'at', 'charAt', 'charCodeAt', 'codePointAt', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'slice', 'startsWith', 'substring', 'toLowerCase', 'toUpperCase', 'trim', 'trimStart', 'trimEnd', 'toString', 'valueOf',
  'toFixed', 'toPrecision', 'every', 'filter', 'find', 'findIndex', 'join', 'map', 'some', 'get', 'has', 'getTime', 'toISOString', 'hasOwnProperty',
]);

export const binary: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', 'in', 'instanceof']);

export const refusals: Readonly<Record<string, string>> = {
  AssignmentExpression: 'it assigns', UpdateExpression: 'it assigns', AwaitExpression: 'it waits', YieldExpression: 'it yields', NewExpression: 'new runs a constructor, which may change something',
  TaggedTemplateExpression: 'it calls a function', FunctionExpression: 'a function with a body of statements may do anything', ArrowFunctionExpression: 'a function is only taken by a pure built-in such as list.map', ClassExpression: 'it makes a class', ImportExpression: 'it loads a module',
  MetaProperty: 'import.meta and new.target are not seen from a probe', SequenceExpression: 'it is several expressions', SpreadElement: 'spreading runs an iterator, which may change something', Super: 'super may run a getter', PrivateIdentifier: 'a private name alone is no value',
};
