/** Detector names of what no detector found: an entry is about the whole value, an allow-list does not name the key, semantic
 *  conventions know it. Entries and `except` may name `sensitive-key` as a detector. */
export const keyRuleName = 'key-rule';
export const allowListName = 'allow-list';
export const sensitiveKeyName = 'sensitive-key';

export const namesBesideDetectors: readonly string[] = [keyRuleName, allowListName, sensitiveKeyName];
