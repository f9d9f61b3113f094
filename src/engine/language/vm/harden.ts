// Inside the sandbox, before the script: only what the language itself has stays reachable, and none of it can be changed. What is
// missing: code from text, shared memory, anything that shows when memory is freed. Text, because it runs in QuickJS.

export const harden = String.raw`
const allowed = new Set(['Object','Function','Array','Number','String','Boolean','Symbol','BigInt','Math','JSON','Reflect','Proxy','Date','RegExp','Map','Set','WeakMap','WeakSet',
  'Promise','Error','EvalError','RangeError','ReferenceError','SyntaxError','TypeError','URIError','AggregateError','InternalError','Iterator','ArrayBuffer','DataView','Int8Array','Uint8Array',
  'Uint8ClampedArray','Int16Array','Uint16Array','Int32Array','Uint32Array','Float16Array','Float32Array','Float64Array','BigInt64Array','BigUint64Array','parseInt','parseFloat','isNaN','isFinite',
  'decodeURI','decodeURIComponent','encodeURI','encodeURIComponent','escape','unescape','Infinity','NaN','undefined','globalThis']);
for (const key of Reflect.ownKeys(globalThis)) if (!allowed.has(key) && typeof key === 'string') delete globalThis[key];

const functionPrototypes = [function () {}, async function () {}, function* () {}, async function* () {}].map(Object.getPrototypeOf);
const noCode = function Function() { throw new TypeError('A rule cannot make code from text.'); };
Object.defineProperty(noCode, 'prototype', { value: functionPrototypes[0] });
for (const prototype of functionPrototypes) Object.defineProperty(prototype, 'constructor', { value: noCode });
globalThis.Function = noCode;

// Frozen prototypes would also keep scripts from giving their own objects a toString or their errors a name.
const overridable = (prototype) => {
  for (const key of Reflect.ownKeys(prototype)) {
    const { value, writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(prototype, key);
    if (!writable || !configurable) continue;
    Object.defineProperty(prototype, key, {
      enumerable, configurable: false, get() { return value; },
      set(own) {
        if (this === prototype) throw new TypeError("'" + String(key) + "' is read-only");
        Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
      },
    });
  }
};
for (const name of ['Object', 'Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError']) overridable(globalThis[name].prototype);

const freezeAll = () => {
  const waiting = [...functionPrototypes, Object.getPrototypeOf([][Symbol.iterator]()), Object.getPrototypeOf(''[Symbol.iterator]()), Object.getPrototypeOf(new Map().entries()),
    Object.getPrototypeOf(new Set().entries()), Object.getPrototypeOf(/a/[Symbol.matchAll]('a'))];
  for (const key of Reflect.ownKeys(globalThis)) if (key !== 'globalThis') waiting.push(globalThis[key]);
  const seen = new Set([globalThis]);
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (one === null || (typeof one !== 'object' && typeof one !== 'function') || seen.has(one)) continue;
    seen.add(one);
    Object.freeze(one);
    waiting.push(Object.getPrototypeOf(one));
    for (const key of Reflect.ownKeys(one)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(one, key);
      waiting.push(value, get, set);
    }
  }
};
`;
