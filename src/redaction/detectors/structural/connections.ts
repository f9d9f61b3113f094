// Passwords in what programs connect with: semicolon strings of ADO.NET, ODBC and JDBC, libpq's key=value, and Go's DSN.
import { anyCase, asciiText, literal, matches, runEnd, runStart } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { Detector, Match, Window } from '../../types.ts';
import { found, lineBefore } from '../keyworded.ts';

const family = 'structural' as const;

/** Other settings of a connection; one must be near for `Password=` to be part of one. */
const sibling = /(?:^|[;\s"'?&])(?:server|data source|host|hostname|addr|address|network address|user id|uid|user|username|database|dbname|initial catalog|driver|dsn|port|sslmode|integrated security|endpoint)\s?=/i;
/** A quoted value, a braced one (ODBC), or all up to the semicolon, quote or blank. */
const value = /^\s?(?:'([^'\n]{1,200})'|\{([^}\n]{1,200})\}|([^;"'\s&]{1,200}))/;

/** Blanks and signs behind which a setting begins. */
const begins = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 || ';"\'?&('.includes(String.fromCharCode(byte)) ? 1 : 0));

export const connectionString: Detector = {
  name: 'connection-string', version: 1, family, check: 'context', title: 'Password in a connection string', doc: 'Password= and Pwd= beside other settings of a connection.',
  facts: 'Name=value pairs with semicolons or blanks between; server, host, user, database or the like within 160 bytes.', source: 'https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax; libpq, section 32.1.1',
  anchors: [anyCase('password='), anyCase('pwd='), anyCase('passwd=')],
  verify(window, at, match) {
    const { bytes, start, end } = window;
    const nameLength = (bytes[at - 2]! | 0x20) === 0x64 && (bytes[at - 3]! | 0x20) === 0x77 && (bytes[at - 4]! | 0x20) === 0x70 ? 4 : (bytes[at - 4]! | 0x20) === 0x73 ? 7 : 9;
    if (at - nameLength > start && begins[bytes[at - nameLength - 1]!] === 0) return false;
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

const oracle = 'jdbc:oracle:thin:';

/** `jdbc:oracle:thin:user/password@host:port/service`. */
function oraclePassword({ bytes, end }: Window, at: number, match: Match): boolean {
  const hit = /^[^\s/:@"']{1,64}\/([^\s"'@]{1,90})@/.exec(asciiText(bytes, at, end, 160));
  return hit !== null && !isPlaceholder(hit[1]!) && found(match, at + hit[0].length - 1 - hit[1]!.length, at + hit[0].length - 1, 0.97);
}

/** A line of libpq's password file: host:port:database:user:password, of which the first four may be `*`. */
const passwordFile = /^(?:[\w.-]{1,253}|\*|\/[\w./-]{1,100}|\[[0-9a-f:.]{2,45}\]):(?:\d{2,5}|\*):(?:[\w.-]{1,63}|\*):(?:[\w.@-]{1,63}|\*):((?:[^:\\\s"']|\\[:\\]){4,200})$/i;
/** PostgreSQL's port, PgBouncer's, and any. */
const filePorts = [':5432:', ':5433:', ':6432:', ':*:'];

/** A whole line, or all that is in quotes. */
function filePassword(window: Window, at: number, match: Match): boolean {
  const { bytes, start, end } = window;
  const from = runStart(bytes, at, Math.max(start, at - 300), inLine);
  const last = runEnd(bytes, at, Math.min(end, at + 400), inLine);
  const value = passwordFile.exec(asciiText(bytes, from, last, 700))?.[1];
  return value !== undefined && !isPlaceholder(value) && value !== '*' && found(match, last - value.length, last, 0.9);
}
const inLine = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 || byte === 0x22 || byte === 0x27 ? 0 : 1));

export const databaseDsn: Detector = {
  name: 'database-dsn', version: 2, family, check: 'structure', title: 'Password in a data source name', doc: 'user:password@tcp(host:port)/database, as Go\'s drivers write it, jdbc:oracle:thin:user/password@host, and lines of .pgpass.',
  facts: 'User, colon, password, @, a network (tcp, udp, unix) and an address in brackets; host:port:database:user:password as a line of its own, of a port of PostgreSQL or *.', source: 'https://pkg.go.dev/github.com/go-sql-driver/mysql (DSN); PostgreSQL documentation, section 32.16 (password file)',
  anchors: ['@tcp(', '@udp(', '@unix(', oracle, ...filePorts].map(literal),
  verify(window, at, match) {
    const { bytes } = window;
    if (bytes[at - 1] === 0x3a) return filePorts.some((port) => matches(bytes, at - port.length, at, port)) ? filePassword(window, at, match) : oraclePassword(window, at, match);
    let sign = at - 4;
    while (bytes[sign] !== 0x40) sign--;
    const line = lineBefore(window, sign, 160);
    const hit = /(?:^|[\s"'=])([^\s:"'=@/]{1,64}):([^\s"']{1,90})$/.exec(line);
    if (hit === null || isPlaceholder(hit[2]!)) return false;
    return found(match, sign - hit[2]!.length, sign, 0.97);
  },
};
