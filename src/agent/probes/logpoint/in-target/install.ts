// The text that installs the hook in a context of the observed process, under one name that no loop over its globals shows, and the texts that
// call it. It is made in a realm of its own (`vm`), whose built-in functions and prototypes no program has changed.
// Breakpoints are those of a debugger session within the process (`inspector.Session`): it needs nobody outside to end them. What V8 tells of every pass is
// thrown away there; on Weir's own connection it would wait for a Weir that stands still.
// The binding that V8 puts among the globals is taken into the hook and away from there.
import { builtins } from './builtins.ts';
import { capturing } from './capture.ts';
import { hook, type PlaceSetting } from './hook.ts';
import { reader } from './reader.ts';

/** In older Node the modules come by the console's `require`, in a context of `vm` too. */
const builtin = `(n)=>typeof process==='object'&&process.getBuiltinModule?process.getBuiltinModule(n):typeof require==='function'?require(n):process.mainModule.require(n)`;
export const hookAt = (name: string): string => `globalThis[${JSON.stringify(name)}]`;

const natives = ['isProxy', 'isMap', 'isSet', 'isDate', 'isRegExp', 'isNativeError', 'isPromise', 'isModuleNamespaceObject'];

/** Runs in the realm of its own: what tells Weir of the program has to be Node's, not a function in its place. */
const made = `((name,types,now,nudge,global,theirs,connect,later)=>{
const text=Function.prototype.toString,own={__proto__:null};
for(const name of ${JSON.stringify(natives)}){const found=Reflect.getOwnPropertyDescriptor(types,name)?.value;if(typeof found!=='function'||!Reflect.apply(text,found,[]).endsWith('() { [native code] }'))throw new Error('the program has replaced util.types.'+name+' of Node');own[name]=found}
let answer='',id=0,open=true;const line=connect((message)=>{if(message.startsWith('{"id":'))answer=message});
const post=(method,params)=>{answer='';line.dispatch(JSON.stringify({id:++id,method,params}));const told=JSON.parse(answer);if(told.error)throw new Error(method+': '+told.error.message);return told.result};
const letGo=()=>{if(!open)return;open=false;delete global[name];later(()=>{line.disconnect()})};
try{post('Debugger.enable',{});post('Debugger.setSkipAllPauses',{skip:true})}catch(failed){letGo();throw failed}
const given={global,types:own,now,nudge,theirs,post,letGo};const built=(${builtins.toString()})(given);const capturing=${capturing.toString()};const reader=${reader.toString()};
return (${hook.toString()})({built,given,capturing,reader})})`;

/** Takes messages as V8 gives them, so that those of passes are thrown away unread. Where Node keeps its own connection to itself (the permission model, a
 *  version to come), by its class for programs, which runs a `toJSON` that a program has put into the prototype of all objects. */
const connect = `(take)=>{let own=null;try{own=b('process').binding('inspector').Connection}catch{}
if(typeof own==='function')return new own(take);
const s=new(b('inspector').Session)();s.emit=()=>false;s.connect();
return{dispatch(text){const{id,method,params}=JSON.parse(text);s.post(method,params,(e,result)=>{take(JSON.stringify(e?{id,error:{message:e.message}}:{id,result}))})},disconnect(){s.disconnect()}}}`;

/** What the program itself has under the names of built-in kinds. */
const theirs = `{string:String.prototype,numeric:Number.prototype,bigint:BigInt.prototype,boolean:Boolean.prototype,symbol:Symbol.prototype,array:Array.prototype,map:Map.prototype,set:Set.prototype,date:Date.prototype,typed:Object.getPrototypeOf(Uint8Array.prototype),buffer:ArrayBuffer.prototype,pattern:RegExp.prototype}`;

/** `name`: of the global that holds the hook; `binding`: that was added before. True: it is there. */
export const installText = (name: string, binding: string): string => `(()=>{
const b=${builtin};const p=b('perf_hooks').performance,clock=p.now;const n=globalThis[${JSON.stringify(binding)}];delete globalThis[${JSON.stringify(binding)}];
const later=b('timers').setImmediate,connect=${connect};
const make=b('vm').runInNewContext(${JSON.stringify(made)},{__proto__:null},{__proto__:null,filename:'weir:hook'});
Object.defineProperty(globalThis,${JSON.stringify(name)},{__proto__:null,value:make(${JSON.stringify(name)},b('util').types,clock.bind(p),n,globalThis,${theirs},connect,(work)=>{later(work)}),configurable:true,enumerable:false,writable:false});return true})()`;

export const removeText = (name: string): string => `(${hookAt(name)}?.leave?.(),delete ${hookAt(name)})`;
/** `location` and `condition` as `Debugger.setBreakpoint` has them. Gives its id. */
export const setText = (name: string, params: object): string => `${hookAt(name)}.set(${JSON.stringify(JSON.stringify(params))})`;
export const unsetText = (name: string, id: string): string => `${hookAt(name)}?.unset(${JSON.stringify(id)})`;
/** Ends the breakpoints from within when nobody fetches their hits. */
export const aliveText = (name: string): string => `${hookAt(name)}?.alive?.()`;
export const addText = (name: string, setting: PlaceSetting): string => `${hookAt(name)}.add(${JSON.stringify(JSON.stringify(setting))})`;
export const dropText = (name: string, key: string): string => `${hookAt(name)}?.drop(${JSON.stringify(key)})`;
export const muteText = (name: string, key: string, isMuted: boolean): string => `${hookAt(name)}?.mute(${JSON.stringify(key)},${isMuted})`;
export const drainText = (name: string): string => `${hookAt(name)}?.drain()??"gone"`;

/** A condition or a statement of the program's frame; the functions are arrows of the reader. */
export const arriveText = (name: string, key: string, condition: string | null, reads: readonly string[], by: string | null): string =>
  `${hookAt(name)}?.at_${key}?.(${condition ?? 'null'},[${reads.join()}],${by ?? 'null'})`;
export const endText = (name: string, key: string, by: string | null): string => `${hookAt(name)}?.end_${key}?.(${by ?? 'null'})`;
