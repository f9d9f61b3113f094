// The scalar functions that Weir runs, by KQL name, each with a signature and one sentence for completion and hover.
import type { FunctionDefinition } from './aggregates.ts';

/** One a line: `name(arguments): what it gives`. */
const table = `
tostring(value): The value as a string; empty when there is none.
toint(value): The value as a 32-bit integer, null when it is none.
tolong(value): The value as a 64-bit integer, null when it is none.
toreal(value): The value as a floating-point number, null when it is none.
todouble(value): The same as toreal.
todecimal(value): The value as a decimal number, null when it is none.
tobool(value): The value as true or false, null when it is neither.
toboolean(value): The same as tobool.
todatetime(value): The value as a point in time, null when it is none.
totimespan(value): The value as a span of time, null when it is none.
todynamic(text): JSON text as a dynamic value.
toguid(text): The text as a guid, null when it is none.
gettype(value): Name of the value's type.
tolower(text): The text in lower case.
toupper(text): The text in upper case.
strlen(text): Number of code points.
strcat(value, …): The values as text, joined.
strcat_delim(delimiter, value, …): The values as text, joined with a delimiter.
strrep(value, times, [delimiter]): The text repeated.
substring(text, start, [length]): Part of the text; start counts from 0.
indexof(text, part, [start], [length], [occurrence]): Place of the first occurrence, -1 when there is none.
countof(text, part, [kind]): Number of occurrences.
replace_string(text, part, by): Every occurrence replaced.
replace_regex(text, regex, by): Every match replaced; \\1 is the first group.
reverse(text): The text from its end.
split(text, delimiter, [index]): The parts as an array.
trim(regex, text): Without the match at both ends.
trim_start(regex, text): Without the match at the start.
trim_end(regex, text): Without the match at the end.
url_encode(text): The text with %xx escapes.
url_decode(text): The text without %xx escapes.
base64_encode_tostring(text): The text in base64.
base64_decode_tostring(text): The text that base64 stands for.
parse_url(text): Parts of a URL as a bag.
parse_json(text): JSON text as a dynamic value.
extract(regex, group, text, [typeof]): What a group of the first match holds.
extract_all(regex, [groups], text): What the groups of every match hold, as an array.
extract_json(path, text, [typeof]): The value at a JSON path in JSON text.
isempty(value): True for an empty string and for null.
isnotempty(value): The opposite of isempty.
isnull(value): True for null; a string is never null.
isnotnull(value): The opposite of isnull.
coalesce(value, …): The first value that is neither null nor an empty string.
iff(condition, then, else): One of two values.
iif(condition, then, else): The same as iff.
case(condition, then, …, else): The value beside the first true condition.
bag_keys(bag): The keys as an array.
bag_has_key(bag, key): True when the bag has the key.
bag_merge(bag, …): One bag of several; the leftmost wins.
bag_remove_keys(bag, keys): The bag without these keys.
bag_pack(key, value, …): A bag of the pairs.
pack(key, value, …): The same as bag_pack.
pack_array(value, …): An array of the values.
array_length(array): Number of elements.
array_concat(array, …): One array of several.
array_index_of(array, value, [start], [length], [occurrence]): Place of the value, -1 when it is not there.
array_slice(array, start, end): Elements from start to end, both included.
array_sum(array): Sum of the elements.
set_has_element(array, value): True when the array holds the value.
bin(value, size): The value rounded down to a multiple of size.
floor(value, size): The same as bin.
ago(span): Now less a span of time.
now([offset]): The present moment.
datetime_part(part, moment): A part of a moment as a number: "year", "month", "day", "hour", …
datetime_diff(part, one, other): Whole parts from other to one.
datetime_add(part, amount, moment): The moment so many parts later.
format_datetime(moment, format): The moment as text.
format_timespan(span, format): The span as text.
startofday(moment, [offset]): Midnight of the day.
startofweek(moment, [offset]): Midnight of the week's Sunday.
startofmonth(moment, [offset]): The month's first midnight.
startofyear(moment, [offset]): The year's first midnight.
endofday(moment, [offset]): The last tick of the day.
hourofday(moment): Hour, 0 to 23.
dayofweek(moment): Days since Sunday, as a span of time.
dayofmonth(moment): Day of the month, from 1.
dayofyear(moment): Day of the year, from 1.
getmonth(moment): Month, 1 to 12.
monthofyear(moment): Month, 1 to 12.
getyear(moment): Year.
unixtime_seconds_todatetime(seconds): The moment so many seconds after 1970.
unixtime_milliseconds_todatetime(milliseconds): The moment so many milliseconds after 1970.
hash(value, [mod]): A 64-bit hash (xxHash64).
hash_sha256(text): SHA-256 in hex.
hash_md5(text): MD5 in hex.
ipv4_is_private(address): True for an address of a private network.
ipv4_is_match(address, other, [prefix]): True when both lie in one network.
ipv4_is_in_range(address, range): True when the address lies in the CIDR range.
ipv4_compare(one, other, [prefix]): -1, 0 or 1.
parse_ipv4(address): The address as a number.
abs(number): Without its sign.
ceiling(number): The next integer up.
round(number, [digits]): Rounded to so many digits behind the point.
sign(number): -1, 0 or 1.
sqrt(number): Square root.
pow(base, exponent): Power.
exp(number): e to the power of the number.
exp2(number): 2 to the power of the number.
exp10(number): 10 to the power of the number.
log(number): Natural logarithm.
log2(number): Logarithm to base 2.
log10(number): Logarithm to base 10.
min_of(value, …): The smallest of the values.
max_of(value, …): The largest of the values.
isnan(number): True for NaN.
isinf(number): True for an infinity.
isfinite(number): True for neither NaN nor an infinity.
binary_and(one, other): Bitwise and.
binary_or(one, other): Bitwise or.
binary_xor(one, other): Bitwise exclusive or.
bin_at(value, size, fixed): The value rounded down to a grid that holds a fixed point.
string_size(text): Number of bytes in UTF-8.
strcmp(one, other): -1, 0 or 1, by code points.
translate(from, to, text): Each character of from replaced by the one at its place in to.
url_encode_component(text): The text with %xx escapes, as a part of a URL.
isutf8(text): True for well-formed UTF-8.
isascii(text): True when all characters are ASCII.
parse_urlquery(query): Parameters of a query string as a bag.
parse_version(version): A version as a number that sorts.
endofweek(moment, [offset]): The last tick of the week's Saturday.
endofmonth(moment, [offset]): The last tick of the month.
endofyear(moment, [offset]): The last tick of the year.
week_of_year(moment): ISO 8601 week, 1 to 53.
make_datetime(year, month, day, …): A moment from its parts.
make_timespan(hours, minutes, seconds): A span from its parts.
unixtime_microseconds_todatetime(microseconds): The moment so many microseconds after 1970.
unixtime_nanoseconds_todatetime(nanoseconds): The moment so many nanoseconds after 1970.
bag_set_key(bag, key, value): The bag with a key set.
bag_zip(keys, values): A bag of two arrays.
array_reverse(array): The elements from the last.
array_sort_asc(array, [nulls_last]): The elements in ascending order.
array_sort_desc(array, [nulls_last]): The elements in descending order.
array_iff(conditions, then, else): One of two values for each element.
strcat_array(array, delimiter): The elements as text, joined.
set_difference(set, …): Elements of the first that no other holds.
set_intersect(set, …): Elements that all hold.
set_union(set, …): Elements that any holds, once each.
range(start, stop, [step]): An array of numbers or moments.
repeat(value, times): An array of one value.
zip(array, …): Arrays of elements at the same place.
pi(): The number pi.
degrees(radians): An angle in degrees.
radians(degrees): An angle in radians.
sin(angle): Sine.
cos(angle): Cosine.
tan(angle): Tangent.
cot(angle): Cotangent.
asin(number): Arc sine.
acos(number): Arc cosine.
atan(number): Arc tangent.
atan2(y, x): Angle of a point.
binary_shift_left(number, bits): Bits moved to the left.
binary_shift_right(number, bits): Bits moved to the right.
binary_not(number): Bitwise not.
tohex(number, [digits]): The number in hexadecimal.
hash_xxhash64(value, [mod]): A 64-bit hash (xxHash64).
hash_sha1(text): SHA-1 in hex.
parse_ipv4_mask(address, prefix): The address's network as a number.
format_ipv4(address, [prefix]): The number as an address.
ipv4_is_in_any_range(address, range, …): True when the address lies in one of the CIDR ranges.
ipv4_netmask_suffix(range): Length of the CIDR prefix.
parsejson(text): The same as parse_json.
extractjson(path, text, [typeof]): The same as extract_json.
notempty(value): The same as isnotempty.
notnull(value): The same as isnotnull.
has_any_index(text, terms): Place in the array of the first term that the text has, -1 when it has none.
has_ipv4(text, address): True when the text holds the address as a term of its own.
has_any_ipv4(text, address, …): True when the text holds one of the addresses.
has_ipv4_prefix(text, prefix): True when the text holds an address that starts so: "10.1.".
has_any_ipv4_prefix(text, prefix, …): True when the text holds an address that starts with one of the prefixes.
indexof_regex(text, regex, [start], [length], [occurrence]): Place of the first match, -1 when there is none.
replace_strings(text, parts, bys): Several parts replaced, each by its own text.
regex_quote(text): The text as a regular expression that matches just it.
make_string(code_point, …): Text of these code points.
to_utf8(text): The code points of the text as an array.
unicode_codepoints_from_string(text): The code points of the text as an array.
unicode_codepoints_to_string(code_point, …): Text of these code points.
base64_decode_toarray(text): The bytes that base64 stands for, as an array.
base64_encode_fromarray(bytes): An array of bytes in base64.
format_bytes(bytes, [precision], [unit]): A number of bytes as text with a unit, 1024 to the next.
format_ipv4_mask(address, prefix): The address's network in CIDR notation.
parse_csv(text): The fields of one record of comma-separated values.
parse_path(path): Parts of a file path as a bag.
parse_ipv6(address): The address in its full form; IPv4 is mapped.
ipv6_compare(one, other, [prefix]): -1, 0 or 1.
ipv6_is_match(one, other, [prefix]): True when both lie in one network.
ipv6_is_in_range(address, range): True when the address lies in the CIDR range.
dynamic_to_json(value): The value as JSON text with its keys sorted.
pack_dictionary(key, value, …): The same as bag_pack.
array_iif(conditions, then, else): The same as array_iff.
array_rotate_left(array, count): The elements moved to the left, and round.
array_rotate_right(array, count): The elements moved to the right, and round.
array_shift_left(array, count, [fill]): The elements moved to the left.
array_shift_right(array, count, [fill]): The elements moved to the right.
array_split(array, index): Arrays cut at an index, or at each of several.
jaccard_index(set, other): Share of elements that both sets hold.
set_equals(set, other): True when both hold the same elements.
bitset_count_ones(number): Number of set bits.
`;

/** Over the names of columns, which are known when the query is compiled. */
const writtenOut = `
column_ifexists(name, default): The column of that name when there is one, else the default.
bag_pack_columns(column, …): A bag of the columns by their names.
pack_all(): A bag of all columns by their names.
`;

const parse = (text: string): readonly FunctionDefinition[] => text.trim().split('\n').map((line) => {
  const colon = line.indexOf('): ') + 1;
  return { name: line.slice(0, line.indexOf('(')), signature: line.slice(0, colon), doc: line.slice(colon + 2) };
});

export const functions: readonly FunctionDefinition[] = [...parse(table), ...parse(writtenOut).map((definition) => ({ ...definition, writtenOut: true as const }))];

export const functionByName: ReadonlyMap<string, FunctionDefinition> = new Map(functions.map((definition) => [definition.name, definition]));

/** The nearest way for functions of KQL that Weir does not run. */
export const insteadOfFunction: Readonly<Record<string, string>> = {
  bin_auto: 'Name the size: bin(Timestamp, 1m).',
  rand: 'To keep a share of records, end with | invoke sample(0.1); for rows, use the operator sample.',
  new_guid: 'Use TraceId, or hash(…) of the columns that tell records apart.',
  ingestion_time: 'Use ObservedTimestamp.', current_database: 'Leave it out; there is no database.', current_principal: 'Leave it out; who acts is in the audit log.',
  prev: 'Sequences of records belong in a state-machine rule.', next: 'Sequences of records belong in a state-machine rule.', row_number: 'Leave it out; rows have no number on a stream.', row_cumsum: 'Use summarize sum(…) by bin(Timestamp, …).',
  row_window_session: 'Sequences of records belong in a state-machine rule.', row_rank_dense: 'Use top.', row_rank_min: 'Use top.',
  parse_xml: 'Take the part out with extract("regex", 1, text).', parse_user_agent: 'Take the part out with extract("regex", 1, text).', parse_command_line: 'Use split(text, " ").',
  geo_distance_2points: 'Compute it where the record is made.', geo_info_from_ip_address: 'Compute it where the record is made.',
  series_stats: 'Use summarize with avg, min, max, stdev.', series_decompose_anomalies: 'Set a bound, or train one in a state-machine rule.', series_fit_line: 'Use summarize.',
  dcount_hll: 'Use summarize dcount(…).', percentile_tdigest: 'Use summarize percentile(…).', treepath: 'Use bag_keys.',
  datetime_local_to_utc: 'Times are UTC; shift them with datetime_add("hour", n, moment).', datetime_utc_to_local: 'Times are UTC; shift them with datetime_add("hour", n, moment).',
};
