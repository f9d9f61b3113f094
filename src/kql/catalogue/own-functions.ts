// Functions that Weir adds to KQL, as the binder declares them, by the kind of text they may stand in.
import type { CompileMode } from '../language.ts';
import type { KqlType } from '../plan.ts';
import { guardFunctions } from './guard-functions.ts';
import { nameFunctions } from './name-functions.ts';

/** `parameters` and `body` as the binder declares a function; `example` says how it is written. */
export interface OwnFunction {
  readonly name: string; readonly parameters: string; readonly body: string; readonly type: KqlType;
  readonly signature: string; readonly doc: string; readonly example: string;
}

const byMode: Readonly<Record<CompileMode, readonly OwnFunction[]>> = {
  rule: nameFunctions, filter: nameFunctions, guard: [...nameFunctions, ...guardFunctions], table: [], targets: [],
};

export const ownFunctions = (mode: CompileMode): readonly OwnFunction[] => byMode[mode];
export const ownFunction = (name: string, mode: CompileMode): OwnFunction | undefined => byMode[mode].find((one) => one.name === name);
