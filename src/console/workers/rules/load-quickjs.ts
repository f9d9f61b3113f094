// QuickJS for this worker, fetched when the first script comes: its WebAssembly is a file of our own origin, compiled once; each script gets an
// instance, and so a memory, of its own. Compiling it needs 'wasm-unsafe-eval' in the policy that this worker's script is served with.
import wasmUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import type { QuickJSSyncVariant } from 'quickjs-emscripten-core';
import type { NewVm } from '../../../rules/index.ts';

let loading: Promise<NewVm> | null = null;

/** A failed load is not remembered: the next script tries again. */
export const newVm: NewVm = async () => {
  loading ??= load().catch((cause: unknown) => { loading = null; throw new Error(`The sandbox for scripts could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause }); });
  return (await loading)();
};

async function load(): Promise<NewVm> {
  const [{ newQuickJSWASMModuleFromVariant, newVariant }, { default: variant }, wasmModule] = await Promise.all([import('quickjs-emscripten-core'), import('@jitl/quickjs-wasmfile-release-sync'), WebAssembly.compileStreaming(fetch(wasmUrl))]);
  // Its types describe the CommonJS build, where the variant is one step further in; what is imported here is the module build.
  const prepared = newVariant(variant as unknown as QuickJSSyncVariant, { wasmModule });
  // A cast, for the module's callbacks are typed by handles of its own.
  return async () => (await newQuickJSWASMModuleFromVariant(prepared)) as unknown as Awaited<ReturnType<NewVm>>;
}
