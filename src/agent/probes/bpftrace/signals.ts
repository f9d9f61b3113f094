// Signals by number and name.
import { constants } from 'node:os';

const names = new Map(Object.entries(constants.signals).map(([name, number]) => [number as number, name]));

export const signalWord = (number: number): string | null => names.get(number) ?? null;
/** The condition for one signal; none for all. */
export const signalNumber = (number: number): string[] => (number === 0 ? [] : [`args->sig == ${number}`]);
