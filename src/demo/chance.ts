// Pauses and dice of the shop: what its parent and its services share without loading OpenTelemetry.

export const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });
export const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
export const code = (prefix: string, digits = 6): string => `${prefix}${Math.floor(Math.random() * 16 ** digits).toString(16).padStart(digits, '0')}`;
