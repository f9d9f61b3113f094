// The views that exist, in the order of the rail, with the keys that open them.
import type { IconName } from '../ui/index.ts';

export interface ViewEntry { readonly to: '/overview' | '/tail' | '/events' | '/rules' | '/recorders' | '/probes' | '/redaction' | '/cost' | '/incidents' | '/profiles' | '/dumps' | '/fleet'; readonly label: string; readonly icon: IconName; readonly key: string }

export const views: readonly ViewEntry[] = [
  { to: '/overview', label: 'Overview', icon: 'overview', key: 'o' },
  { to: '/tail', label: 'Tail', icon: 'tail', key: 't' },
  { to: '/events', label: 'Events', icon: 'list', key: 'e' },
  { to: '/rules', label: 'Rules', icon: 'rules', key: 'r' },
  { to: '/recorders', label: 'Recorders', icon: 'recorder', key: 'c' },
  { to: '/probes', label: 'Probes', icon: 'probe', key: 'b' },
  { to: '/redaction', label: 'Redaction', icon: 'redact', key: 'd' },
  { to: '/cost', label: 'Cost', icon: 'cost', key: 'm' },
  { to: '/incidents', label: 'Incidents', icon: 'warn', key: 'i' },
  { to: '/profiles', label: 'Profiles', icon: 'flame', key: 'p' },
  { to: '/dumps', label: 'Dumps', icon: 'box', key: 'u' },
  { to: '/fleet', label: 'Fleet', icon: 'fleet', key: 'f' },
];
