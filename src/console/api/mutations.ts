// Writing hooks. Each refreshes what it changed. Errors are ApiFailure; the caller shows them.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import type { z } from 'zod';
import { compileResponse, demoFaults, ruleDetail } from '../../model/index.ts';
import type { saveRule } from '../../model/index.ts';
import { request } from './client.ts';
import type { RequestOptions } from './client.ts';
import { keys } from './queries.ts';

/** A rule as a person saves it; defaults of the schema may be left out. */
export type RuleDraft = z.input<typeof saveRule>;

const rulePath = (id: string, action = '') => `/rules/${encodeURIComponent(id)}${action}`;

function useWrite<Input, Output>(write: (input: Input) => Promise<Output>, stale: readonly QueryKey[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSettled: () => Promise.all(stale.map(queryKey => client.invalidateQueries({ queryKey }))) });
}

const ruleCall = (path: string, method: NonNullable<RequestOptions['method']>, body?: unknown) => request(path, ruleDetail, { method, body });

export const useCreateRule = () => useWrite((draft: RuleDraft) => ruleCall('/rules', 'POST', draft), [keys.rules, keys.audit]);
/** Makes a new immutable version. */
export const useSaveRule = () => useWrite(({ id, ...draft }: RuleDraft & { readonly id: string }) => ruleCall(rulePath(id, '/versions'), 'POST', draft), [keys.rules, keys.audit]);
export const useDeployRule = () => useWrite(({ id, version }: { readonly id: string; readonly version: number }) => ruleCall(rulePath(id, '/deploy'), 'POST', { version }), [keys.rules, keys.overview, keys.audit]);
export const useDisableRule = () => useWrite(({ id }: { readonly id: string }) => ruleCall(rulePath(id, '/disable'), 'POST', {}), [keys.rules, keys.overview, keys.audit]);
/** `force` is needed for a deployed rule: the person has seen what stops. */
export const useDeleteRule = () => useWrite(({ id, force = false }: { readonly id: string; readonly force?: boolean }) => request<void>(rulePath(id, force ? '?force=true' : ''), null, { method: 'DELETE' }), [keys.rules, keys.overview, keys.audit]);
/** The server's own verdict on a KQL text. */
export const useCompile = () => useMutation({ mutationFn: (kql: string) => request('/kql/compile', compileResponse, { method: 'POST', body: { kql } }) });
export const useSetDemoFault = () => useWrite(({ name, on }: { readonly name: string; readonly on: boolean }) => request(`/demo/faults/${encodeURIComponent(name)}`, demoFaults, { method: 'PUT', body: { on } }), [keys.faults]);
