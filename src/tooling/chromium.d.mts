/** The path of a Chromium that can be started, installing one when there is none; null with the reason printed when that fails. */
export function findChromium(): Promise<string | null>;
