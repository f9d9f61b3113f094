import { expect, test } from 'vitest';
import { sensitiveKeys, type SensitiveTreatment } from './sensitive-keys.ts';
import { partsOf } from './sensitive-parts.ts';

/** The text with its sensitive parts in angle brackets. */
function marked(treatment: SensitiveTreatment, text: string): string {
  const bytes = Buffer.from(`##${text}##`);
  let at = 2;
  let out = '';
  for (const { start, end } of partsOf[treatment](bytes, 2, bytes.length - 2)) {
    out += `${bytes.subarray(at, start).toString()}<${bytes.subarray(start, end).toString()}>`;
    at = end;
  }
  return out + bytes.subarray(at, bytes.length - 2).toString();
}

test.each<[SensitiveTreatment, string, string]>([
  ['value', 'all of it', '<all of it>'], ['value', '', ''],
  ['query', 'q=shoes&page=2', 'q=<shoes>&page=<2>'], ['query', '?a=&b', '?a=&<b>'], ['query', 'a=b=c;d=é', 'a=<b=c>;d=<é>'],
  ['url', 'https://example.org/a/b', 'https://example.org/a/b'], ['url', 'https://joe:pw@example.org/a?x=1#top', 'https://<joe:pw>@example.org/a?x=<1>#<top>'],
  ['url', '/search?q=me@home', '/search?q=<me@home>'], ['url', '//a@b@c/d', '//<a@b>@c/d'], ['url', 'x#y?z=1', 'x#<y?z=1>'],
  ['cookies', 'sid=abc; theme=dark', 'sid=<abc>; theme=<dark>'], ['cookies', 'id=a; Path=/; Secure', 'id=<a>; Path=</>;< Secure>'],
  ['arguments', 'run --name=joe -v KEY=1', 'run --name=<joe> -v KEY=<1>'], ['arguments', 'plain words', 'plain words'],
  ['sql', "SELECT * FROM t1 WHERE a = 'it''s' AND b=12.5", "SELECT * FROM t1 WHERE a = '<it''s>' AND b=<12.5>"],
  ['sql', "x = 'a\\'b' -- joe\nAND y = :p1 /* c */", "x = '<a\\'b>' <-- joe>\nAND y = :p1 </* c */>"],
  ['sql', "name = 'open", "name = '<open>"], ['sql', 'SELECT `col1` FROM "users"', 'SELECT `col1` FROM "<users>"'], ['sql', "a='' or b=$1", "a='' or b=$1"], ['sql', 'IN (1,2,0x1F)', 'IN (<1>,<2>,<0x1F>)'],
  ['sql', 'a = $$it is$$ AND b=$t$x $$ y$t$ OR c=$1', 'a = $$<it is>$$ AND b=$t$<x $$ y>$t$ OR c=$1'], ['sql', 'a = $$open', 'a = $$<open>'],
  ['sql', "a = q'[it's]' AND b=Nq'!x!' AND q='y'", "a = q'[<it's>]' AND b=Nq'!<x>!' AND q='<y>'"], ['sql', "q'(open", "q'(<open>"], ['sql', 'a # joe\nAND b', 'a <# joe>\nAND b'],
  ['statement', "/* c */ (SELECT 'x')", "</* c */> (SELECT '<x>')"], ['statement', 'AUTH bob word', '<AUTH bob word>'], ['statement', 'SET k word', '<SET k word>'], ['statement', '{"find": "x"}', '<{"find": "x"}>'],
  ['statement', 'db.users.find()', '<db.users.find()>'], ['statement', 'delete k', '<delete k>'], ['statement', "insert into t values ('x')", "insert into t values ('<x>')"], ['statement', '', ''],
  ['url', '/cart;jsessionid=abc/x;v=1;w?q=2', '/cart;jsessionid=<abc>/x;v=<1>;<w>?q=<2>'], ['url', 'https://u:p?w@h/x?a=1', 'https://<u:p?w>@h/x?a=<1>'], ['url', 'https://u:p#w@h/x', 'https://<u:p#w>@h/x'],
  ['url', 'https://h:80?e=joe@h', 'https://h:80?e=<joe@h>'], ['url', 'https:\\\\u:p@h', 'https:\\\\<u:p>@h'], ['url', 'https:////u:p@h', 'https:////<u:p>@h'],
])('%s of %j', (treatment, text, expected) => { expect(marked(treatment, text)).toBe(expected); });

test('every sensitive key is named once and says where that is written', () => {
  const keys = sensitiveKeys.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  for (const { key, source, about } of sensitiveKeys) expect([key, source !== '', about !== '', key === key.toLowerCase()]).toEqual([key, true, true, true]);
});
