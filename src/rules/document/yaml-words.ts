// What the YAML parser complains about, in plain words.
import type { YAMLError } from 'yaml';

interface Words { readonly message: string; readonly help?: string }

const words: Readonly<Record<string, Words>> = {
  TAB_AS_INDENT: { message: 'There is a tab where YAML wants spaces.', help: 'Indent with spaces, two for each level.' },
  DUPLICATE_KEY: { message: 'This field is given twice.', help: 'Keep one of the two.' },
  MULTIPLE_DOCS: { message: 'A file holds one rule; here a second document begins.', help: 'Put each rule into a file of its own.' },
  MULTILINE_IMPLICIT_KEY: { message: 'This line is no field: a colon with a space after it is missing, or the line is not indented as the ones around it.', help: 'Write name: value.' },
  BLOCK_AS_IMPLICIT_KEY: { message: 'Here is a colon too many, or a line that is indented deeper than its neighbours.', help: 'Put the value in quotes if the colon belongs to it.' },
  BAD_INDENT: { message: 'The indentation does not fit the lines around it, or a bracket above is not closed.', help: 'Indent with two spaces for each level, and close every [ and {.' },
  BAD_SCALAR_START: { message: 'A value without quotes cannot begin with this character.', help: 'Put the value in quotes.' },
  BAD_DQ_ESCAPE: { message: 'In double quotes this is no known escape.', help: 'Double the backslash, or use single quotes, in which it means itself.' },
  BAD_ALIAS: { message: 'This alias names nothing.', help: 'Put the value in quotes if the * belongs to it.' },
  KEY_OVER_1024_CHARS: { message: 'The name of this field is too long.' },
  MISSING_ANCHOR: { message: 'This alias names nothing.', help: 'Put the value in quotes if the * belongs to it.' },
  TAG_RESOLVE_FAILED: { message: 'A rule has no tags such as !this.', help: 'Put the value in quotes if the ! belongs to it.' },
  RESOURCE_EXHAUSTION: { message: 'The document is nested too deep.' },
};

/** One problem per error, without the follow-up noise that the parser reports behind a first structural one. */
export function yamlWords({ code, message }: YAMLError): Words {
  if (code === 'MISSING_CHAR') return missingChar(message);
  return words[code] ?? { message: `This is not valid YAML: ${message}.` };
}

function missingChar(message: string): Words {
  if (message.includes('quote')) return { message: 'A quotation mark is opened here and never closed.', help: 'Close it, or write the value without quotes.' };
  if (message.includes('flow')) return { message: 'A comma or a colon is missing between two entries.', help: 'Separate entries with commas; put an entry that holds brackets or commas of its own in quotes.' };
  if (message.includes('Comments')) return { message: 'A comment needs a space before its #.', help: 'Put the value in quotes if the # belongs to it.' };
  return { message: `This is not valid YAML: ${message}.` };
}
