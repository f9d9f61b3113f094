export { installGuard, isApi, type Principal } from './guard.ts';
export { may, type Permission } from './may.ts';
export { loadOrCreateSecret } from './secret.ts';
export { Sessions } from './sessions.ts';
export { installSignIn } from './sign-in.ts';
