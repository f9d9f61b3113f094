// Passwords in what programs connect with: semicolon strings of ADO.NET, ODBC and JDBC, libpq's key=value, and Go's DSN.
import { anyCase, asciiText, literal } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { Detector } from '../../types.ts';
import { found, lineBefore } from '../keyworded.ts';

const family = 'structural' as const;

/** Other settings of a connection; one must be near for `Password=` to be part of one. */
const sibling = /(?:^|[;\s"'?&])(?:server|data source|host|hostname|addr|address|network address|user id|uid|user|username|database|dbname|initial catalog|driver|dsn|port|sslmode|integrated security|endpoint)\s?=/i;
/** A quoted value, a braced one (ODBC), or all up to the semicolon, quote or blank. */
const value = /^\s?(?:'([^'\n]{1,200})'|\{([^}\n]{1,200})\}|([^;"'\s&]{1,200}))/;

export const connectionString: Detector = {
  name: 'connection-string', version: 1, family, check: 'context', title: 'Password in a connection string', doc: 'Password= and Pwd= beside other settings of a connection.',
  facts: 'Name=value pairs with semicolons or blanks between; server, host, user, database or the like within 160 bytes.', source: 'https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax; libpq, section 32.1.1',
  anchors: [anyCase('password='), anyCase('pwd='), anyCase('passwd=')],
  verify(window, at, match) {
    const { bytes, end } = window;
    const text = asciiText(bytes, at, end, 208);
    const hit = value.exec(text);
    if (hit === null) return false;
    const inner = hit[1] ?? hit[2] ?? hit[3]!;
    const from = at + hit[0].indexOf(inner);
    if (isPlaceholder(inner) || inner.length < 3) return false;
    const before = lineBefore(window, at, 160);
    // Its own name must begin a setting: after a semicolon, blank or quote.
    if (!/(?:^|[;\s"'?&(])(?:password|pwd|passwd)=$/i.test(before) || !(sibling.test(before) || sibling.test(text.slice(hit[0].length, hit[0].length + 160)))) return false;
    return found(match, from, from + inner.length, 0.95);
  },
};

export const databaseDsn: Detector = {
  name: 'database-dsn', version: 1, family, check: 'structure', title: 'Password in a data source name', doc: 'user:password@tcp(host:port)/database, as Go\'s drivers write it.',
  facts: 'User, colon, password, @, a network (tcp, udp, unix) and an address in brackets.', source: 'https://pkg.go.dev/github.com/go-sql-driver/mysql (DSN)',
  anchors: ['@tcp(', '@udp(', '@unix('].map(literal),
  verify(window, at, match) {
    const { bytes } = window;
    let sign = at - 4;
    while (bytes[sign] !== 0x40) sign--;
    const line = lineBefore(window, sign, 160);
    const hit = /(?:^|[\s"'=])([^\s:"'=@/]{1,64}):([^\s"']{1,90})$/.exec(line);
    if (hit === null || isPlaceholder(hit[2]!)) return false;
    return found(match, sign - hit[2]!.length, sign, 0.97);
  },
};
