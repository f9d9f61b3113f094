// Writing hooks. Each refreshes what it changed. Errors are ApiFailure; the caller shows them.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import type { z } from 'zod';
import { bulkResult, compileResponse, demoFaults, ruleDetail, ruleList } from '../../model/index.ts';
import type { bulkRules, deployRule, reorderRules, saveRule } from '../../model/index.ts';
import { request } from './client.ts';
import type { RequestOptions } from './client.ts';
import { keys } from './queries.ts';

/** A rule as a person saves it, as `text` or as `document`; defaults of the schema may be left out. */
export type RuleDraft = z.input<typeof saveRule>;

const rulePath = (id: string, action = '') => `/rules/${encodeURIComponent(id)}${action}`;

export function useWrite<Input, Output>(write: (input: Input) => Promise<Output>, stale: readonly QueryKey[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSettled: () => Promise.all(stale.map(queryKey => client.invalidateQueries({ queryKey }))) });
}

const ruleCall = (path: string, method: NonNullable<RequestOptions['method']>, body?: unknown) => request(path, ruleDetail, { method, body });

export const useCreateRule = () => useWrite((draft: RuleDraft) => ruleCall('/rules', 'POST', draft), [keys.rules, keys.audit]);
/** Makes a new immutable version. */
export const useSaveRule = () => useWrite(({ id, ...draft }: RuleDraft & { readonly id: string }) => ruleCall(rulePath(id, '/versions'), 'POST', draft), [keys.rules, keys.audit]);
/** In shadow the rule only counts what it would do; deploying the same version live makes it act. */
export const useDeployRule = () => useWrite(({ id, ...wish }: { readonly id: string } & z.input<typeof deployRule>) => ruleCall(rulePath(id, '/deploy'), 'POST', wish satisfies z.input<typeof deployRule>), [keys.rules, keys.overview, keys.audit]);
export const useDisableRule = () => useWrite(({ id }: { readonly id: string }) => ruleCall(rulePath(id, '/disable'), 'POST', {}), [keys.rules, keys.overview, keys.audit]);
/** `force` is needed for a deployed rule: the person has seen what stops. */
export const useDeleteRule = () => useWrite(({ id, force = false }: { readonly id: string; readonly force?: boolean }) => request<void>(rulePath(id, force ? '?force=true' : ''), null, { method: 'DELETE' }), [keys.rules, keys.overview, keys.audit]);
/** New places, all or none. The answer is the list as it is then. */
export const useReorderRules = () => useWrite((wish: z.input<typeof reorderRules>) => request('/rules/order', ruleList, { method: 'POST', body: wish }), [keys.rules, keys.overview, keys.audit]);
/** One result per id: a refusal of one stops no other. */
export const useBulkRules = () => useWrite((wish: z.input<typeof bulkRules>) => request('/rules/bulk', bulkResult, { method: 'POST', body: wish }), [keys.rules, keys.overview, keys.audit]);
/** The server's own verdict on a KQL text. */
export const useCompile = () => useMutation({ mutationFn: (kql: string) => request('/kql/compile', compileResponse, { method: 'POST', body: { kql } }) });
/** A filter of the tail, compiled by the server: its compiler runs already, that of a page that has just been opened takes its time. */
export const compileFilter = (kql: string) => request('/kql/compile', compileResponse, { method: 'POST', body: { kql, mode: 'filter' } });
export const useSetDemoFault = () => useWrite(({ name, on }: { readonly name: string; readonly on: boolean }) => request(`/demo/faults/${encodeURIComponent(name)}`, demoFaults, { method: 'PUT', body: { on } }), [keys.faults]);
