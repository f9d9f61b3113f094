// Generators for every vendor detector.
import type { Generator } from '../types.ts';
import { cloudRecipes } from './cloud.ts';
import { generatorOf } from './recipe.ts';
import { messagingRecipes } from './saas-messaging.ts';
import { workRecipes } from './saas-work.ts';
import { sourceControlRecipes } from './source-control.ts';

export const vendorGenerators: readonly Generator[] = [...sourceControlRecipes, ...cloudRecipes, ...messagingRecipes, ...workRecipes].map(generatorOf);
