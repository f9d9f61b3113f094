// Generators of secrets known by the structure around them.
import type { Generator } from '../types.ts';
import { settingGenerators } from './settings.ts';
import { tokenGenerators } from './tokens.ts';

export const structuralGenerators: readonly Generator[] = [...tokenGenerators, ...settingGenerators];
