// What somebody may do. Every route names what it needs; this is the one place that decides. Locally one person signs in, and may do
// all; team mode will look up roles here.
import type { Principal } from './guard.ts';

const permissions = ['artifact.read', 'artifact.read-sensitive', 'artifact.write', 'artifact.delete', 'action.read', 'action.run', 'action.run-sensitive', 'incident.read', 'incident.write', 'incident.export', 'incident.import', 'net.read', 'probe.read', 'probe.read-code', 'probe.write', 'rip-cord.pull', 'rip-cord.release', 'event.read', 'event.write', 'cost.read', 'cost.write', 'view.write', 'theme.write'] as const;
export type Permission = (typeof permissions)[number];

const granted: ReadonlyMap<string, ReadonlySet<Permission>> = new Map([['local', new Set(permissions)]]);

export const may = ({ user }: Pick<Principal, 'user'>, permission: Permission): boolean => granted.get(user)?.has(permission) ?? false;
