// Words that Microsoft's lexer does not take as a bare name everywhere (a test asks it), and some that read badly as one.

export const reservedWords: ReadonlySet<string> = new Set(`
access accumulate alias and anomalychart areachart as asc bagexpansion barchart between bin bool boolean by byte cachingpolicy callout cancel card
char cluster columnchart consume contains contains_cs containscs contextual_datatable count cycles database dataexport datascope datatable date
datetime decimal declare decodeblocks default desc distinct double dynamic earliest encodingpolicy endswith evaluate expandoutput extend
extent_tags_retention external_data externaldata facet false filter find first flags float force_remote fork from getschema graph guid harddelete
hardretention has has_all has_any has_cs hasprefix hassuffix hint hotcache id in int int16 int32 int64 int8 invoke isfuzzy join journal kind
ladderchart last latest let like likecs limit linechart long lookup macro matches materialize mdm missing nooptimization not notcontains notcontainscs
notlike notlikecs null nulls of on or order others pack parse partition pathformat pattern piechart pivotchart print project queries query_parameters
query_results range real reduce regex relaxed render restrict restricted_view_access row_level_security rowstore rowstore_references rowstorepolicy
rowstores sample scan scatterchart seal seals search serialize set shards simple softdelete softretention sort sql stackedareachart startswith
statistics step storedqueryresultcontainers string summarize table tablepurge tables take time timechart timeline timepivot timespan title to top
toscalar totable treemap true typeof uint uint16 uint32 uint64 uint8 ulong union uniqueid unrestrictedviewers uuid verbose view viewers views where
with with_match_id with_source with_step_name withsource writeaheadlog
`.trim().split(/\s+/));
