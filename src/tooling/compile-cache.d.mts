/** For this process's children, unless the person who started it has chosen: it is in `env` from here on. */
export function keepCompiledCode(env?: NodeJS.ProcessEnv): void;
