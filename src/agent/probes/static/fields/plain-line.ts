// A line without structure: a time at its beginning and a level near it are read where they are plain to see; the body stays the whole text.
import { noFields, type Fields } from './known-fields.ts';
import { severityOfWord } from './severity.ts';
import { bsdTimeAt, isoTimeAt } from './timestamp.ts';

/** Further on a word is part of the message. */
const levelWithin = 48;
const levelForm = /(?:^|[\s[(|<])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|CRIT|ALERT|FATAL|PANIC|EMERG|SEVERE|trace|debug|info|notice|warn|warning|error|crit|critical|alert|fatal|emerg|Info|Warning|Error|Debug)(?=$|[\s\])|:>,])/;

export function plainFields(text: string, nowUnixMs: number): Fields {
  const fields = noFields();
  fields.body = text;
  const start = text.charCodeAt(0) === 0x5b ? 1 : 0;
  const time = isDigit(text.charCodeAt(start)) ? isoTimeAt(text, start) : start === 0 ? bsdTimeAt(text, 0, nowUnixMs) : null;
  if (time !== null) fields.time = time.unixNano;
  const from = time?.end ?? 0;
  const word = levelForm.exec(text.slice(from, from + levelWithin))?.[1];
  const number = word === undefined ? undefined : severityOfWord(word);
  if (word !== undefined && number !== undefined) [fields.severityNumber, fields.severityText] = [number, word];
  return fields;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
