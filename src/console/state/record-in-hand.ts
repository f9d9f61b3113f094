// A record on its way from one view to another: chosen in the tail, made a test of in a rule. It lives in this page only.
import { create } from 'zustand';
import type { Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';

type Bag = Readonly<Record<string, Value>>;
export interface RecordInHand { readonly signal: Signal; readonly service: string; readonly durableId: string; readonly summary: string; readonly columns: Bag; readonly attributes: Bag; readonly resource: Bag }

export const useRecordInHand = create<{ readonly record: RecordInHand | null; put(record: RecordInHand | null): void }>()(set => ({ record: null, put: record => set({ record }) }));
