export { installGuard, isApi, type Access, type Principal } from './guard.ts';
export type { HostPolicy } from './request-checks.ts';
export { loadOrCreateSecret } from './secret.ts';
export { Sessions } from './sessions.ts';
export { installSignIn } from './sign-in.ts';
