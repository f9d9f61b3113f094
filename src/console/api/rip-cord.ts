// The rip cord: where it is pulled, pull it, release it.
import { useQuery } from '@tanstack/react-query';
import { ripCordState } from '../../model/index.ts';
import type { ChangeRipCord } from '../../model/index.ts';
import { request } from './client.ts';
import { useWrite } from './mutations.ts';
import { every } from './queries.ts';

const all = ['rip-cord'] as const;

export const useRipCord = () => useQuery({ queryKey: all, queryFn: ({ signal }) => request('/rip-cord', ripCordState, { signal }), refetchInterval: every(2000) });
const stale = [all, ['probes'], ['rules'], ['overview'], ['nets'], ['actions']];
export const usePullRipCord = () => useWrite((wish: ChangeRipCord) => request('/rip-cord/pull', ripCordState, { method: 'POST', body: wish }), stale);
export const useReleaseRipCord = () => useWrite((wish: ChangeRipCord) => request('/rip-cord/release', ripCordState, { method: 'POST', body: wish }), stale);
