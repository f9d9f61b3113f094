// Names in tooltips come from telemetry: they are text, never markup.
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, letter => entities[letter] ?? letter);
