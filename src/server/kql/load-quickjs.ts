// QuickJS for this thread, loaded with the first script: the WebAssembly is compiled once, each script gets an instance, and so a memory, of its own.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { QuickJSSyncVariant } from 'quickjs-emscripten-core';
import type { NewVm } from '../../rules/index.ts';

let loading: Promise<NewVm> | null = null;

export const newVm: NewVm = async () => (await (loading ??= load()))();

async function load(): Promise<NewVm> {
  const [{ newQuickJSWASMModuleFromVariant, newVariant }, { default: variant }] = await Promise.all([import('quickjs-emscripten-core'), import('@jitl/quickjs-wasmfile-release-sync')]);
  const wasmModule = await WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')));
  // Its types describe the CommonJS build, where the variant is one step further in; what is imported here is the module build.
  const prepared = newVariant(variant as unknown as QuickJSSyncVariant, { wasmModule });
  // A cast, for the module's callbacks are typed by handles of its own.
  return async () => (await newQuickJSWASMModuleFromVariant(prepared)) as unknown as Awaited<ReturnType<NewVm>>;
}
