// QuickJS for this thread. The WebAssembly is compiled once; each rule gets an instance, and so a memory, of its own.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import type { VmModule } from '../../engine/language/index.ts';

const compiled = new WebAssembly.Module(readFileSync(fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'))));
// Its types describe the CommonJS build, where the variant is one step further in; what is imported here is the module build.
const prepared = newVariant(variant as unknown as QuickJSSyncVariant, { wasmModule: compiled });

// A cast, for its callbacks are typed by handles of its own.
export const newVmModule = async (): Promise<VmModule> => (await newQuickJSWASMModuleFromVariant(prepared)) as unknown as VmModule;
