export { installGuard, isApi, type Principal } from './guard.ts';
export { loadOrCreateSecret } from './secret.ts';
export { Sessions } from './sessions.ts';
export { installSignIn } from './sign-in.ts';
