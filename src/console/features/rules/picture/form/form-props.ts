// What every form of a block gets.
import type { BlockColumn, BlockForm, CompileMode, LiveField } from '../../../../../kql/index.ts';
import type { SinkNames } from '../types.ts';

export interface FormContext { readonly columns: readonly BlockColumn[]; readonly fields: readonly LiveField[]; readonly keyword: string; readonly mode: CompileMode; readonly sinkNames: SinkNames; /** That the conditions in hand ask for. */ readonly event?: string }
export type FormOf<F extends BlockForm['form']> = Extract<BlockForm, { form: F }>;
export interface FormProps<F extends BlockForm['form']> { readonly form: FormOf<F>; readonly context: FormContext; readonly onChange: (form: FormOf<F>) => void }
