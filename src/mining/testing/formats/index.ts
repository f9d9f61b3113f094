import { applications } from './applications.ts';
import { platforms } from './platforms.ts';
import { systems } from './systems.ts';

/** Statements by format. */
export const formats: Readonly<Record<string, readonly string[]>> = { ...systems, ...platforms, ...applications };
