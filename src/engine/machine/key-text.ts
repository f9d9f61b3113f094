// The key of a machine as a person reads it: its values joined by ` / `.
import type { Value } from '../../otlp/index.ts';
import { toText } from '../values/index.ts';

const mostText = 1000;

export const textOf = (values: readonly Value[]): string => values.map((value) => (value === null ? 'null' : toText(value, 'dynamic').slice(0, mostText))).join(' / ');
