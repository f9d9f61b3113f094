// Prefixes that masks leave in clear, for they are public and say only of what kind a token is.
import { detectors } from './detectors/index.ts';

export const publicPrefixes: ReadonlySet<string> = new Set(detectors.flatMap((one) => one.prefixes ?? []));
