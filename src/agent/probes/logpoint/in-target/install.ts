// The text that installs the hook in a context of the observed process, under one symbol that no loop over its globals shows, and the texts that
// call it. The binding that V8 puts among the globals is taken into the hook and away from there.
import { builtins } from './builtins.ts';
import { capturing } from './capture.ts';
import { hook, type PlaceSetting } from './hook.ts';
import { reader } from './reader.ts';

/** In older Node the modules come by the console's `require`, in a context of `vm` too. */
const builtin = `(n)=>typeof process==='object'&&process.getBuiltinModule?process.getBuiltinModule(n):typeof require==='function'?require(n):process.mainModule.require(n)`;
const symbol = (name: string): string => `Symbol.for(${JSON.stringify(name)})`;
export const hookAt = (name: string): string => `globalThis[${symbol(name)}]`;

/** `name`: of the symbol; `binding`: that was added before. True: it is there. */
export const installText = (name: string, binding: string): string => `(()=>{
const b=${builtin};const types=b('util').types;const p=b('perf_hooks').performance;const n=globalThis[${JSON.stringify(binding)}];delete globalThis[${JSON.stringify(binding)}];
const given={global:globalThis,types,now:()=>p.now(),nudge:(t)=>n(t)};const built=(${builtins.toString()})();const capturing=${capturing.toString()};const reader=${reader.toString()};
const made=(${hook.toString()})({built,given,capturing,reader});
Object.defineProperty(globalThis,${symbol(name)},{value:made,configurable:true,enumerable:false,writable:false});return true})()`;

export const removeText = (name: string): string => `delete ${hookAt(name)}`;
export const addText = (name: string, setting: PlaceSetting): string => `${hookAt(name)}.add(${JSON.stringify(setting)})`;
export const dropText = (name: string, key: string): string => `${hookAt(name)}?.drop(${JSON.stringify(key)})`;
export const muteText = (name: string, key: string, isMuted: boolean): string => `${hookAt(name)}?.mute(${JSON.stringify(key)},${isMuted})`;
export const drainText = (name: string): string => `${hookAt(name)}?.drain()??"[]"`;

/** A condition or a statement of the program's frame; the functions are arrows of the reader. */
export const arriveText = (name: string, key: string, condition: string | null, reads: readonly string[], by: string | null): string =>
  `${hookAt(name)}?.at_${key}?.(${condition ?? 'null'},[${reads.join()}],${by ?? 'null'})`;
export const endText = (name: string, key: string, by: string | null): string => `${hookAt(name)}?.end_${key}?.(${by ?? 'null'})`;
