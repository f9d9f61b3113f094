// QuickJS as this layer sees it: the part of quickjs-emscripten-core that a rule needs, so that the library and its WebAssembly are
// handed in. A `QuickJSWASMModule` (release, sync) is one, though TypeScript cannot tell: its callbacks are typed by its own handles. One module holds one rule: its memory is then the rule's alone.

export interface VmHandle { dispose(): void }
export type VmResult = { readonly value: VmHandle; readonly error?: undefined } | { readonly error: VmHandle };

export interface VmContext {
  readonly undefined: VmHandle;
  evalCode(code: string, filename: string, options: { readonly strict: boolean }): VmResult;
  callFunction(called: VmHandle, self: VmHandle, ...args: VmHandle[]): VmResult;
  newString(text: string): VmHandle;
  /** `run` takes handles, which are only lent, and gives a handle or nothing. */
  newFunction(name: string, run: (...args: VmHandle[]) => VmHandle | void): VmHandle;
  getProp(of: VmHandle, name: string): VmHandle;
  getString(of: VmHandle): string;
  getNumber(of: VmHandle): number;
  dispose(): void;
}

export interface VmRuntime {
  setMemoryLimit(bytes: number): void;
  setMaxStackSize(bytes: number): void;
  /** Asked about every 10,000 steps; true ends the script, and the script cannot catch it. */
  setInterruptHandler(shouldEnd: () => boolean): void;
  newContext(): VmContext;
  hasPendingJob(): boolean;
  executePendingJobs(most: number): { readonly value?: number; readonly error?: unknown; dispose?(): void };
  dispose(): void;
}

export interface VmModule { newRuntime(): VmRuntime }
